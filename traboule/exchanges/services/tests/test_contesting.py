import datetime

import httpx
import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.models import Participation

from ..actions import contesting, following, ledger, payments
from ..models import Contested, Entry, Payment, PaymentState
from ..upkeep.paying import heal
from .paying import make_signed, make_slip

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(cards):
    """A wage of 25 € paid by card, of which we have heard."""
    contract = make_signed()
    cards.open_account(contract.worker)
    slip = make_slip(contract)
    person = contract.household.person
    payment = following.follow(payments.pay_by_card(payslip=slip, by=person))
    cards.books.pay(payment.remote_id)
    cards.deliver_new()
    cards.books.events.clear()
    return Payment.objects.for_listing().get()


def charge(cards):
    return next(key for key, one in cards.books.things.items() if one["object"] == "charge")


def dispute(cards, **how):
    """The bank is told; the dispute there."""
    return cards.books.dispute(charge(cards), **how)["id"]


def stands(payment):
    """How it stands: its state, the dispute, and the cents that the association advanced."""
    payment.refresh_from_db()
    assert ledger.is_balanced()
    assert payment.contested_cents == ledger.advanced(payment)
    return payment.state, payment.contested, payment.contested_cents


def balances(payment):
    """What is owed to the household, and to the worker."""
    household, worker, _urssaf = ledger._accounts(payment.contract)
    return household.balance, worker.balance


def test_the_association_advances_what_the_bank_takes_and_the_worker_keeps_the_wage(cards, paid):
    assert balances(paid) == (-1430, 0)
    number = dispute(cards)
    cards.deliver_new()
    assert stands(paid) == (PaymentState.PAID, Contested.OPEN, 2500)
    assert balances(paid) == (-3930, 0)

    cards.books.settle(number, won=False)
    cards.deliver_new()

    assert stands(paid) == (PaymentState.PAID, Contested.LOST, 2500)
    assert balances(paid) == (-3930, 0)
    assert cards.books.balances[paid.contract.worker.stripe_account] == 2500
    again = payments.pay_by_card(payslip=paid.payslip, by=paid.contract.household.person)
    assert again == paid
    household, worker = paid.contract.household.person, paid.contract.worker.person
    assert Notice.objects.filter(person=household, kind="services.contested").count() == 2
    safe = Notice.objects.get(person=worker, kind="services.wage-is-safe")
    assert "rien à rendre" in safe.text


def test_a_dispute_that_is_won_leaves_nothing_behind(cards, paid):
    number = dispute(cards)
    cards.deliver_new()
    assert list(Payment.objects.wanting_help()) == [paid]

    cards.books.settle(number, won=True)
    cards.deliver_new()

    assert stands(paid) == (PaymentState.PAID, Contested.WON, 0)
    assert balances(paid) == (-1430, 0)
    assert not Payment.objects.wanting_help().exists()
    assert not Payment.objects.unsettled().exists()


def test_its_events_late_out_of_order_again_or_forged_write_each_move_once(cards, paid):
    number = dispute(cards)
    cards.books.settle(number, won=True)
    told = list(cards.books.events)
    assert [one["type"].rpartition(".")[2] for one in told] == [
        "created", "funds_withdrawn", "closed", "funds_reinstated"
    ]  # fmt: skip
    assert cards.deliver(told[0], secret="whsec_other") == [400]
    assert stands(paid) == (PaymentState.PAID, Contested.NONE, 0)

    assert set(cards.deliver(*reversed(told), *told)) == {200}
    again = [{**one, "id": f"{one['id']}-again"} for one in told]
    assert set(cards.deliver(*again)) == {200}

    assert stands(paid) == (PaymentState.PAID, Contested.WON, 0)
    assert Entry.objects.filter(what="contested").count() == 2


def test_a_dispute_of_which_no_event_came_is_found(cards, paid):
    number = dispute(cards)
    soon = timezone.now() + datetime.timedelta(hours=1)
    heal(soon)
    assert stands(paid) == (PaymentState.PAID, Contested.OPEN, 2500)

    cards.books.settle(number, won=True)
    heal(soon)

    assert stands(paid) == (PaymentState.PAID, Contested.WON, 0)


def test_a_question_of_the_bank_moves_no_money(cards, paid):
    number = dispute(cards, warning=True)
    cards.deliver_new()
    assert stands(paid) == (PaymentState.PAID, Contested.OPEN, 0)

    cards.books.settle(number, won=True)
    cards.deliver_new()

    assert stands(paid) == (PaymentState.PAID, Contested.WON, 0)
    assert not Entry.objects.filter(what="contested").exists()


def test_what_the_bank_gives_back_is_not_given_back_again(
    cards, paid, django_capture_on_commit_callbacks
):
    person = paid.contract.household.person
    number = dispute(cards)
    with django_capture_on_commit_callbacks(execute=True):  # Before we hear of the dispute.
        payments.refund(payment=paid, reason="Erreur.", by=person)
    cards.deliver_new()
    assert stands(paid) == (PaymentState.REFUNDED, Contested.OPEN, 2500)

    cards.books.settle(number, won=False)
    cards.deliver_new()

    assert stands(paid) == (PaymentState.PAID, Contested.LOST, 2500)
    assert balances(paid) == (-3930, 0)
    with pytest.raises(Refused, match="banque"):
        payments.refund(payment=paid, reason="Erreur.", by=person)


def test_the_desk_says_what_to_do_until_it_is_set_right(client, cards, paid):
    person, slug = paid.contract.household.person, paid.contract.household.space.slug
    Participation.objects.filter(person=person).update(role="facilitator")
    client.force_login(person)
    desk = reverse("services:payments", args=[slug])
    root = f"{cards.server.url}/"
    httpx.post(root, data={"do": "dispute", "id": charge(cards)})
    cards.deliver_new()

    shown = client.get(desk).content.decode()
    assert "Répondez dans le tableau de bord de Stripe avant le" in shown
    assert "Avancé par l’association : 25,00 €" in shown
    page = client.get(reverse("services:payment", args=[slug, paid.key])).content.decode()
    assert "contesté à la banque" in page
    assert "Rendre cet argent" not in page

    assert "needs_response" in httpx.get(root).text
    httpx.post(root, data={"do": "lost", "id": cards.books.disputes()[0]["id"]})
    cards.deliver_new()
    shown = client.get(desk).content.decode()
    assert "comment il rend cette somme" in shown
    assert "L’employeur a rendu cette somme" in shown
    for _twice in range(2):
        client.post(reverse("services:payment-given-back", args=[slug, paid.key]))
    assert "Tout va bien" in client.get(desk).content.decode()
    assert stands(paid) == (PaymentState.PAID, Contested.LOST, 0)
    assert balances(paid) == (-1430, 0)


def test_nothing_is_given_back_before_the_bank_has_decided(cards, paid):
    dispute(cards)
    cards.deliver_new()

    with pytest.raises(Refused, match="pas encore décidé"):
        contesting.given_back(payment=paid, by=paid.contract.household.person)
