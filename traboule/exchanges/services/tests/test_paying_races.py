"""What tells us that a wage is paid comes twice at the same moment, on PostgreSQL."""

import pytest
from django.db import connection

from traboule.kernel.people.tests.test_races import at_once

from ..actions import following, ledger, payments
from ..models import Entry, Payment, PaymentState, Posting
from .paying import make_payment, make_signed, make_slip

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def contract(cards):
    contract = make_signed()
    cards.open_account(contract.worker)
    return contract


def test_an_event_and_the_page_at_once_write_one_entry(cards, contract):
    slip = make_slip(contract)
    person = contract.household.person
    payment = following.follow(payments.pay_by_card(payslip=slip, by=person))
    cards.books.pay(payment.remote_id)
    event = cards.books.events[-1]

    def come(rank):
        if rank % 2:
            return cards.deliver(event)
        return following.look(Payment.objects.for_listing().get(pk=payment.pk)).state

    at_once(4, come)

    payment.refresh_from_db()
    assert payment.state == PaymentState.PAID
    assert cards.books.balances[contract.worker.stripe_account] == slip.cents
    assert Entry.objects.filter(what="paid").count() == 1
    assert Posting.objects.count() == 5


def test_two_who_pay_at_once_begin_one_payment(cards, contract):
    slip = make_slip(contract)
    person = contract.household.person

    begun = at_once(4, lambda _: payments.pay_by_card(payslip=slip, by=person).pk)

    assert len(set(begun)) == 1
    assert Payment.objects.count() == 1


def test_a_payslip_settled_twice_at_once_takes_what_is_held_once(cards, contract):
    person = contract.household.person
    held = following.follow(payments.hold(contract=contract, by=person))
    cards.books.pay(held.remote_id)
    following.look(held)
    slip = make_slip(contract)

    at_once(2, lambda _: payments.settle(payslip=slip))

    held.refresh_from_db()
    assert (held.state, held.captured_cents) == (PaymentState.PAID, slip.cents)
    assert sorted(Entry.objects.values_list("what", flat=True)) == ["paid", "wage"]


def test_entries_on_the_same_accounts_at_once_are_all_written(cards, contract):
    slips = [make_slip(contract) for _ in range(4)]
    paid = [make_payment(slip, state="paid") for slip in slips]

    def write(rank):
        ledger.owe_wage(slips[rank])
        ledger.paid(paid[rank])
        ledger.debited_by_urssaf(slips[rank])

    at_once(4, write)

    assert Entry.objects.count() == 12
    assert [account.balance for account in ledger._accounts(contract)] == [0, 0, 0]
