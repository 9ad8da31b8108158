"""Armand is 78, has a landline and a garden: he calls, chooses on the telephone, signs with a pen;
his hours are typed in from a sheet, he is an employer in order, and his tax statement is posted."""

import datetime
import io

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from traboule.exchanges.services.actions import offers
from traboule.exchanges.services.models import (
    Contract,
    ContractState,
    Payslip,
    Request,
    SignedBy,
    State,
    Via,
)
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Role

from .neighbours import COMMUNE, SHEET, TITLE, home_of, make_it_begun, worker_of, write_hours
from .people import come_in, figures, someone, started
from .printed import printed, words_of

pytestmark = pytest.mark.browser

ADDRESS = "12 galerie de l’Arlequin"


@pytest.fixture
def karim(site):
    """Who takes the calls; the association runs since a moment."""
    founder = someone("Awa Ndiaye", email="awa@example.org")
    space = started(SHEET, title=TITLE, commune=COMMUNE, by=founder)
    person = someone("Karim Benali", email="karim@example.org")
    Participation.objects.create(space=space, person=person, role=Role.FACILITATOR)
    return person


@pytest.fixture
def space(karim):
    """Where it runs."""
    return karim.participations.get().space


@pytest.fixture
def ines(space, karim):
    """A student, whose papers were seen."""
    return worker_of(space, someone("Inès Cherif", mobile="+33612340021"), by=karim)


def write_his_request_down(page, space, assert_accessible):
    """The questions in order, read again aloud, then online."""
    page.goto(home_of(space))
    page.get_by_role("link", name="Prendre un appel").click()
    page.get_by_label("Nom, ou numéro de téléphone").fill("Armand Vial")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="C’est une nouvelle personne").click()
    assert_accessible(page)
    page.get_by_label("À quel numéro peut-on vous rappeler").fill("04 76 09 00 11")
    page.get_by_label("Jardin").check()
    page.get_by_label("Racontez-moi").fill("Tailler la haie du fond et ramasser.")
    page.get_by_label("Combien voulez-vous que la personne reçoive").fill("13")
    page.get_by_label("À quelle adresse").fill(ADDRESS)
    page.get_by_label("le code postal, pour la lettre").fill("38100")
    page.get_by_role("button", name="Relire avec la personne").click()
    assert_accessible(page)
    page.get_by_label("Oui, de vive voix").check()
    page.get_by_role("button", name="Mettre en ligne").click()
    asked = Request.objects.get()
    assert (asked.state, asked.via) == (State.OPEN, Via.PHONE)
    return asked


def choose_for_him(page, space, armand):
    """The operator reads the answers out; he says which one."""
    page.goto(home_of(space) + "appels/")
    page.get_by_role("link", name="Jardin, Armand Vial").click()
    expect(page.get_by_text("J’ai mon taille-haie.")).to_be_visible()
    page.get_by_role("button", name="Choisir cette personne").click()
    page.goto(f"{home_of(space)}appels/personnes/{armand.public_id}/")
    page.get_by_role("link", name="Le contrat").click()


def write_the_contract(page, assert_accessible):
    """What is missing, then the contract to print."""
    page.get_by_label("Quels jours, à quelles heures").fill("Le mardi de 14 h à 16 h")
    page.get_by_label("à durée indéterminée").check()
    page.get_by_label("Adresse où l’on travaille").fill(ADDRESS)
    page.get_by_label("Adresse de la personne employée").fill("18 rue des Alliés")
    page.get_by_label("Commune de naissance").fill("Grenoble")
    page.get_by_role("button", name="Voir le contrat").click()
    expect(page.get_by_text("Le contrat est prêt.")).to_be_visible()
    assert_accessible(page)
    paper = printed(page, "Imprimer (PDF)")
    for said in ("Contrat de travail", "Armand Vial", "IDCC 3239", "13,00", "lu et approuvé"):
        assert said in paper, (said, paper)


def sign_with_a_pen(page, side):
    """The photo of the page that was signed."""
    photo = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(photo, "JPEG")
    page.get_by_role("link", name="Signé sur papier").click()
    page.get_by_label(side, exact=True).check()
    page.get_by_label("La photo de la page signée").set_input_files(
        {"name": "contrat.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    page.get_by_role("button", name="Enregistrer la signature").click()
    expect(page.get_by_text("La signature est enregistrée.")).to_be_visible()


def test_by_telephone_with_a_pen_and_by_post(karim, space, ines, open_page, assert_accessible):
    desk = open_page()
    come_in(desk, karim)
    asked = write_his_request_down(desk, space, assert_accessible)
    armand = Person.objects.get(name="Armand Vial")
    offers.offer(
        asked=asked, worker=ines, net_hourly=asked.budget, words="J’ai mon taille-haie.",
        by=ines.person,
    )  # fmt: skip

    choose_for_him(desk, space, armand)
    write_the_contract(desk, assert_accessible)
    sign_with_a_pen(desk, "employeur")
    sign_with_a_pen(desk, "personne employée")
    contract = Contract.objects.get()
    assert contract.state == ContractState.SIGNED
    assert set(contract.signatures.values_list("how", flat=True)) == {SignedBy.PAPER}

    first = make_it_begun(contract, 9)
    desk.goto(contract.get_absolute_url())
    # From the sheet on his fridge.
    write_hours(desk, "Écrire des heures : employeur", first + datetime.timedelta(days=2))
    come_in(student := open_page(), ines.person, contract.get_absolute_url())
    student.get_by_role("button", name="C’est juste").click()
    expect(student.get_by_text("Heures confirmées.")).to_be_visible()

    desk.reload()
    desk.get_by_role("button", name="Faire le bulletin").click()
    expect(desk.get_by_text("Le bulletin est fait.")).to_be_visible()
    assert_accessible(desk)
    slip = Payslip.objects.get()
    draft = printed(desk, "Imprimer (PDF)")
    assert "Bulletin de salaire, brouillon" in draft
    assert "Retraite complémentaire" in draft

    come_in(student, ines.person, slip.get_absolute_url())
    student.get_by_role("link", name="Voir le paiement").click()
    student.get_by_role("button", name="L’argent est reçu").click()

    year = timezone.localdate().year
    desk.goto(home_of(space) + "releves/")
    assert_accessible(desk)
    letters = desk.get_by_role("link", name=f"Toutes les lettres de {year}")
    words = words_of(desk.request.get(letters.get_attribute("href")).body())
    assert "Armand Vial" in words
    assert "38100" in words
    results = figures(desk, space.initiative.get_absolute_url())
    assert any("Heures déclarées" in one for one in results), results
