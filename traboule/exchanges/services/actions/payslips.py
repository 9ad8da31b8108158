"""From hours that both agree on to a payslip, once for ever."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.engines.payroll import Basis, Case, Slip, Unusable, payslip
from traboule.engines.payroll.cases import Exoneration
from traboule.engines.payroll.rates import table
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..dues import end_pay, lacking_end_pay
from ..hours import counted
from ..messages import agreeing as messages
from ..models import Contract, ContractState, Payslip, Term, Work, WorkState
from . import declarations, payments
from .contracts import finish_request

ZERO = Decimal(0)
AFTERMATH_DAYS = 60
"""How long after a contract an indemnity that it lacks is looked for."""


@transaction.atomic
def make_payslip(*, contract: Contract, month: datetime.date, by: Person | None) -> Payslip:
    """The payslip of the hours confirmed in a month; later ones make one more, for the difference.

    The last of a fixed term adds the indemnity of its end. What was made stays as it is. Raises
    Refused: no hour to pay, a wage too low in that month, a month that the table of rates does
    not hold.
    """
    contract = Contract.objects.select_for_update(of=("self",)).for_listing().get(pk=contract.pk)
    first = month.replace(day=1)
    works = list(contract.works.of_month(first).filter(state__in=(WorkState.CONFIRMED,
                                                                  WorkState.PAID)))  # fmt: skip
    new = [work for work in works if work.state == WorkState.CONFIRMED]
    before = list(contract.payslips.filter(month=first).order_by("rank"))
    if not new and lacking_end_pay(contract) != first:
        raise Refused(_("Aucune heure confirmée n’attend de bulletin pour ce mois."))
    try:
        slip, of_hours = _counted(contract, first, works, before)
    except Unusable as problem:
        raise Refused(str(problem)) from problem
    made = Payslip.objects.create(
        contract=contract, month=first, rank=len(before),
        code=f"{contract.code}-{first:%Y%m}" + (f"-{len(before)}" if before else ""),
        case=_as_json(slip.case), slip=slip.as_json() | {"shares": _shares(slip)},
        table=table()["last"],
        costs=sum((work.kilometres for work in new), 0) * _per_km(contract),
        **_added(slip, of_hours, before),
    )  # fmt: skip
    Work.objects.filter(pk__in=[work.pk for work in new]).update(state=WorkState.PAID, payslip=made)
    record("services.made-payslip", made, by=by)
    messages.payslip(made)
    declarations.prepare(payslip=made, by=by)
    finish_request(contract)
    payments.settle(payslip=made)  # Last: accounts are locked after all else.
    return made


def case_of(contract: Contract, first: datetime.date, works: list[Work]) -> Case:
    """What the engine is asked of these hours, at the wage that was signed."""
    terms = contract.terms or {}
    household = contract.household
    return Case(
        month=f"{first:%Y-%m}",
        basis=Basis.NET_HOURLY,
        rate=Decimal(terms.get("net_hourly", contract.net_hourly)),
        level=terms.get("level", contract.level),
        service=contract.offer.request.kind,
        alsace_moselle=household.is_in_alsace_moselle,
        exoneration=Exoneration(household.allowance) if household.allowance else None,
        **counted(contract, works),
    )


def make_all_due(now: datetime.datetime) -> None:
    """Those of the months that are over, and of contracts that are over with nothing in doubt."""
    today = timezone.localdate(now)
    confirmed = Work.objects.filter(state=WorkState.CONFIRMED).select_related("contract")
    due = {}
    for work in confirmed.order_by("begun_at", "pk"):
        first = timezone.localdate(work.begun_at).replace(day=1)
        if first < today.replace(day=1) or _is_over(work.contract):
            due[work.contract_id, first] = work.contract
    for contract in _lately_over(today):
        if month := lacking_end_pay(contract):
            due[contract.pk, month] = contract
    for (_key, first), contract in due.items():
        try:
            make_payslip(contract=contract, month=first, by=None)
        except Refused as refused:
            messages.no_payslip(contract, first, refused.messages[0])


def _lately_over(today: datetime.date) -> Iterable[Contract]:
    """Fixed terms whose indemnity the last payslip may not have known of."""
    since = today - datetime.timedelta(days=AFTERMATH_DAYS)
    rows = Contract.objects.filter(state=ContractState.ENDED, term=Term.FIXED)
    return rows.filter(ended_on__gte=since, payslips__isnull=False).distinct().order_by("pk")


def _is_over(contract: Contract) -> bool:
    in_doubt = (WorkState.ENTERED, WorkState.DISPUTED)
    over = contract.state == ContractState.ENDED
    return over and not contract.works.filter(state__in=in_doubt).exists()


def _counted(
    contract: Contract, first: datetime.date, works: list[Work], before: list[Payslip]
) -> tuple[Slip, Slip]:
    """The month, and the month for its hours only: they differ when a fixed term ends.

    What a payslip said of that end is never taken back. Raises Unusable.
    """
    of_hours = payslip(case_of(contract, first, works))
    said = [Decimal(str(one.case.get("bonus", 0))) for one in before]
    bonus = max(end_pay(contract, first, of_hours.gross), *said, ZERO)
    return payslip(replace(of_hours.case, bonus=bonus)), of_hours


def _added(slip: Slip, of_hours: Slip, before: list[Payslip]) -> dict[str, Decimal]:
    """What the month adds to what was made of it before, in euros and hours."""
    whole = {"hours": slip.case.hours, "net": slip.net, "due": slip.due, "cost": slip.cost,
             "bonus": slip.net - of_hours.net}  # fmt: skip
    return {
        name: value - sum((getattr(one, name) for one in before), ZERO)
        for name, value in whole.items()
    }


def _shares(slip: Slip) -> dict[str, dict[str, str]]:
    """The rates of that day, in hundredths of the base, kept with what they made."""
    sides = {"employee": slip.rates.employee, "employer": slip.rates.employer}
    return {
        side: {line.name: str(Decimal(line.share) / 1000) for line in lines}
        for side, lines in sides.items()
    }


def _per_km(contract: Contract) -> Decimal:
    return Decimal((contract.terms or {}).get("per_km", contract.per_km))


def _as_json(case: Case) -> dict[str, Any]:
    """The case with numbers written out, so that none is rounded."""
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in asdict(case).items()
    }
