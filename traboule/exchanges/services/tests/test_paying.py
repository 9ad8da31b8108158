import datetime

import pytest
from django.utils import timezone

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused

from ..actions import following, ledger, payments
from ..models import Entry, PaidBy, Payment, PaymentState, Posting, WebhookEvent
from ..providers import Unreachable, provider_of
from ..upkeep.paying import heal
from ..ways import ways
from .factories import make_contract, make_services_space
from .factories import make_slip as make_slip_of_hours
from .paying import make_signed, make_slip

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run what follows a commit, as soon as each act is over."""

    def run(act, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return act(**values)

    return run


@pytest.fixture
def contract(cards):
    contract = make_signed()
    cards.open_account(contract.worker)
    return contract


def begin(act, **values):
    """Ask for a payment, as the page does."""
    return following.follow(act(**values))


def held(cards, contract):
    """A payment held on a good card, of which we have heard."""
    payment = begin(payments.hold, contract=contract, by=contract.household.person)
    cards.books.pay(payment.remote_id)
    cards.deliver_new()
    payment.refresh_from_db()
    return payment


def in_an_hour():
    return timezone.now() + datetime.timedelta(hours=1)


def balances(contract):
    return [account.balance for account in ledger._accounts(contract)]


def test_without_a_key_cards_are_not_offered(settings, cards):
    assert PaidBy.STRIPE in ways()

    settings.STRIPE_KEY = ""

    assert ways() == [PaidBy.DIRECT, PaidBy.CESU_PLUS]


def test_a_card_is_held_before_the_job_and_exactly_the_wage_is_taken(cards, contract, commit):
    payment = held(cards, contract)
    assert (payment.state, payment.cents) == (PaymentState.HELD, 3300)
    slip = make_slip(contract, net="26.50")

    commit(payments.settle, payslip=slip)

    payment.refresh_from_db()
    assert (payment.state, payment.captured_cents) == (PaymentState.PAID, 2650)
    assert cards.books.balances[contract.worker.stripe_account] == 2650
    assert balances(contract) == [-1430, 0, 1430]


def test_a_hold_is_asked_once_in_the_five_days_before(cards, contract):
    person = contract.household.person
    first = payments.hold(contract=contract, by=person)
    assert payments.hold(contract=contract, by=person) == first

    far = make_signed(begins_on=timezone.localdate() + datetime.timedelta(days=6), ends_on=None,
                      term="open")  # fmt: skip
    cards.open_account(far.worker)
    with pytest.raises(Refused, match="cinq jours"):
        payments.hold(contract=far, by=person)
    with pytest.raises(Refused, match="Signez"):
        payments.hold(contract=make_signed(state="one"), by=person)


def test_a_hold_too_small_is_let_go_and_the_household_is_asked_for_the_wage(
    cards, contract, commit
):
    payment = held(cards, contract)
    slip = make_slip(contract, net="42.00")

    commit(payments.settle, payslip=slip)

    payment.refresh_from_db()
    assert payment.state == PaymentState.CANCELLED
    assert payment.done_at
    intent = next(one for one in cards.books.things.values() if one["object"] == "payment_intent")
    assert intent["status"] == "canceled"
    assert Notice.objects.filter(kind="services.to-pay").exists()


def test_a_hold_that_expired_is_known_without_an_event_and_asked_again(cards, contract, commit):
    payment = held(cards, contract)

    cards.books.move(days=8)
    heal(in_an_hour())

    payment.refresh_from_db()
    assert payment.state == PaymentState.EXPIRED
    assert Notice.objects.filter(
        kind="services.hold-over", person=contract.household.person
    ).exists()
    slip = make_slip(contract)
    commit(payments.settle, payslip=slip)
    again = begin(payments.pay_by_card, payslip=slip, by=contract.household.person)
    cards.books.pay(again.remote_id)
    cards.deliver_new()
    again.refresh_from_db()
    assert (again.state, again.captured_cents) == (PaymentState.PAID, slip.cents)


def test_a_declined_card_may_be_changed_on_the_same_page(cards, contract):
    slip = make_slip(contract)
    payment = begin(payments.pay_by_card, payslip=slip, by=contract.household.person)

    with pytest.raises(Exception, match="insufficient"):
        cards.books.pay(payment.remote_id, "4000 0000 0000 9995")
    cards.deliver_new()
    payment.refresh_from_db()
    assert (payment.state, payment.problem[:20]) == (PaymentState.ASKED, "Il n’y a pas assez s")

    cards.books.pay(payment.remote_id)
    cards.deliver_new()
    payment.refresh_from_db()
    assert (payment.state, payment.problem) == (PaymentState.PAID, "")


def test_an_event_replayed_late_or_out_of_order_changes_nothing_more(cards, contract):
    slip = make_slip(contract)
    payment = begin(payments.pay_by_card, payslip=slip, by=contract.household.person)
    cards.books.pay(payment.remote_id)
    first = list(cards.books.events)

    assert set(cards.deliver(*reversed(first))) == {200}
    assert set(cards.deliver(*cards.books.events, *first)) == {200}

    payment.refresh_from_db()
    assert payment.state == PaymentState.PAID
    assert Entry.objects.filter(what="paid").count() == 1
    assert Notice.objects.filter(kind="services.paid").count() == 2


def test_a_forged_old_or_enormous_event_is_refused(cards, contract):
    slip = make_slip(contract)
    payment = begin(payments.pay_by_card, payslip=slip, by=contract.household.person)
    cards.books.pay(payment.remote_id)
    event = cards.books.events[0]

    assert cards.deliver(event, secret="whsec_other") == [400]
    assert cards.deliver(event, at=timezone.now().timestamp() - 301) == [400]
    assert cards.deliver({**event, "more": "x" * 1_000_000}) == [400]
    assert not WebhookEvent.objects.exists()
    payment.refresh_from_db()
    assert payment.state == PaymentState.ASKED


def test_an_unknown_event_is_noted_and_answered(cards):
    event = {"id": "evt_1", "object": "event", "type": "payout.paid",
             "data": {"object": {"object": "payout", "id": "po_1"}}}  # fmt: skip

    assert cards.deliver(event, event) == [200, 200]

    assert WebhookEvent.objects.get().problem == "unknown"


def test_money_taken_although_we_cancelled_goes_back_at_once(cards, contract, commit):
    payment = held(cards, contract)
    intent = next(
        key for key, one in cards.books.things.items() if one["object"] == "payment_intent"
    )
    cards.books.capture(intent, {"amount_to_capture": "3000"})  # By hand, on Stripe's own pages.

    commit(payments.settle, payslip=make_slip(contract, net="99.00"))
    cards.deliver_new()

    payment.refresh_from_db()
    assert (payment.state, payment.is_being_given_back) == (PaymentState.REFUNDED, False)
    assert cards.books.balances[contract.worker.stripe_account] == 0
    assert balances(contract)[1] == 9900
    assert Entry.objects.filter(what="strayed").count() == 1
    assert ledger.is_balanced()


def test_an_answer_lost_on_the_way_makes_nothing_twice(cards, contract, commit):
    slip = make_slip(contract)
    cards.server.mode = "deaf"
    with pytest.raises(Unreachable):
        begin(payments.pay_by_card, payslip=slip, by=contract.household.person)
    payment = Payment.objects.get()
    assert payment.remote_id == ""
    cards.server.mode = "normal"

    heal(in_an_hour())

    payment.refresh_from_db()
    sessions = [one for one in cards.books.things.values() if one["object"] == "checkout.session"]
    assert [one["id"] for one in sessions] == [payment.remote_id]


def test_a_crash_between_the_capture_and_its_record_is_healed(cards, contract, commit):
    payment = held(cards, contract)
    slip = make_slip(contract)
    cards.server.mode = "down"
    commit(payments.settle, payslip=slip)
    payment.refresh_from_db()
    assert (payment.state, payment.payslip) == (PaymentState.HELD, slip)
    cards.server.mode = "normal"
    # Taken there, and the record of it lost here.
    provider_of(payment).take(Payment.objects.for_listing().get(), cents=slip.cents)

    heal(in_an_hour())
    heal(in_an_hour())

    payment.refresh_from_db()
    assert payment.state == PaymentState.PAID
    assert cards.books.balances[contract.worker.stripe_account] == slip.cents
    assert Entry.objects.filter(what="paid").count() == 1


def test_a_wage_is_given_back_for_a_reason_and_may_be_paid_again(cards, contract, commit):
    slip = make_slip(contract)
    person = contract.household.person
    payment = begin(payments.pay_by_card, payslip=slip, by=person)
    cards.books.pay(payment.remote_id)
    cards.deliver_new()
    with pytest.raises(Refused, match="pourquoi"):
        payments.refund(payment=payment, reason=" ", by=person)

    commit(payments.refund, payment=payment, reason="Mauvais bulletin.", by=person)

    payment.refresh_from_db()
    assert (payment.state, payment.is_being_given_back) == (PaymentState.REFUNDED, False)
    assert balances(contract)[1] == slip.cents
    again = begin(payments.pay_by_card, payslip=slip, by=person)
    cards.books.pay(again.remote_id)
    cards.deliver_new()
    assert balances(contract)[1] == 0


def test_a_refund_that_the_account_cannot_bear_waits_on_the_desk(cards, contract, commit):
    slip = make_slip(contract)
    person = contract.household.person
    payment = begin(payments.pay_by_card, payslip=slip, by=person)
    cards.books.pay(payment.remote_id)
    cards.deliver_new()
    cards.books.balances[contract.worker.stripe_account] = 0  # Gone to the worker's bank.

    commit(payments.refund, payment=payment, reason="Mauvais bulletin.", by=person)

    payment.refresh_from_db()
    assert payment.is_being_given_back
    assert list(Payment.objects.wanting_help()) == [payment]
    with pytest.raises(Refused, match="rendu"):
        payments.pay_by_card(payslip=slip, by=person)


def test_a_wage_given_by_hand_is_paid_once_the_worker_says_so():
    slip = make_slip(make_signed(paid_by="direct"))
    household, worker = slip.contract.household.person, slip.contract.worker.person
    payments.say_paid(payslip=slip, by=household)
    assert Notice.objects.filter(person=worker, kind="services.said-paid").exists()

    payments.say_received(payslip=slip, by=worker)
    payments.say_received(payslip=slip, by=worker)

    assert slip.payment.state == PaymentState.PAID
    assert balances(slip.contract) == [-1430, 0, 1430]


def test_a_wage_that_the_worker_does_not_have_is_for_the_team():
    slip = make_slip(make_signed(paid_by="direct"))
    payments.say_paid(payslip=slip, by=slip.contract.household.person)

    payments.say_not_received(payslip=slip, by=slip.contract.worker.person)

    assert slip.payment.state == PaymentState.FAILED
    assert list(Payment.objects.wanting_help()) == [slip.payment]
    payments.say_paid(payslip=slip, by=slip.contract.household.person)
    assert slip.payment.state == PaymentState.ASKED


def test_urssaf_pays_what_is_paid_by_cesu_plus_and_nothing_else():
    slip = make_slip(make_signed(paid_by="cesu-plus"))
    payments.settle(payslip=slip)

    payments.settled_by_urssaf(slip)
    payments.settled_by_urssaf(slip)

    assert slip.payment.state == PaymentState.PAID
    assert Posting.objects.count() == 5
    assert payments.settled_by_urssaf(make_slip()) is None


def test_one_way_for_one_contract(cards, contract):
    slip = make_slip(contract)

    with pytest.raises(Refused, match="autrement"):
        payments.say_paid(payslip=slip, by=contract.household.person)
    with pytest.raises(Refused, match="autrement"):
        payments.pay_by_card(
            payslip=make_slip(make_signed(paid_by="direct")), by=contract.household.person
        )


def test_a_worker_opens_an_account_once_and_is_told_when_it_is_ready(cards):
    worker = make_signed().worker
    type(worker).objects.filter(pk=worker.pk).update(stripe_ready=False)
    first = payments.open_account(worker=worker, back="/", by=worker.person)
    second = payments.open_account(worker=worker, back="/", by=worker.person)
    assert first != second

    cards.books.ready(worker.stripe_account)
    cards.deliver_new()

    worker.refresh_from_db()
    assert worker.stripe_ready
    accounts = [one for one in cards.books.things.values() if one["object"] == "account"]
    assert len(accounts) == 1
    assert Notice.objects.filter(person=worker.person, kind="services.account-ready").exists()


def test_a_payslip_made_of_hours_is_owed_and_asked_for():
    slip = make_slip_of_hours(make_contract(make_services_space()))

    assert balances(slip.contract)[1] == slip.cents
    assert Notice.objects.filter(
        kind="services.to-pay", person=slip.contract.household.person
    ).exists()
