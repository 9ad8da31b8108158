"""Nadia in Annecy wants to live in Rumilly, Paul in Rumilly wants to live in Annecy, and each has
another landlord: from two homes online to the day when both have moved."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.exchanges.housing.models import Swap, Visit
from traboule.kernel.files.tests.factories import picture
from traboule.kernel.people.models import Person

from .homes import HALPADES, HSH, SHEET, TITLE, home_of, household, landlord_of, officer_of
from .people import come_in, figures, someone, started

pytestmark = pytest.mark.browser

NUMBER = "Appelez-moi au 06 12 34 00 12, on s’arrangera."
HELLO = "Bonjour ! Votre balcon est-il au soleil ?"


@pytest.fixture
def claire(haute_savoie):
    """Who holds the exchange, for the association of landlords."""
    return someone("Claire Mugnier", mobile="+33612340001")


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
