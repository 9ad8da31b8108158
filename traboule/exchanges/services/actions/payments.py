"""Paying a wage: held on a card before the job, taken for a payslip, or said to have been given.

Everything here writes what is wanted; ``following`` asks it of the provider once that is committed:
at once by whoever waits for a page, else in the background.
"""

import datetime
import uuid
from decimal import ROUND_UP, Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.engines.payroll import endings
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..dues import has_end_pay
from ..messages import paying as messages
from ..models import Contract, ContractState, PaidBy, Payment, PaymentState, Payslip, Worker
from ..providers import Impossible, cards, provider_of
from ..ways import ways
from . import ledger
from .following import follow_later, note

HELD_BEFORE = datetime.timedelta(days=5)
"""How long before the first day a sum may be held: a card is held for seven days."""
MARGIN = Decimal("1.2")
"""What is held beyond the hours agreed, in case there are a few more."""
SAFE = datetime.timedelta(hours=1)
"""A hold that ends sooner is not counted on."""


def amount_to_hold(contract: Contract) -> int:
    """Cents: the hours agreed, the indemnity of a fixed term’s end, and a margin."""
    euros = contract.net_hourly * contract.minutes / 60 * MARGIN
    if has_end_pay(contract):
        euros += endings.of_fixed_term(euros)
    return int((euros * 100).quantize(Decimal(1), rounding=ROUND_UP))


def why_not_hold(contract: Contract) -> str:
    """Why nothing can be held for a contract today, in words; nothing when it can."""
    today = timezone.localdate()
    if contract.paid_by != PaidBy.STRIPE or PaidBy.STRIPE not in ways():
        return _("Ce contrat ne se paie pas par carte.")
    if contract.state != ContractState.SIGNED:
        return _("Signez d’abord le contrat, tous les deux.")
    if today > contract.begins_on:
        return _("Le premier jour est passé : vous paierez avec le bulletin.")
    if contract.begins_on - today > HELD_BEFORE:
        return _("Une carte ne se réserve que sept jours : revenez cinq jours avant le premier.")
    return _why_not_card(contract)


@transaction.atomic
def hold(*, contract: Contract, by: Person) -> Payment:
    """Ask for a sum to be held on the household's card; again, it is the same. Raises Refused."""
    contract = _locked(contract)
    live = contract.payments.live().filter(payslip=None).for_listing().first()
    if live:
        return live
    if why := why_not_hold(contract):
        raise Refused(why)
    made = _ask(contract, cents=amount_to_hold(contract))
    record("services.asked-hold", made, by=by, for_=contract.household.person)
    return made


@transaction.atomic
def settle(*, payslip: Payslip) -> Payment | None:
    """A payslip is made: what is held pays it, or the household is asked to. Repeatable."""
    contract = _locked(payslip.contract)
    payslip = Payslip.objects.for_listing().get(pk=payslip.pk)  # To the cent, as it is kept.
    payment = payslip.payments.live().for_listing().first()
    if payment is None and contract.paid_by == PaidBy.CESU_PLUS:
        payment = _ask(contract, cents=payslip.cents, payslip=payslip)
    elif payment is None:
        payment = _use_hold(contract, payslip)
    if payment is None:
        messages.to_pay(payslip)
    ledger.owe_wage(payslip)  # Last: accounts are locked after payments, everywhere.
    return payment


def _use_hold(contract: Contract, payslip: Payslip) -> Payment | None:
    """What is held for the contract, now for this payslip; let go when it does not do."""
    rows = contract.payments.filter(payslip=None).live().for_listing()
    held = rows.select_for_update(of=("self",)).first()
    if held and _covers(held, payslip):
        held.payslip = payslip
        held.save(update_fields=["payslip"])
        _follow_after_commit(held)
        return held
    if held:
        _cancel(held)
    return None


@transaction.atomic
def pay_by_card(*, payslip: Payslip, by: Person) -> Payment:
    """Ask for exactly what a payslip says; again, it is the same. Raises Refused."""
    contract = _payable(payslip, PaidBy.STRIPE)
    live = payslip.payments.live().for_listing().first()
    if live:
        return live
    if why := _why_not_card(contract):
        raise Refused(why)
    made = _ask(contract, cents=payslip.cents, payslip=payslip)
    record("services.asked-payment", made, by=by, for_=contract.household.person)
    return made


@transaction.atomic
def say_paid(*, payslip: Payslip, by: Person) -> Payment:
    """The household says that it gave the wage; the worker is asked to confirm. Repeatable."""
    contract = _payable(payslip, PaidBy.DIRECT)
    live = payslip.payments.live().for_listing().first()
    if live:
        return live
    made = _ask(contract, cents=payslip.cents, payslip=payslip)
    record("services.said-paid", made, by=by, for_=contract.household.person)
    messages.said_paid(made, payslip)
    return made


@transaction.atomic
def say_received(*, payslip: Payslip, by: Person) -> Payment:
    """The worker has the wage, whether the household said it or not. Repeatable."""
    contract = _payable(payslip, PaidBy.DIRECT)
    payment = payslip.payments.live().for_listing().first()
    payment = payment or _ask(contract, cents=payslip.cents, payslip=payslip)
    if payment.state != PaymentState.PAID:
        record("services.said-received", payment, by=by, for_=contract.worker.person)
    return note(payment=payment, seen=provider_of(payment).take(payment, cents=payment.cents))


@transaction.atomic
def say_not_received(*, payslip: Payslip, by: Person) -> None:
    """The worker has not: the team looks, and the household may say again. Repeatable."""
    contract = _payable(payslip, PaidBy.DIRECT)
    payment = payslip.payments.filter(state=PaymentState.ASKED).for_listing().first()
    if payment is None:
        return
    payment.state, payment.done_at = PaymentState.FAILED, timezone.now()
    payment.problem = _("La personne employée dit qu’elle n’a rien reçu.")
    payment.save(update_fields=["state", "done_at", "problem"])
    record("services.said-not-received", payment, by=by, for_=contract.worker.person)
    messages.not_received(payment, payslip)


@transaction.atomic
def settled_by_urssaf(payslip: Payslip) -> Payment | None:
    """Urssaf has debited the household and paid the worker (Cesu+). Repeatable.

    Nothing happens for a contract that is paid otherwise.
    """
    contract = _locked(payslip.contract)
    if contract.paid_by != PaidBy.CESU_PLUS:
        return None
    payment = payslip.payments.live().for_listing().first()
    payment = payment or _ask(contract, cents=payslip.cents, payslip=payslip)
    return note(payment=payment, seen=provider_of(payment).take(payment, cents=payment.cents))


@transaction.atomic
def refund(*, payment: Payment, reason: str, by: Person) -> Payment:
    """Give a wage back to the household. Raises Refused for want of a payment or a reason."""
    payment = Payment.objects.select_for_update(of=("self",)).for_listing().get(pk=payment.pk)
    if payment.state == PaymentState.REFUNDED:
        return payment
    if payment.state != PaymentState.PAID:
        raise Refused(_("Rien n’a été payé : il n’y a rien à rendre."))
    if payment.is_with_the_bank:
        raise Refused(_("La banque s’en occupe : le salaire reste à la personne employée."))
    if not reason.strip():
        raise Refused(_("Dites pourquoi : les deux le liront."))
    payment.state, payment.done_at = PaymentState.REFUNDED, None
    payment.problem = reason.strip()[:200]
    payment.save(update_fields=["state", "done_at", "problem"])
    record("services.refunded", payment, by=by)
    messages.will_be_refunded(payment, reason=payment.problem)
    _follow_after_commit(payment)
    return payment


@transaction.atomic
def set_right(*, payment: Payment, by: Person) -> None:
    """Someone of the team has dealt with a problem: it leaves the desk."""
    Payment.objects.filter(pk=payment.pk).update(problem="")
    record("services.set-right", payment, by=by)


def open_account(*, worker: Worker, back: str, by: Person) -> str:
    """The page where a worker says where to be paid. Raises Unreachable, and Refused.

    The number of the account is kept before the page is asked for; asked again, it is the same.
    """
    try:
        if not worker.stripe_account:
            worker.stripe_account = cards().open_account(worker)
            with transaction.atomic():
                worker.save(update_fields=["stripe_account"])
                record("services.opened-account", worker, by=by)
        return cards().account_page(worker, back=back)
    except Impossible as refusal:
        raise Refused(_("Stripe refuse d’ouvrir ce compte. Parlez-en à l’équipe.")) from refusal


def _payable(payslip: Payslip, way: PaidBy) -> Contract:
    """Its contract, locked. Raises Refused when it is paid otherwise, or being given back."""
    contract = _locked(payslip.contract)
    if contract.paid_by != way:
        raise Refused(_("Ce contrat se paie autrement."))
    if payslip.payments.filter(state=PaymentState.REFUNDED, done_at=None).exists():
        raise Refused(_("Un paiement est en train d’être rendu. Attendez qu’il le soit."))
    return contract


def _why_not_card(contract: Contract) -> str:
    if PaidBy.STRIPE not in ways():
        return _("Le paiement par carte n’est pas ouvert ici.")
    if not contract.worker.stripe_ready:
        return _("La personne employée doit d’abord dire où recevoir son argent.")
    return ""


def _ask(contract: Contract, *, cents: int, payslip: Payslip | None = None) -> Payment:
    made = Payment(
        contract=contract, payslip=payslip, how=contract.paid_by, cents=cents, key=uuid.uuid4()
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Refused(_("Ce bulletin a déjà son paiement.")) from error
    return made


def _covers(held: Payment, payslip: Payslip) -> bool:
    """Whether what is held will surely do: still there for a while, and enough."""
    lasts = held.held_until is not None and held.held_until > timezone.now() + SAFE
    return held.state == PaymentState.HELD and lasts and held.cents >= payslip.cents


def _cancel(payment: Payment) -> None:
    payment.state = PaymentState.CANCELLED
    payment.save(update_fields=["state"])
    _follow_after_commit(payment)


def _follow_after_commit(payment: Payment) -> None:
    transaction.on_commit(lambda: follow_later.enqueue(payment.pk))


def _locked(contract: Contract) -> Contract:
    return Contract.objects.select_for_update(of=("self",)).for_listing().get(pk=contract.pk)
