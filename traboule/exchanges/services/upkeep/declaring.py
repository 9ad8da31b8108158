"""What leaves for Urssaf, and what it answers later; every quarter of an hour, safe to repeat.

A row is taken for ten minutes under a lock, the lock let go, Urssaf spoken to, the answer written.
Whoever dies between the two leaves a row that is taken again; Urssaf knows it by its number.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions.declarations import MOST_DIFFERENCE, locked, moved
from ..actions.enrolling import look_at_enrolment
from ..messages import declaring as messages
from ..models import Declaration, DeclarationState, Household, PaidBy, Service
from ..urssaf import advance, declaring
from ..urssaf.access import Down, Rejected
from ..urssaf.refusals import INCOMPLETE, told, words_of
from ..volet import kind_of, missing, period, plain, volet

TAKEN_FOR = datetime.timedelta(minutes=10)
LOOKED_AT_EACH = datetime.timedelta(days=1)
WAITS = tuple(datetime.timedelta(minutes=minutes) for minutes in (5, 30, 120, 360))
"""How long one waits after each failure; then as long as the last."""
SILENT_FOR = datetime.timedelta(hours=24)
"""How long Urssaf may be down before anybody hears of it."""
WATCHED = (
    DeclarationState.SENT, DeclarationState.WAITING, DeclarationState.ACCEPTED,
    DeclarationState.DEBITED, DeclarationState.UNPAID,
)  # fmt: skip
MORNING = datetime.time(6), datetime.time(6, 15)


def send_due(now: datetime.datetime) -> None:
    """Send what is due. Once Urssaf is down, the others wait as well, without being tried."""
    down: dict[str, Down] = {}
    while taken := _taken(now, [DeclarationState.TO_SEND], [Service.CESU, Service.ADVANCE], 1):
        one = taken[0]
        try:
            if one.service in down:
                raise down[one.service]
            _send(one)
        except Down as problem:
            down[one.service] = problem
            _later(one, now, problem)
        except Rejected as refusal:
            _refused(one, refusal)


def look(now: datetime.datetime) -> None:
    """Ask where requests for payment are, ten in one question, each once a day."""
    while taken := _taken(now, WATCHED, [Service.ADVANCE], advance.MOST_ASKED):
        try:
            seen = {one.remote_id: one for one in advance.look([row.remote_id for row in taken])}
        except (Down, Rejected) as problem:
            for row in taken:
                _later(row, now, problem)
            return
        for row in taken:
            if found := seen.get(row.remote_id):
                _saw(row, found, now)
            else:
                _noted(row, now, words_of("ERR_RECHERCHE_VIDE"))


def look_at_enrolments(now: datetime.datetime) -> None:
    """Each morning, see whether households answered Urssaf, or are no longer with us."""
    begins, ends = MORNING
    if not begins <= timezone.localtime(now).time() < ends:
        return
    for household in Household.objects.exclude(advance_id="").filter(space__closed_at=None):
        try:
            look_at_enrolment(household=household)
        except Down:
            return
        except Rejected:
            continue


def _taken(
    now: datetime.datetime,
    states: Sequence[DeclarationState],
    services: Sequence[Service],
    most: int,
) -> list[Declaration]:
    """Rows that are due, taken so that no other process does the same."""
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        rows = Declaration.objects.select_for_update(of=("self",), skip_locked=skip).for_listing()
        due = rows.filter(state__in=states, service__in=services, next_at__lte=now)
        taken = list(due.order_by("next_at", "pk")[:most])
        for one in taken:
            one.next_at = now + TAKEN_FOR
            if one.state == DeclarationState.TO_SEND:
                one.sent = _body(one)
            one.save(update_fields=["next_at", "sent"])
    return taken


def _body(one: Declaration) -> dict[str, Any]:
    return _bill(one) if one.service == Service.ADVANCE else plain(volet(one.payslip))


def _bill(one: Declaration) -> dict[str, Any]:
    """A request for payment, as the *Tiers de prestation* reads it."""
    payslip, household = one.payslip, one.payslip.contract.household
    begins, ends = (f"{day.isoformat()}T00:00:00Z" for day in period(payslip))
    line = {
        "codeNature": advance.nature_of(kind_of(payslip).credit),
        **advance.prices(payslip.hours, payslip.cost),
        "complement1": payslip.contract.code,
        "complement2": settings.URSSAF_SAP_NUMBER,
    }
    return {
        "idTiersFacturation": settings.URSSAF_BILLING_ID or settings.URSSAF_SAP_NUMBER,
        "idClient": household.advance_id,
        "dateNaissanceClient": f"{household.born_on}T00:00:00Z" if household.born_on else "",
        "numFactureTiers": _number(one),
        "dateFacture": f"{timezone.localdate(one.made_at)}T00:00:00Z",
        "dateDebutEmploi": begins,
        "dateFinEmploi": ends,
        "mntFactureTTC": float(payslip.cost),
        "mntFactureHT": float(payslip.cost),
        "inputPrestations": [line],
    }


def _number(one: Declaration) -> str:
    """Our number for it at Urssaf: another for each try that follows a refusal."""
    return f"{one.payslip.code}-{one.pk}"


def _send(one: Declaration) -> None:
    lines = volet(one.payslip)
    if one.service == Service.ADVANCE:
        _sent(one, advance.ask(one.sent))
    elif lacks := missing(lines):
        raise Rejected(INCOMPLETE, _("Il manque : %(what)s.") % {"what": ", ".join(lacks)})
    else:
        counted = declaring.estimate(one.sent)
        number, answer = declaring.declare(one.sent, reference=_number(one))
        _declared(one, number, answer, counted)


@transaction.atomic
def _sent(one: Declaration, seen: advance.Seen) -> None:
    row = locked(one)
    row.remote_id, row.remote_state, row.answer = seen.remote_id, seen.state, seen.body
    row.problem, row.tries = "", 0
    row.next_at = timezone.now() + LOOKED_AT_EACH
    _go(row, DeclarationState.SENT)


@transaction.atomic
def _declared(one: Declaration, number: str, answer: Any, counted: Decimal) -> None:
    row = locked(one)
    row.remote_id, row.tries, row.problem = number, 0, ""
    row.answer = {"declaration": answer, "estimate": str(counted)}
    if abs(counted - row.payslip.due) > MOST_DIFFERENCE:
        row.problem = _("L’Urssaf compte %(theirs)s € de cotisations, nous %(ours)s €.") % {
            "theirs": counted, "ours": row.payslip.due,
        }  # fmt: skip
        messages.differs(row)
    cesu_plus = row.payslip.contract.paid_by == PaidBy.CESU_PLUS
    _go(row, DeclarationState.SENT if cesu_plus else DeclarationState.DONE)


def _go(row: Declaration, state: DeclarationState) -> None:
    """Move, or keep the trace of what left although someone had cancelled it."""
    if row.may_become(state):
        moved(row, state)
        return
    row.problem = _("Partie à l’Urssaf alors qu’elle était annulée : annulez-la là-bas aussi.")
    row.save()
    messages.odd(row)


@transaction.atomic
def _later(one: Declaration, now: datetime.datetime, problem: Down | Rejected) -> None:
    """Keep its state; try again later and later, and say so after a day."""
    row = locked(one)
    wait = WAITS[min(row.tries, len(WAITS) - 1)]
    if isinstance(problem, Down) and problem.wait:
        wait = max(wait, problem.wait)
    row.tries += 1
    row.next_at, row.problem = now + wait, str(problem)[:300]
    row.save(update_fields=["tries", "next_at", "problem"])
    if _waited(row.tries) >= SILENT_FOR:
        messages.down(row)


def _waited(tries: int) -> datetime.timedelta:
    """How long it has been tried in vain, at least."""
    begun = WAITS[: tries - 1]
    return sum(begun, datetime.timedelta()) + WAITS[-1] * max(tries - 1 - len(WAITS), 0)


@transaction.atomic
def _refused(one: Declaration, refusal: Rejected) -> None:
    row = locked(one)
    row.problem, row.remote_state = told(refusal)[:300], refusal.code[:20]
    row.answer = {"code": refusal.code, "said": refusal.said}
    if row.may_become(DeclarationState.REFUSED):
        moved(row, DeclarationState.REFUSED)


@transaction.atomic
def _saw(one: Declaration, seen: advance.Seen, now: datetime.datetime) -> None:
    """Follow Urssaf where the table of moves goes; an older state than ours changes nothing."""
    row = locked(one)
    state = advance.STATES.get(seen.state)
    if state is None:
        row.remote_state, row.answer = seen.state[:20], seen.body
        _note(row, now, _("État inconnu à l’Urssaf : %(state)s.") % {"state": seen.state})
        return
    row.next_at, row.tries = now + LOOKED_AT_EACH, 0
    if state == row.state or not row.may_become(state):
        row.save(update_fields=["next_at", "tries"])
        return
    row.remote_state, row.answer = seen.state, seen.body
    row.problem = words_of(seen.reject, seen.comment)[:300] if seen.reject else ""
    moved(row, state)


@transaction.atomic
def _noted(one: Declaration, now: datetime.datetime, problem: str) -> None:
    _note(locked(one), now, problem)


def _note(row: Declaration, now: datetime.datetime, problem: str) -> None:
    row.next_at, row.tries, row.problem = now + LOOKED_AT_EACH, 0, problem[:300]
    row.save()
    messages.odd(row)
