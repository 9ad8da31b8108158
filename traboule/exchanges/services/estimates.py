"""What an hour between neighbours costs, and what is left of it once taxes have given back.

Every figure is that of a payslip of ``engines.payroll``.
"""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

from traboule.engines.payroll import Basis, Case, payslip, tax_credit
from traboule.engines.payroll.cases import Exoneration
from traboule.engines.payroll.endings import of_fixed_term
from traboule.engines.payroll.taxes import Year

from .kinds import KINDS, Kind

AT_HOME = KINDS["cleaning"].credit
"""A service that counts by itself."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Euros: what the worker receives, what the household pays, what taxes give back to it.

    ``end_pay`` is the part of ``net`` that comes because a job for once is a fixed term.
    ``doubts`` names the figures that want checking, and why.
    """

    hours: Decimal
    net: Decimal
    end_pay: Decimal
    contributions: Decimal
    cost: Decimal
    credit: Decimal
    doubts: dict[str, str]

    @property
    def after_credit(self) -> Decimal:
        """What the household has paid in the end."""
        return self.cost - self.credit

    @property
    def by_hand(self) -> Decimal:
        """The same hours paid from hand to hand, without any right."""
        return self.net - self.end_pay

    @property
    def beside_undeclared(self) -> Decimal:
        """What declaring costs it beyond that; may be less than none."""
        return self.after_credit - self.by_hand


def estimate(
    kind: Kind,
    *,
    net_hourly: Decimal,
    hours: Decimal,
    on: datetime.date,
    exoneration: Exoneration | None = None,
    alsace_moselle: bool = False,
    beside_another: bool = False,
    once: bool = False,
) -> Estimate:
    """The estimate of so many hours in a month. Raises Unusable: too low, or not in the table.

    ``beside_another``: another service is rendered in the home, so that errands count too.
    ``once``: the contract is a fixed term, which ends with an indemnity.
    """
    month = f"{on:%Y-%m}"
    case = Case(
        month=month, basis=Basis.NET_HOURLY, rate=net_hourly, hours=hours,
        exoneration=exoneration, alsace_moselle=alsace_moselle, level=kind.posts[0].level,
    )  # fmt: skip
    slip = of_hours = payslip(case)
    if once:
        slip = payslip(replace(case, bonus=of_fixed_term(of_hours.gross)))
    spending = {AT_HOME: Decimal(0)} if beside_another else {}
    credit = tax_credit(Year(on.year, {**spending, kind.credit: slip.cost})).credit
    return Estimate(
        hours=hours,
        net=slip.net,
        end_pay=slip.net - of_hours.net,
        contributions=slip.due,
        cost=slip.cost,
        credit=credit,
        doubts=slip.rates.doubts,
    )
