"""What payslips add up to: by month for a contract that ends, by year for a household or a worker.

Sums of payslips as they were made; the tax credit is counted by ``engines.payroll``.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Max, Q, QuerySet, When

from traboule.engines.payroll import Credit, Unusable, tax_credit
from traboule.engines.payroll.taxes import Year

from .kinds import KINDS, Kind
from .models import Contract, DeclarationState, Household, PaymentState, Payslip, Service, Worker
from .volet import kind_of

ZERO = Decimal(0)


@dataclass
class Month:
    """A month; ``gross``, of which ``bonus``, and ``taxable`` are those of the last payslip of each
    contract, whole.
    """

    month: datetime.date
    hours: Decimal = ZERO
    net: Decimal = ZERO
    costs: Decimal = ZERO
    gross: Decimal = ZERO
    taxable: Decimal = ZERO
    bonus: Decimal = ZERO


def months_of(payslips: Iterable[Payslip]) -> list[Month]:
    """The months of a contract, and of those that it amends, earliest first."""
    found: dict[datetime.date, Month] = {}
    latest: dict[tuple[datetime.date, int], Payslip] = {}
    for one in sorted(payslips, key=lambda one: (one.month, one.rank)):
        month = found.setdefault(one.month, Month(one.month))
        month.hours += one.hours
        month.net += one.net
        month.costs += one.costs
        latest[one.month, one.contract_id] = one
    for one in latest.values():
        found[one.month].gross += Decimal(str(one.slip["gross"]))
        found[one.month].taxable += Decimal(str(one.slip["net_taxable"]))
        found[one.month].bonus += Decimal(str(one.case.get("bonus", 0)))
    return list(found.values())


def chain_of(contract: Contract) -> list[Contract]:
    """A contract and those that it amends, the first one first."""
    chain = [contract]
    while chain[0].amends:
        chain.insert(0, chain[0].amends)
    return chain


def paid_in(payslips: "QuerySet[Payslip]", year: int) -> "QuerySet[Payslip]":
    """Those paid in a year, as taxes count it: when it was paid, else when the payslip was made.

    What has been asked for and is not paid yet is in no year.
    """
    rows = payslips.annotate(
        paid=Max("payments__done_at", filter=Q(payments__state=PaymentState.PAID)),
        asked=Count("payments"),
    )
    when = Case(When(paid__isnull=False, then="paid"), When(asked=0, then="made_at"))
    return rows.annotate(paid_at=when).filter(paid_at__year=year).order_by("month", "rank", "pk")


@dataclass
class Spent:
    """What a household paid for a kind of service; ``counted`` is what taxes look at."""

    kind: Kind
    hours: Decimal = ZERO
    net: Decimal = ZERO
    due: Decimal = ZERO
    cost: Decimal = ZERO
    counted: Decimal = ZERO


@dataclass
class HouseholdYear:
    """A year of a household; ``credit`` is nothing, and ``problem`` says why, out of the table."""

    household: Household
    year: int
    spent: list[Spent] = field(default_factory=list)
    advanced: Decimal = ZERO
    credit: Credit | None = None
    problem: str = ""

    @property
    def cost(self) -> Decimal:
        """Wages and contributions, costs given back apart."""
        return sum((one.cost for one in self.spent), ZERO)

    @property
    def counted(self) -> Decimal:
        """What is written on the tax return: each kind within its own ceiling, less the aids."""
        return max(ZERO, sum((one.counted for one in self.spent), ZERO) - (self.aids or ZERO))

    @property
    def aids(self) -> Decimal | None:
        """What the household said that it received for it; nothing when it said nothing."""
        said = self.household.aids.get(str(self.year))
        return None if said is None else Decimal(said)


def household_year(household: Household, year: int) -> HouseholdYear:
    """What a household paid in a year, by kind, and its tax credit."""
    rows = Payslip.objects.for_listing().filter(contract__household=household)
    by_kind: dict[str, Spent] = {}
    found = HouseholdYear(household, year)
    slips = list(paid_in(rows, year).prefetch_related("declarations"))
    for one in slips:
        kind = kind_of(one)
        spent = by_kind.setdefault(kind.key, Spent(kind))
        spent.hours, spent.net = spent.hours + one.hours, spent.net + one.net
        spent.due, spent.cost = spent.due + one.due, spent.cost + one.net + one.due
        if any(_is_advanced(each) for each in one.declarations.all()):
            found.advanced += one.net + one.due
    found.spent = [by_kind[key] for key in KINDS if key in by_kind]
    _count(found)
    return found


def _is_advanced(declaration: Any) -> bool:
    done = declaration.state == DeclarationState.DONE
    return bool(declaration.service == Service.ADVANCE and done)


def _count(found: HouseholdYear) -> None:
    spending: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in found.spent:
        spending[one.kind.credit] += one.cost
    household = found.household
    try:
        found.credit = tax_credit(
            Year(
                found.year, dict(spending), children=household.children,
                over_65=household.over_65, first_year=household.first_year,
                aids=found.aids or ZERO,
            )
        )  # fmt: skip
    except Unusable as problem:
        found.problem = str(problem)
        return
    for one in found.spent:
        one.counted = found.credit.counted.get(one.kind.credit, ZERO)


@dataclass
class WorkerYear:
    """A year of a worker, by employer."""

    worker: Worker
    year: int
    by_employer: list[tuple[Household, list[Month]]] = field(default_factory=list)

    @property
    def taxable(self) -> Decimal:
        """What is declared as wages."""
        return sum((one.taxable for _who, months in self.by_employer for one in months), ZERO)


def worker_year(worker: Worker, year: int) -> WorkerYear:
    """The net taxable wages of a worker in a year, month by month."""
    rows = paid_in(Payslip.objects.for_listing().filter(contract__worker=worker), year)
    by_contract: dict[int, list[Payslip]] = defaultdict(list)
    for one in rows:
        by_contract[one.contract_id].append(one)
    listed = [(slips[0].contract.household, months_of(slips)) for slips in by_contract.values()]
    return WorkerYear(worker, year, listed)
