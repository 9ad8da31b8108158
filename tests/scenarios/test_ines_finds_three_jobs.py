"""Inès studies in Grenoble: on her phone she finds three jobs near her home, answers, signs, writes
her hours, is paid on her account, and keeps her payslips."""

import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.exchanges.services.actions import contracts, offers, requests, signing, workers
from traboule.exchanges.services.actions.following import follow
from traboule.exchanges.services.models import (
    Contract,
    Offer,
    PaidBy,
    Payment,
    PaymentState,
    Payslip,
    Side,
    SignedBy,
    Term,
    Worker,
)
from traboule.exchanges.services.providers import standin
from traboule.exchanges.services.tests.conftest import KEY, SECRET, set_cards
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Role

from .neighbours import COMMUNE, SHEET, TITLE, home_of, make_it_begun, write_hours
from .people import come_in, someone, started

pytestmark = pytest.mark.browser

ASKED = (
    ("Josette Perrin", "gardening", "Désherber trois bacs."),
    ("Zohra Amrani", "company", "Accompagner ma mère au marché."),
    ("Paulo Ferreira", "gardening", "Tondre et arroser."),
)


@pytest.fixture
def awa(site):
    """Who founded it."""
    return someone("Awa Ndiaye", email="awa@example.org")


@pytest.fixture
def space(awa):
    """Where it runs."""
    return started(SHEET, title=TITLE, commune=COMMUNE, by=awa)


@pytest.fixture
def asked(space, awa):
    """Three households that wait for an answer."""
    found = []
    for rank, (name, kind, words) in enumerate(ASKED):
        person = someone(name, mobile=f"+3361234003{rank}")
        household = requests.join_as_household(
            space=space, person=person, commune=space.initiative.commune,
            address=f"{rank + 1} place des Géants", by=person,
        )  # fmt: skip
        found.append(
            requests.ask(household=household, by=person, kind=kind, words=words, minutes=120,
                         budget=Decimal("12.50"), when_words="le samedi")
        )  # fmt: skip
    return found


@pytest.fixture
def cards(settings, live_server, complaints):
    """Cards are open, at a stand-in that tells us by itself, and whose pages one may open."""
    with standin.running(key=KEY, secret=SECRET, site=live_server.url) as server:
        settings.SITE_URL = live_server.url
        set_cards(settings, server)
        yield server
        complaints[:] = [one for one in complaints if server.url not in one]


def offer_her_hands(page, space, assert_accessible):
    """What she can do, how far she goes; then the team sees her papers."""
    page.goto(home_of(space) + "proposer/")
    page.get_by_label("Jardin").check()
    page.get_by_label("Présence, sorties").check()
    page.get_by_label("Votre date de naissance").fill("2004-05-02")
    assert_accessible(page)
    page.get_by_role("button", name="Enregistrer").click()
    worker = Worker.objects.get()
    awa = Person.objects.get(name="Awa Ndiaye")
    workers.saw_papers(worker=worker, may_work_until=None, by=awa)
    return worker


def answer_all(page, space, asked, assert_accessible):
    """Three answers, each from the list of what is near."""
    for one in asked:
        page.goto(home_of(space) + "demandes/")
        page.locator(f"a[href='{one.get_absolute_url()}']").first.click()
        page.get_by_label("Combien voulez-vous recevoir").fill("13")
        page.get_by_role("button", name="Envoyer ma réponse").click()
        expect(page.get_by_text("Votre réponse est envoyée.")).to_be_visible()
    assert_accessible(page)
    assert Offer.objects.count() == len(asked)


def agree(offer, paid_by):
    """The household chooses her; both sign with a pen at the association."""
    person = offer.request.household.person
    offers.choose(offer=offer, by=person)
    contract = contracts.prepare(
        offer=offer, by=person, term=Term.OPEN, when_words="le samedi", paid_by=paid_by,
        of_household={"address": offer.request.household.address},
        of_worker={"address": "18 rue des Alliés"},
    )  # fmt: skip
    for side in Side:
        signing.sign(contract, side, SignedBy.PAPER, {}, by=person, paper=None)
    return Contract.objects.for_listing().get(pk=contract.pk)


def be_payable(page, contract):
    """She says where to be paid, on the provider’s page."""
    page.goto(contract.get_absolute_url())
    page.get_by_role("link", name="Recevoir mon argent").click()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("link", name="Continuer chez Stripe").click()
    page.get_by_role("button", name="C’est dit").click()
    ready = page.get_by_text("Votre compte est prêt")
    look = page.get_by_role("button", name="J’ai fini : vérifier")
    ready.or_(look).first.wait_for()
    if look.is_visible():  # She came back before the provider had told us.
        look.click()
    expect(ready).to_be_visible()


def pay_by_card(page, slip):
    """The household gives its card on the provider’s page, and comes back."""
    page.goto(slip.get_absolute_url())
    page.get_by_role("link", name="Voir le paiement").click()
    page.get_by_role("button", name="Payer par carte").click()
    page.get_by_role("link", name="Donner ma carte").click()
    page.get_by_role("button", name="Payer").click()
    page.wait_for_url("**/espaces/**")


@pytest.mark.usefixtures("cards")
def test_from_the_list_to_her_account(space, asked, open_page, assert_accessible):
    ines = someone("Inès Cherif", mobile="+33612340021")
    Participation.objects.create(space=space, person=ines, role=Role.MEMBER)
    phone, household = open_page(PHONE), open_page(PHONE)
    come_in(phone, ines)
    offer_her_hands(phone, space, assert_accessible)
    answer_all(phone, space, asked, assert_accessible)

    ways = (PaidBy.STRIPE, PaidBy.DIRECT, PaidBy.CESU_PLUS)
    chosen = Offer.objects.order_by("pk")
    signed = [agree(offer, way) for offer, way in zip(chosen, ways, strict=True)]
    for rank, contract in enumerate(signed):
        first = make_it_begun(contract, 9)
        phone.goto(contract.get_absolute_url())
        write_hours(phone, "Écrire des heures", first + datetime.timedelta(days=rank))
        come_in(household, contract.household.person, contract.get_absolute_url())
        household.get_by_role("button", name="C’est juste").click()
        household.get_by_role("button", name="Faire le bulletin").click()
        expect(household.get_by_text("Le bulletin est fait.")).to_be_visible()
    assert Payslip.objects.count() == 3

    by_card = Payslip.objects.get(contract=signed[0])
    be_payable(phone, signed[0])
    come_in(household, signed[0].household.person)
    pay_by_card(household, by_card)
    assert_accessible(household)
    for payment in Payment.objects.filter(payslip=by_card):
        follow(payment)
    paid = Payment.objects.get(payslip=by_card)
    assert (paid.state, paid.captured_cents) == (PaymentState.PAID, by_card.cents)
    phone.goto(by_card.get_absolute_url())
    expect(phone.get_by_text("Payé :")).to_be_visible()
    assert_accessible(phone)
