"""Nadia in Annecy wants to live in Rumilly, Paul in Rumilly wants to live in Annecy, and each has
another landlord: from the sheet that an association starts to the day when both have moved."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.exchanges.housing.models import Dwelling, Listing, State, Swap, Visit
from traboule.kernel.files.tests.factories import picture
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .homes import SHEET, TITLE, file_of, home_of, household, landlord_of, officer_of
from .people import come_in, figures, someone, started
from .test_samira_starts_workshops import enter, fill_in

pytestmark = pytest.mark.browser

HSH, HALPADES = "Haute-Savoie Habitat", "Halpades"
NADIA, PAUL = "06 12 34 00 11", "06 12 34 00 12"
IN_ANNECY = "HSH-1;B204518;12 rue des Mouettes;74000;Annecy;T4;82;468;110;2;oui;balcon"
WRONG = "HSH-2;B204519;14 rue des Mouettes;74000;Annecy;T3;grand;398;95;0;non;cave"
IN_RUMILLY = "HAL-1;C730021;3 rue de la Curdy;74150;Rumilly;T3;64;412,50;95;1;non;cave"


@pytest.fixture
def claire(haute_savoie):
    """Who holds the exchange, for the association of landlords."""
    return someone("Claire Mugnier", mobile="+33612340001")


# From the sheet to two homes online


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


# From two homes online to the keys

NUMBER = "Appelez-moi au 06 12 34 00 12, on s’arrangera."
HELLO = "Bonjour ! Votre balcon est-il au soleil ?"


@pytest.fixture
def exchange(claire):
    """The exchange of Haute-Savoie, that runs since a moment."""
    return started(SHEET, title=TITLE, commune="Annecy", by=claire)


@pytest.fixture
def nadia(exchange):
    """In four rooms in Annecy, she wants three in Rumilly."""
    landlord = landlord_of(exchange, HSH)
    officer_of(landlord, "Odile Favre", mobile="+33612340002")
    return household(landlord, "Nadia Benali", "+33612340011", ("Annecy", 4), ("Rumilly", 3))


@pytest.fixture
def paul(exchange):
    """In three rooms in Rumilly, he wants four in Annecy."""
    landlord = landlord_of(exchange, HALPADES)
    officer_of(landlord, "Hugo Perrin", mobile="+33612340003")
    return household(landlord, "Paul Gaillard", "+33612340012", ("Rumilly", 3), ("Annecy", 4))


def assert_it_fits_both_ways(page, space, home, assert_accessible):
    """The home of the other comes first, with the reasons why."""
    page.goto(home_of(space))
    best = page.get_by_role("region", name="Ça va dans les deux sens")
    expect(best.get_by_role("listitem").get_by_role("link")).to_have_text(str(home))
    assert_accessible(page)
    best.get_by_role("link", name=str(home)).click()
    expect(page.get_by_role("heading", name="Pourquoi il vous va")).to_be_visible()
    assert home.dwelling.address not in page.content()


def like_each_other(liking, liked, space, messages):
    """One says that a home pleases, the other says so too: they may write."""
    liking.get_by_role("button", name="Ce logement me plaît").click()
    expect(liking.get_by_text("C’est envoyé.")).to_be_visible()
    assert "Une personne aimerait votre logement." in messages[-1]["text"]
    liked.goto(home_of(space))
    liked.get_by_role("link", name="Mes contacts et mes visites").click()
    liked.get_by_role("button", name="Oui, parlons-en").click()
    expect(liked.get_by_text("Bonne nouvelle : vous pouvez vous écrire.")).to_be_visible()


def write_without_numbers(page, other, space, assert_accessible):
    """A telephone number does not pass, and what was typed stays; a plain question does."""
    page.get_by_label("Votre message").fill(NUMBER)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre texte contient un numéro de téléphone.").first).to_be_visible()
    expect(page.get_by_label("Votre message")).to_have_value(NUMBER)
    assert_accessible(page)
    page.get_by_label("Votre message").fill(HELLO)
    page.get_by_role("button", name="Envoyer").click()
    other.goto(home_of(space))
    other.get_by_role("link", name="Mes contacts et mes visites").click()
    other.get_by_role("link", name="Écrire").click()
    expect(other.get_by_text(HELLO)).to_be_visible()
    expect(other.get_by_text("Nadia", exact=False).first).to_be_visible()
    assert "Benali" not in other.locator("main").inner_text()


def visit(host, guest, space, address, assert_accessible):
    """The host gives an hour, the guest chooses it and learns the address; both find it good."""
    host.goto(f"{home_of(space)}contacts/")
    host.get_by_role("link", name="Organiser une visite").click()
    soon = timezone.localtime() + datetime.timedelta(days=2)
    host.get_by_label("Une heure").fill(f"{soon:%Y-%m-%d}T18:00")
    assert_accessible(host)
    host.get_by_role("button", name="Proposer ces heures").click()
    expect(host.get_by_text("À l’autre ménage de choisir.")).to_be_visible()
    guest.goto(f"{home_of(space)}contacts/")
    assert address not in guest.content()
    guest.get_by_role("button", name="18:00").click()
    expect(guest.get_by_text(address)).to_be_visible()
    assert_accessible(guest)
    Visit.objects.update(at=timezone.now() - datetime.timedelta(hours=2))
    for page in (guest, host):
        page.goto(f"{home_of(space)}contacts/")
        page.get_by_role("button", name="Oui", exact=True).click()
        expect(page.get_by_text("Pour vous : concluante.")).to_be_visible()


def propose_and_accept(proposing, accepting, space, assert_accessible):
    """One proposes the exchange, the other says yes: the landlords are asked."""
    proposing.get_by_role("button", name="Proposer l’échange").click()
    expect(proposing.get_by_text("L’échange est proposé.")).to_be_visible()
    swap = Swap.objects.get()
    accepting.goto("/moi/")
    accepting.get_by_role("link", name="Un échange vous est proposé").click()
    accepting.get_by_role("link", name=f"Échange {swap.code}").click()
    expect(accepting.get_by_role("heading", name="Votre nouveau logement")).to_be_visible()
    assert_accessible(accepting)
    accepting.get_by_role("button", name="Oui, cela m’intéresse").click()
    expect(accepting.get_by_text("Tous les ménages sont d’accord").first).to_be_visible()
    return swap


def send_pieces(page, swap, assert_accessible):
    """A photo of each paper, one after the other."""
    page.goto(swap.get_absolute_url())
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture().getvalue()}
    to_give = page.get_by_role("link", name=re.compile("^Donner : "))
    number = to_give.count()
    for left in range(number, 0, -1):
        expect(to_give).to_have_count(left)
        to_give.first.click()
        page.get_by_label("Une photo ou un PDF").set_input_files(photo)
        expect(page.get_by_text("Reçu", exact=True)).to_be_visible()
        page.get_by_role("button", name="Donner cette pièce").click()
    expect(to_give).to_have_count(0)
    expect(page.get_by_text("reçue")).to_have_count(number)
    assert_accessible(page)


def decide(page, space, assert_accessible):
    """An officer looks at the papers of both, gives the day of the commission, then says yes."""
    page.goto(space.get_absolute_url())
    page.get_by_role("link", name="Décider").click()
    assert_accessible(page)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").click()
    for rank in range(2):
        page.get_by_role("button", name="Valider les pièces reçues").nth(rank).click()
        expect(page.get_by_text("Les pièces reçues sont validées.")).to_be_visible()
    assert_accessible(page)
    day = timezone.localdate() + datetime.timedelta(days=9)
    page.get_by_label("La commission étudie le dossier le…").check()
    page.get_by_label("Jour de la commission").fill(f"{day:%Y-%m-%d}")
    page.get_by_role("button", name="Donner cette réponse").click()
    expect(page.get_by_text("La date est dite aux ménages.")).to_be_visible()
    page.get_by_label("Oui, nous acceptons l’échange").check()
    page.get_by_role("button", name="Donner cette réponse").click()
    expect(page.get_by_text("Votre accord est noté.")).to_be_visible()


def sign_the_lease(page, swap):
    """An officer notes that the household which comes in has signed."""
    page.goto(swap.get_absolute_url())
    page.get_by_role("link", name="Noter le bail signé").click()
    page.get_by_label("Bail signé le").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est noté : le bail est signé.")).to_be_visible()


def move_on_one_day(page, other, swap, assert_accessible):
    """One day for both inventories, two leases, and everyone has moved."""
    page.goto(swap.get_absolute_url())
    page.get_by_role("link", name="Fixer le jour des états des lieux").click()
    day = timezone.localdate() + datetime.timedelta(days=30)
    page.get_by_label("Le jour de tous les états des lieux").fill(f"{day:%Y-%m-%d}")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("États des lieux de tous les logements")).to_be_visible()
    sign_the_lease(page, swap)
    sign_the_lease(other, swap)
    assert_accessible(other)
    other.get_by_role("button", name="Tout le monde a déménagé").click()
    expect(other.get_by_text("L’échange est réalisé. Bravo !")).to_be_visible()


def test_from_two_homes_online_to_the_keys(nadia, paul, open_page, messages, assert_accessible):
    exchange = nadia.space
    hers, his = open_page(PHONE), open_page(PHONE)
    come_in(hers, nadia.tenant)
    come_in(his, paul.tenant)
    assert_it_fits_both_ways(hers, exchange, paul, assert_accessible)
    assert_it_fits_both_ways(his, exchange, nadia, assert_accessible)
    like_each_other(his, hers, exchange, messages)
    write_without_numbers(hers, his, exchange, assert_accessible)
    visit(hers, his, exchange, nadia.dwelling.address, assert_accessible)
    swap = propose_and_accept(his, hers, exchange, assert_accessible)
    send_pieces(hers, swap, assert_accessible)
    send_pieces(his, swap, assert_accessible)

    of_hsh, of_halpades = open_page(), open_page()
    come_in(of_hsh, Person.objects.get(name="Odile Favre"))
    come_in(of_halpades, Person.objects.get(name="Hugo Perrin"))
    decide(of_hsh, exchange, assert_accessible)
    decide(of_halpades, exchange, assert_accessible)
    assert "Les bailleurs ont tous dit oui" in messages[-1]["text"]
    move_on_one_day(of_hsh, of_halpades, swap, assert_accessible)

    his.goto(swap.get_absolute_url())
    expect(his.get_by_text("Échange réalisé").first).to_be_visible()
    assert_accessible(his)
    measured = {one.split(" (")[0] for one in figures(his, exchange.initiative.get_absolute_url())}
    assert {
        "1 échange Échanges réalisés",
        "2 locataires Locataires qui ont changé de logement",
        "100 % des échanges Échanges entre communes différentes",
    } <= measured
