"""An association of landlords starts its exchange from the sheet; Nadia in Annecy and Paul in
Rumilly, who have another landlord each, put their homes online."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.exchanges.housing.models import Dwelling, Listing, State
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .homes import HALPADES, HSH, SHEET, TITLE, file_of, home_of
from .people import come_in, someone
from .test_samira_starts_workshops import enter, fill_in

pytestmark = pytest.mark.browser

NADIA, PAUL = "06 12 34 00 11", "06 12 34 00 12"
IN_ANNECY = "HSH-1;B204518;12 rue des Mouettes;74000;Annecy;T4;82;468;110;2;oui;balcon"
WRONG = "HSH-2;B204519;14 rue des Mouettes;74000;Annecy;T3;grand;398;95;0;non;cave"
IN_RUMILLY = "HAL-1;C730021;3 rue de la Curdy;74150;Rumilly;T3;64;412,50;95;1;non;cave"


@pytest.fixture
def claire(haute_savoie):
    """Who holds the exchange, for the association of landlords."""
    return someone("Claire Mugnier", mobile="+33612340001")


def start_from_the_sheet(page):
    """The same exchange, in Haute-Savoie."""
    page.get_by_role("link", name="Lancer la même ici").first.click()
    fill_in(page, title=TITLE, commune="Annecy", place="Tout le département", holder="USH 74")
    expect(page.get_by_text("3 bailleurs à renommer")).to_be_visible()
    page.get_by_role("button", name="Lancer").click()
    expect(page.get_by_text("C’est lancé !")).to_be_visible()
    return Space.objects.get(initiative__title=TITLE)


def name_the_landlords(page, assert_accessible):
    """Two of the examples get their name; the third was not needed."""
    page.get_by_role("link", name="Nommer une personne chez chaque bailleur").click()
    assert_accessible(page)
    for example, name in (("Office public", HSH), ("Entreprise sociale", HALPADES)):
        page.get_by_role("link", name=re.compile(f"^{example}")).click()
        page.get_by_label("Nom du bailleur").fill(name)
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.get_by_role("link", name="Tous les bailleurs").click()
    page.get_by_role("link", name=re.compile("^Coopérative")).click()
    assert_accessible(page)
    page.get_by_role("button", name="Retirer ce bailleur").click()
    expect(page.get_by_text("Le bailleur est retiré.")).to_be_visible()


def name_an_officer(page, landlord, name, number):
    """Someone of the landlord takes part, then checks and answers for it."""
    page.get_by_role("link", name=landlord, exact=True).click()
    expect(page.get_by_text("Personne pour l’instant")).to_be_visible()
    here = page.url
    page.get_by_role("link", name="Elle n’est pas dans la liste ?").click()
    page.get_by_label("Son nom").fill(name)
    page.get_by_label("Son téléphone").fill(number)
    page.get_by_label("Son rôle ici").select_option(label="Organisme HLM")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_text(f"{name} prend part à l’espace.")).to_be_visible()
    page.goto(here)
    page.get_by_label("Quelle personne ajouter").select_option(label=name)
    page.get_by_role("button", name="Ajouter cette personne").click()
    expect(page.get_by_text("Cette personne peut maintenant vérifier et répondre.")).to_be_visible()
    page.get_by_role("link", name="Tous les bailleurs").click()
    return Person.objects.get(name=name)


def read_the_file(page, space, *lines):
    """From the front page of the exchange, an officer sends the homes of their landlord."""
    page.goto(home_of(space))
    page.get_by_role("link", name="Annonces à vérifier").click()
    page.get_by_role("link", name="Les logements de").click()
    page.get_by_role("link", name="Envoyer un fichier").first.click()
    page.get_by_label("Votre fichier").set_input_files(file_of(*lines))
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_role("heading", name="Est-ce bien cela ?")).to_be_visible()


def bring_in_the_homes(page, space, assert_accessible):
    """A wrong line is shown with its number and column; put right, both homes come in."""
    read_the_file(page, space, IN_ANNECY, WRONG)
    expect(page.get_by_text("1 ligne à corriger")).to_be_visible()
    wrong = page.get_by_role("listitem").filter(has_text="Ligne 3")
    expect(wrong).to_contain_text("Surface")
    expect(wrong).to_contain_text("on lit « grand »")
    assert_accessible(page)
    assert not Dwelling.objects.exists()
    read_the_file(page, space, IN_ANNECY, WRONG.replace("grand", "62"))
    expect(page.get_by_text("2 nouveaux logements")).to_be_visible()
    page.get_by_role("button", name="Mettre le parc à jour").click()
    expect(page.get_by_text("2 logements sont à jour.")).to_be_visible()
    assert_accessible(page)


def begin(page, space, number, name, last_code):
    """On a telephone, without e-mail: a number, its code, a name."""
    page.goto(home_of(space))
    page.get_by_role("link", name="Inscrire mon logement").click()
    page.get_by_role("link", name="Commencer avec mon numéro de téléphone").click()
    enter(page, number, name, last_code)
    Person.objects.update(quiet_nights=False)  # Tests run at any hour.
    expect(page.get_by_role("heading", name="Qui est votre bailleur ?")).to_be_visible()


def find_my_home(page, landlord, commune, address, lease):
    """The address and the number of the lease: the home is in the landlord's stock."""
    page.get_by_role("link", name=landlord).click()
    page.get_by_label("Dans quelle commune").fill(commune)
    page.get_by_label("Votre adresse").fill(address)
    page.get_by_label("Votre numéro de bail").fill(lease)
    page.get_by_role("button", name="Chercher mon logement").click()


def go_on(page):
    """On to the next question."""
    page.get_by_role("button", name="Continuer").click()


def tell_who_we_are(page, size, reason):
    """The household, its income, why it would move; one question a screen."""
    page.get_by_role("button", name="C’est bien mon logement").click()
    page.get_by_label("Combien êtes-vous").fill(str(size))
    page.get_by_label("Combien d’enfants").fill("1")
    go_on(page)
    expect(page.get_by_label("Je gagne peu ou moyennement")).to_be_checked()
    go_on(page)
    page.get_by_label(reason).check()
    go_on(page)


def tell_what_we_look_for(page, commune, homes):
    """A commune, three or four rooms, a rent; the number of homes that fit follows each answer."""
    page.get_by_label("Où voulez-vous habiter").fill(commune)
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", name="Votre commune")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(homes)
    go_on(page)
    page.get_by_label("Combien de pièces au moins").fill("5")
    page.get_by_label("Combien de pièces au plus").fill("5")
    page.get_by_label("Combien de pièces au moins").focus()
    expect(page.get_by_role("status")).to_contain_text("Aucun logement")
    page.get_by_label("Combien de pièces au moins").fill("3")
    page.get_by_label("Combien de pièces au plus").focus()
    expect(page.get_by_role("status")).to_contain_text(homes)
    go_on(page)
    page.get_by_label("Quel loyer au plus").fill("500")
    go_on(page)
    page.get_by_label("Quelle surface au moins").fill("60")
    go_on(page)
    go_on(page)  # Nothing is needed to come in.
    go_on(page)  # Nothing is indispensable.
    page.get_by_label("balcon").check()
    go_on(page)


def end_the_registration(page, words):
    """No photo, a few words, then everything is read again and leaves for the landlord."""
    go_on(page)
    page.get_by_label("Votre logement en quelques mots").fill(words)
    go_on(page)
    page.get_by_label("D’accord pour un échange à trois").uncheck()
    go_on(page)
    expect(page.get_by_text("Tout y est")).to_be_visible()
    page.get_by_role("button", name="Envoyer à mon bailleur").click()
    expect(page.get_by_text("C’est parti : votre bailleur vérifie votre annonce.")).to_be_visible()


def confirm(page, space, assert_accessible):
    """From the page of the space, an officer looks at the listing that waits, and confirms."""
    page.goto(space.get_absolute_url())
    expect(page.get_by_text("1 annonce est à vérifier.")).to_be_visible()
    page.get_by_role("link", name="Vérifier", exact=True).click()
    page.get_by_role("listitem").filter(has_text="pour le").get_by_role("link").click()
    assert_accessible(page)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("C’est confirmé. Le ménage est prévenu.")).to_be_visible()
    expect(page.get_by_text("Rien à vérifier")).to_be_visible()


def test_from_the_sheet_to_two_homes_online(
    claire, open_page, messages, last_code, assert_accessible
):
    desk = open_page()
    come_in(desk, claire, f"/initiatives/{SHEET}/")
    space = start_from_the_sheet(desk)
    name_the_landlords(desk, assert_accessible)
    odile = name_an_officer(desk, HSH, "Odile Favre", "06 12 34 00 02")
    hugo = name_an_officer(desk, HALPADES, "Hugo Perrin", "06 12 34 00 03")

    of_hsh, of_halpades = open_page(), open_page()
    come_in(of_hsh, odile)
    bring_in_the_homes(of_hsh, space, assert_accessible)
    come_in(of_halpades, hugo)
    read_the_file(of_halpades, space, IN_RUMILLY)
    of_halpades.get_by_role("button", name="Mettre le parc à jour").click()
    expect(of_halpades.get_by_text("1 logement est à jour.")).to_be_visible()

    nadia = open_page(PHONE)
    begin(nadia, space, NADIA, "Nadia Benali", last_code)
    find_my_home(nadia, HSH, "Annecy", "12, r. des Mouettes", "B204519")
    expect(nadia.get_by_text("Nous ne trouvons pas ce logement")).to_be_visible()
    nadia.get_by_label("Votre numéro de bail").fill("b204518")
    nadia.get_by_role("button", name="Chercher mon logement").click()
    tell_who_we_are(nadia, 3, "Moins cher")
    tell_what_we_look_for(nadia, "Rumilly", "Aucun logement en ligne")
    end_the_registration(nadia, "Clair, au calme, près de l’école.")
    confirm(of_hsh, space, assert_accessible)
    assert "elle est en ligne" in messages[-1]["text"]

    paul = open_page(PHONE)
    begin(paul, space, PAUL, "Paul Gaillard", last_code)
    find_my_home(paul, HALPADES, "rumilly", "3 rue de la Curdy", "C730021")
    tell_who_we_are(paul, 4, "Plus grand")
    tell_what_we_look_for(paul, "Annecy", "1 logement vous va. Pour 1")
    end_the_registration(paul, "Refait il y a deux ans, cave saine.")
    confirm(of_halpades, space, assert_accessible)
    assert [one.state for one in Listing.objects.all()] == [State.PUBLISHED] * 2
