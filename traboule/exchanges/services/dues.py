"""What the law adds when a contract ends: with the last payslip, or beside it."""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from traboule.engines.payroll import endings, payslip, read_case

from .models import Contract, Ending, Payslip, Term, WorkState
from .months import chain_of, months_of

ZERO = Decimal(0)
NO_END_PAY = (Ending.RESIGNED, Ending.DISMISSED, Ending.TRIAL, Ending.AMENDED)
"""Why a fixed term that ended so is paid no indemnity (Code du travail L1243-10)."""


def end_pay(contract: Contract, month: datetime.date, gross: Decimal) -> Decimal:
    """What the payslip of that month adds for the end of a fixed term, in gross euros.

    ``gross`` is what the month pays for its hours. Nothing before the last of them.
    """
    if not (has_end_pay(contract) and _is_last(contract, month)):
        return ZERO
    earlier = months_of(_payslips_of(chain_of(contract)).exclude(contract=contract, month=month))
    said = sum((one.bonus for one in earlier), ZERO)
    of_hours = gross + sum((one.gross for one in earlier), ZERO) - said
    return max(ZERO, endings.of_fixed_term(of_hours) - said)


def has_end_pay(contract: Contract) -> bool:
    """Whether a fixed term is followed by its indemnity."""
    fixed = contract.term == Term.FIXED and contract.ending not in NO_END_PAY
    return fixed and not contract.in_school_holidays


def _is_last(contract: Contract, month: datetime.date) -> bool:
    """Whether no hour can come after that month."""
    last, today = contract.last_day, timezone.localdate()
    over = last is None or last < today or (last.year, last.month) == (month.year, month.month)
    following = month.replace(day=28) + datetime.timedelta(days=4)
    later = contract.works.counting().filter(begun_at__date__gte=following.replace(day=1))
    return over and not later.exists()


def lacking_end_pay(contract: Contract) -> datetime.date | None:
    """The month whose payslip was made before one knew that it was the last, if one was."""
    made = contract.payslips.order_by("-month", "-rank").first()
    in_doubt = (WorkState.ENTERED, WorkState.DISPUTED, WorkState.CONFIRMED)
    if made is None or contract.works.filter(state__in=in_doubt).exists():
        return None
    before = Decimal(str(made.case.get("bonus", 0)))
    owed = end_pay(contract, made.month, Decimal(str(made.slip["gross"])) - before)
    return made.month if owed > before else None


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a household still owes when an open-ended contract ends, in euros.

    ``severance`` is nothing when dismissed before eight months. ``notice_until`` is the last day
    of the notice that a dismissal gives; ``missing`` days of it were not worked, and are paid as a
    wage: ``notice`` gross, ``notice_net`` of it received.
    """

    months: int
    wage: Decimal
    severance: Decimal
    notice_until: datetime.date | None = None
    missing: int = 0
    notice: Decimal = ZERO
    notice_net: Decimal = ZERO


def left_by(contract: Contract) -> Left | None:
    """What is owed beside the last payslip; nothing when it is the worker who goes."""
    last = contract.ended_on
    if contract.term != Term.OPEN or last is None:
        return None
    if contract.ending not in (Ending.DISMISSED, Ending.AGREED):
        return None
    chain = chain_of(contract)
    hired_on, told_on = chain[0].hired_on, contract.told_on or last
    wage = endings.mean_wage(_whole_months(chain, last))
    if contract.ending == Ending.AGREED:
        months = endings.seniority(hired_on, last)
        return Left(months=months, wage=wage, severance=endings.severance(wage, months))
    until = endings.notice_ends(told_on, endings.seniority(hired_on, told_on))
    months = endings.seniority(hired_on, max(last, until))
    has_right = endings.has_severance(endings.seniority(hired_on, told_on))
    missing = max(0, (until - last).days)
    notice = (wage * 12 * missing / 365).quantize(Decimal("0.01"))
    return Left(
        months=months,
        wage=wage,
        severance=endings.severance(wage, months) if has_right else ZERO,
        notice_until=until,
        missing=missing,
        notice=notice,
        notice_net=_net_of(notice, chain),
    )


def _net_of(gross: Decimal, chain: list[Contract]) -> Decimal:
    """What is left of a sum paid as a wage with the last month."""
    last = _payslips_of(chain).order_by("-month", "-rank", "-pk").first()
    if last is None:
        return ZERO
    case = read_case(last.case)
    return payslip(replace(case, bonus=case.bonus + gross)).net - payslip(case).net


def _payslips_of(chain: list[Contract]) -> QuerySet[Payslip]:
    return Payslip.objects.filter(contract__in=[one.pk for one in chain])


def _whole_months(chain: list[Contract], last: datetime.date) -> list[Decimal]:
    """The gross of each whole month up to that day, those without an hour too, latest last."""
    paid = {one.month: one.gross for one in months_of(_payslips_of(chain))}
    first = chain[0].hired_on.replace(day=1)
    if first != chain[0].hired_on:
        first = _next(first)
    end = _next(last.replace(day=1))
    end = end if end - datetime.timedelta(days=1) == last else last.replace(day=1)
    wages = []
    while first < end:
        wages.append(paid.get(first, ZERO))
        first = _next(first)
    return wages or list(paid.values())


def _next(first: datetime.date) -> datetime.date:
    return (first + datetime.timedelta(days=32)).replace(day=1)
