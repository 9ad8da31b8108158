import pytest

from ..actions import ledger
from ..models import Entry, Holder, Posting
from .paying import make_payment, make_slip

pytestmark = pytest.mark.django_db


def balances(slip):
    return [account.balance for account in ledger._accounts(slip.contract)]


def test_a_wage_is_owed_by_the_household_to_the_worker_and_to_urssaf():
    slip = make_slip(net="25.00", due="14.30", costs="3.00")

    ledger.owe_wage(slip)

    assert balances(slip) == [-4230, 2800, 1430]


def test_once_paid_and_debited_nobody_owes_anything():
    slip = make_slip()
    ledger.owe_wage(slip)

    ledger.paid(make_payment(slip, state="paid"))
    ledger.debited_by_urssaf(slip)

    assert balances(slip) == [0, 0, 0]
    assert ledger.is_balanced()


def test_the_same_entry_is_written_once():
    slip = make_slip()
    payment = make_payment(slip, state="paid")
    ledger.owe_wage(slip)

    assert ledger.paid(payment) == ledger.paid(payment)
    assert ledger.owe_wage(slip) == ledger.owe_wage(slip)
    assert Entry.objects.count() == 2


def test_lines_that_do_not_sum_to_nothing_are_refused():
    slip = make_slip()
    household, worker, _urssaf = ledger._accounts(slip.contract)

    with pytest.raises(ledger.NotBalanced):
        ledger.post(key="x", what="x", lines=[(household, -5), (worker, 4)], payslip=slip)
    assert not Posting.objects.exists()


def test_a_key_is_not_used_for_something_else():
    slip = make_slip()
    household, worker, _urssaf = ledger._accounts(slip.contract)
    ledger.post(key="x", what="x", lines=[(household, -5), (worker, 5)], payslip=slip)

    with pytest.raises(ledger.NotBalanced):
        ledger.post(key="x", what="x", lines=[(household, -6), (worker, 6)], payslip=slip)


def test_a_worker_is_never_paid_more_than_is_owed():
    slip = make_slip()
    ledger.owe_wage(slip)
    ledger.paid(make_payment(slip, state="paid"))

    with pytest.raises(ledger.PaidTwice):
        ledger.paid(make_payment(slip, state="refunded"))
    assert Entry.objects.filter(what="paid").count() == 1


def test_a_slip_whose_cost_is_not_net_and_contributions_is_refused():
    with pytest.raises(ledger.NotBalanced):
        ledger.owe_wage(make_slip(net="25.00", due="14.30", cost="39.00"))


def test_what_is_given_back_is_owed_again():
    slip = make_slip()
    payment = make_payment(slip, state="paid")
    ledger.owe_wage(slip)
    ledger.paid(payment)

    ledger.refunded(payment)

    assert balances(slip)[1] == slip.cents
    assert ledger.account_of(slip.contract.worker).holder == Holder.WORKER
