"""What providers know of payments and what we want of them, brought together.

What we want is written and committed first (a state, a key); then the provider is asked, outside
any transaction; then what it answers is noted. Whatever stops in between is taken up again by
``upkeep.paying`` or by the next event: every step is safe to repeat.

An event is believed for the number of what it tells of only. How that stands is asked of the
provider, so that events may come late, twice or out of order; the table of moves of ``Payment``
keeps an old answer, that arrives after a newer one, from taking anything back.
"""

import datetime
import uuid
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from traboule.kernel.journal.actions import record

from .. import providers
from ..messages import paying as messages
from ..models import (
    NOTHING_TAKEN,
    Contested,
    Payment,
    PaymentState,
    Payslip,
    WebhookEvent,
    Worker,
)  # fmt: skip
from ..providers import Impossible, Provider, Seen, Unreachable
from ..providers.stripe import Event
from . import ledger
from .contesting import note_contest

MOST_STEPS = 4


def follow(payment: Payment) -> Payment:
    """Do what is left to be done at the provider. Raises Unreachable.

    Never inside a transaction: nothing is locked while the provider thinks.
    """
    for _step in range(MOST_STEPS):
        verb = due(payment)
        if not verb:
            break
        try:
            seen = _do(verb, providers.provider_of(payment), payment)
        except Impossible as refusal:
            return _note_refusal(payment, verb, str(refusal))
        payment = note(payment=payment, seen=seen)
    return payment


def look(payment: Payment) -> Payment:
    """Ask how it stands, and do what follows from that. Raises Unreachable."""
    payment = follow(payment)
    if not payment.remote_id:
        return payment
    try:
        seen = providers.provider_of(payment).look(payment)
    except Impossible as refusal:
        return _note_refusal(payment, "look", str(refusal))
    payment = note(payment=payment, seen=seen)
    if seen.contest:
        payment = note_contest(payment=payment, contest=seen.contest)
    return follow(payment)


@task()
def follow_later(pk: int) -> None:
    """The same, in the background; a provider that does not answer is asked again later."""
    payment = Payment.objects.for_listing().get(pk=pk)
    try:
        follow(payment)
    except Unreachable as silence:
        _note_problem(payment, str(silence))


def due(payment: Payment) -> str:
    """The verb to ask of the provider now, or nothing."""
    if payment.state == PaymentState.PAID or payment.done_at:
        return ""
    if not payment.remote_id:  # Even over: it may have begun without our hearing of it.
        return "ask"
    if payment.state in NOTHING_TAKEN:
        return "cancel"
    if payment.state == PaymentState.REFUNDED:
        return "" if payment.is_with_the_bank else "refund"
    return "take" if payment.state == PaymentState.HELD and payment.payslip_id else ""


@transaction.atomic
def note(*, payment: Payment, seen: Seen) -> Payment:
    """Write what a provider answered, as far as the table of moves allows it. Repeatable."""
    payment = Payment.objects.select_for_update(of=("self",)).for_listing().get(pk=payment.pk)
    payment.remote_id = payment.remote_id or seen.remote_id
    payment.page = seen.page
    if seen.state == PaymentState.ASKED or seen.problem:
        payment.problem = seen.problem[:200]
    if seen.state == PaymentState.PAID and payment.state != PaymentState.PAID:
        _note_taken(payment, seen)
    elif seen.state == PaymentState.REFUNDED:
        _note_given_back(payment)
    elif seen.state in NOTHING_TAKEN:
        _note_over(payment, seen.state)
    elif seen.state == PaymentState.HELD and payment.may_become(PaymentState.HELD):
        payment.state, payment.held_until, payment.problem = seen.state, seen.held_until, ""
        messages.held(payment)
    elif payment.state in NOTHING_TAKEN:
        payment.done_at = None  # It still could be paid there: to be cancelled again.
    payment.save()
    return payment


def _note_taken(payment: Payment, seen: Seen) -> None:
    """Money was taken: the wage is paid, or it has to go back at once."""
    slip = payment.payslip
    if slip and seen.taken == slip.cents and payment.may_become(PaymentState.PAID):
        with suppress(ledger.PaidTwice), transaction.atomic():
            _note_paid(payment, slip)
            return
    if payment.may_become(PaymentState.REFUNDED):
        payment.state, payment.done_at = PaymentState.REFUNDED, None
        payment.captured_cents = seen.taken
        payment.save()
        ledger.strayed(payment)
        record("services.strayed", payment)
        messages.strayed(payment)


def _note_paid(payment: Payment, slip: Payslip) -> None:
    before = payment.state
    payment.state, payment.done_at, payment.problem = PaymentState.PAID, timezone.now(), ""
    payment.captured_cents = slip.cents
    try:
        payment.save()
        ledger.owe_wage(slip)
        ledger.paid(payment)
    except ledger.PaidTwice:
        payment.state = before
        raise
    others = slip.payments.exclude(pk=payment.pk)
    others.filter(contested=Contested.NONE).update(problem="")
    record("services.was-paid", payment)
    messages.paid(payment, slip)


def _note_given_back(payment: Payment) -> None:
    if payment.state == PaymentState.REFUNDED and payment.done_at:
        return
    payment.state, payment.done_at, payment.problem = PaymentState.REFUNDED, timezone.now(), ""
    payment.save()
    if ledger.refunded(payment):
        record("services.was-refunded", payment)
        messages.refunded(payment)


def _note_over(payment: Payment, state: PaymentState) -> None:
    if payment.state in NOTHING_TAKEN:
        payment.done_at = payment.done_at or timezone.now()
    elif payment.may_become(state):
        was_held = payment.state == PaymentState.HELD
        payment.state, payment.done_at = state, timezone.now()
        if payment.payslip and not payment.problem:
            payment.problem = _("Ce bulletin attend un nouveau paiement.")
        messages.over(payment, was_held=was_held)


def _do(verb: str, provider: Provider, payment: Payment) -> Seen:
    if verb == "take" and payment.payslip:
        return provider.take(payment, cents=payment.payslip.cents)
    acts = {"ask": provider.ask, "cancel": provider.cancel, "refund": provider.refund}
    return acts[verb](payment)


def _note_refusal(payment: Payment, verb: str, problem: str) -> Payment:
    """What cannot be begun has failed; the rest waits for someone of the team."""
    if verb == "ask":
        return note(payment=payment, seen=Seen(state=PaymentState.FAILED, problem=problem))
    return _note_problem(payment, problem)


def _note_problem(payment: Payment, problem: str) -> Payment:
    Payment.objects.filter(pk=payment.pk).update(problem=problem[:200])
    return Payment.objects.for_listing().get(pk=payment.pk)


# What providers tell us


def hear(event: Event) -> WebhookEvent:
    """Keep an event and act on it, once. Of its body only numbers are kept: no card, no name."""
    heard, _new = WebhookEvent.objects.get_or_create(
        remote_id=event.id,
        defaults={
            "kind": event.kind,
            "body": {"payment": event.payment, "account": event.account, "dispute": event.dispute},
        },
    )
    if heard.handled_at is None:
        handle_event.enqueue(heard.pk)
    return heard


@task()
def handle_event(pk: int) -> None:
    """See how what an event tells of stands now. Safe to repeat."""
    heard = WebhookEvent.objects.get(pk=pk)
    if heard.handled_at:
        return
    try:
        heard.problem = _handle(heard)
        heard.handled_at = timezone.now()
    except Unreachable as silence:
        heard.problem = str(silence)[:200]
    heard.save(update_fields=["problem", "handled_at"])


def _handle(heard: WebhookEvent) -> str:
    """What could not be made of it, or nothing."""
    if payment := _payment_of(_key_of(heard)):
        look(payment)
        return ""
    worker = Worker.objects.exclude(stripe_account="").filter(
        stripe_account=heard.body["account"]
    ).first()  # fmt: skip
    if worker:
        look_at_account(worker)
        return ""
    return "unknown"


def _key_of(heard: WebhookEvent) -> str:
    """That of the payment it tells of, or nothing; a dispute does not say it, and is asked."""
    dispute = heard.body.get("dispute")  # What was heard before disputes were followed has none.
    if not dispute:
        return str(heard.body["payment"])
    try:
        return providers.cards().payment_of(dispute)
    except Impossible:
        return ""


def look_for_contests(since: datetime.datetime) -> None:
    """See how the payments stand that were disputed since then. Raises Unreachable."""
    for key in providers.cards().contested_since(since):
        payment = _payment_of(key)
        if payment and payment.contested == Contested.NONE:
            look(payment)


def _payment_of(key: str) -> Payment | None:
    try:
        return Payment.objects.for_listing().filter(key=uuid.UUID(key)).first()
    except ValueError:
        return None


def look_at_account(worker: Worker) -> bool:
    """Whether the worker may be paid by card now, as Stripe says. Raises Unreachable."""
    try:
        ready = providers.cards().is_ready(worker)
    except Impossible:
        ready = False
    if ready != worker.stripe_ready:
        Worker.objects.filter(pk=worker.pk).update(stripe_ready=ready)
        if ready:
            messages.account_ready(worker)
    return ready
