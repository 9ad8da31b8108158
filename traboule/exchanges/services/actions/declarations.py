"""Declaring a payslip: by which door, what is written when Urssaf answers, what people put right.

Nothing here speaks to Urssaf: ``upkeep.declaring`` does, between two short transactions.
"""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..messages import declaring as messages
from ..models import Declaration, DeclarationState, Payslip, Service
from ..urssaf import access, advance
from ..volet import kind_of, plain, volet
from . import ledger, payments

MOST_DIFFERENCE = Decimal("0.05")
"""Euros between Urssaf's count and ours that nobody needs to look at."""
FAILED = (DeclarationState.REFUSED, DeclarationState.CANCELLED)


def service_of(payslip: Payslip) -> Service:
    """The door by which it goes: with a mandate, with the tax credit at once, or by hand."""
    household = payslip.contract.household
    if kind_of(payslip).filing == "pajemploi":
        return Service.FILE
    if household.cesu_mandate_on and access.cesu():
        return Service.CESU
    enrolled = household.advance_id and household.advance_state == advance.ENROLLED
    if enrolled and access.advance() and advance.nature_of(kind_of(payslip).credit):
        return Service.ADVANCE
    return Service.FILE


@transaction.atomic
def prepare(*, payslip: Payslip, by: Person | None, service: Service | None = None) -> Declaration:
    """The declaration of a payslip, ready to leave. Again, it is the same one."""
    payslip = Payslip.objects.select_for_update(of=("self",)).for_listing().get(pk=payslip.pk)
    known = payslip.declarations.live().first()
    if known:
        return known
    made = Declaration(payslip=payslip, service=service or service_of(payslip))
    if made.service == Service.FILE:
        made.sent = plain(volet(payslip))
    made.save()
    record("services.prepared-declaration", made, by=by)
    if made.service == Service.FILE:
        messages.to_copy(made)
    return made


@transaction.atomic
def copied(*, declaration: Declaration, on: datetime.date, by: Person) -> Declaration:
    """Someone declared it on Urssaf's site. Again, nothing changes.

    Raises Refused for a day to come or before the month, and when a machine has it.
    """
    declaration = locked(declaration)
    if declaration.service == Service.FILE and declaration.state == DeclarationState.DONE:
        return declaration
    if declaration.service != Service.FILE or not declaration.may_become(DeclarationState.DONE):
        raise Refused(_("Cette déclaration ne se recopie pas."))
    if not declaration.payslip.month <= on <= timezone.localdate():
        raise Refused(_("Ce jour ne va pas : écrivez le jour où vous avez déclaré."))
    declaration.sent_at = timezone.make_aware(
        datetime.datetime.combine(on, datetime.time(12)), timezone.get_current_timezone()
    )
    moved(declaration, DeclarationState.DONE, by=by)
    return declaration


@transaction.atomic
def again(*, declaration: Declaration, by: Person) -> Declaration:
    """What was put right is declared anew, by the door that is open now.

    Raises Refused while the first one stands.
    """
    declaration = locked(declaration)
    if declaration.state not in FAILED:
        raise Refused(_("Cette déclaration est encore en cours."))
    return prepare(payslip=declaration.payslip, by=by)


@transaction.atomic
def by_hand(*, declaration: Declaration, by: Person) -> Declaration:
    """No longer wait for a machine: it is copied on Urssaf's site. Raises Refused once it left."""
    declaration = locked(declaration)
    if declaration.service == Service.FILE:
        return declaration
    if declaration.state == DeclarationState.TO_SEND:
        moved(declaration, DeclarationState.CANCELLED, by=by)
    elif declaration.state not in FAILED:
        raise Refused(_("L’Urssaf a déjà cette déclaration."))
    return prepare(payslip=declaration.payslip, by=by, service=Service.FILE)


@transaction.atomic
def settle(*, declaration: Declaration, paid: bool, by: Person) -> Declaration:
    """Say whether Urssaf took the money and paid: no machine tells it of Cesu+.

    Raises Refused when that is not what is waited for.
    """
    declaration = locked(declaration)
    state = DeclarationState.DONE if paid else DeclarationState.UNPAID
    if declaration.state == state:
        return declaration
    waits = declaration.state in (DeclarationState.SENT, DeclarationState.UNPAID)
    if declaration.service != Service.CESU or not waits or not declaration.may_become(state):
        raise Refused(_("On n’attend pas d’argent de cette déclaration."))
    moved(declaration, state, by=by)
    return declaration


def moved(declaration: Declaration, state: DeclarationState, *, by: Person | None = None) -> None:
    """Write a move that the table allows, and tell those whom it concerns."""
    declaration.state = state
    now = timezone.now()
    if state == DeclarationState.DONE:
        declaration.done_at = now
    if declaration.sent_at is None and state not in FAILED:
        declaration.sent_at = now
    declaration.save()
    record("services.moved-declaration", declaration, by=by, state=str(state))
    if state == DeclarationState.DONE:
        _settled(declaration)
    messages.moved(declaration)


def _settled(declaration: Declaration) -> None:
    """Urssaf has taken what is owed, and paid the worker when it is Cesu+."""
    payments.settled_by_urssaf(declaration.payslip)
    ledger.debited_by_urssaf(declaration.payslip)


def locked(declaration: Declaration) -> Declaration:
    """It, read again while nobody else writes."""
    rows = Declaration.objects.select_for_update(of=("self",)).for_listing()
    return rows.get(pk=declaration.pk)
