"""A payment disputed at the bank of its card: a household does not know it, or does not want it.

The bank takes the money from the association, with a fee, until it has decided. The worker has
nothing to do with that: the payment stays paid, and what the association advanced is owed to it by
the household.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..messages import contesting as messages
from ..models import Contested, Payment, PaymentState
from ..providers import Contest
from . import ledger


@transaction.atomic
def note_contest(*, payment: Payment, contest: Contest) -> Payment:
    """Write how a dispute stands, and each move of money once. Repeatable, in any order.

    An answer that comes late may open again a dispute that is over: until the next look, for those
    that are open are asked again.
    """
    payment = Payment.objects.select_for_update(of=("self",)).for_listing().get(pk=payment.pk)
    is_new = payment.contested != contest.state
    payment.contested, payment.answer_by = contest.state, contest.answer_by
    if is_new:
        payment.problem = _problem(contest)
        _keep_wage(payment)
    payment.save()
    for move, cents in contest.moves.items():
        ledger.contested(payment, move=move, cents=cents)
    payment.contested_cents = ledger.advanced(payment)
    payment.save(update_fields=["contested_cents"])
    if is_new:
        _record(payment)
        messages.contested(payment, contest)
    return payment


@transaction.atomic
def given_back(*, payment: Payment, by: Person) -> None:
    """The household gave back what the association had advanced, hand to hand. Repeatable.

    Raises Refused while the bank has not decided.
    """
    payment = Payment.objects.select_for_update(of=("self",)).for_listing().get(pk=payment.pk)
    if payment.contested != Contested.LOST:
        raise Refused(_("La banque n’a pas encore décidé. Attendez sa réponse."))
    if not ledger.advanced(payment):
        return
    ledger.given_back(payment)
    payment.contested_cents, payment.problem = 0, ""
    payment.save(update_fields=["contested_cents", "problem"])
    record("services.was-given-back", payment, by=by)


def _problem(contest: Contest) -> str:
    """What the team reads in its list; nothing when all is well."""
    if contest.state == Contested.OPEN:
        return _("Ce paiement est contesté à la banque.")
    if contest.state == Contested.LOST:
        return _("La banque a rendu l’argent à l’employeur. L’association l’a avancé.")
    return ""


def _keep_wage(payment: Payment) -> None:
    """A wage that was being given back, and that the bank has given back, stays the worker's."""
    slip = payment.payslip
    if payment.contested != Contested.LOST or not payment.is_being_given_back or slip is None:
        return
    if payment.entries.filter(what="paid").exists() and not slip.payments.live().exists():
        payment.state, payment.done_at = PaymentState.PAID, timezone.now()


def _record(payment: Payment) -> None:
    if payment.contested == Contested.OPEN:
        record("services.contested", payment)
    elif payment.contested == Contested.WON:
        record("services.won-contest", payment)
    else:
        record("services.lost-contest", payment)
