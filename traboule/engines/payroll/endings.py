"""What the law adds when a contract ends, in gross euros: ``[ending]`` of ``rates.toml``."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from .cases import ZERO
from .payslips import cents
from .rates import table

A_YEAR, A_QUARTER, LONG = 12, 3, 120
"""Months: those of the mean wage, and those after which a year of severance is worth more."""


def seniority(hired_on: datetime.date, until: datetime.date) -> int:
    """Whole months from the first day to the last one, both worked."""
    spent = relativedelta(until + datetime.timedelta(days=1), hired_on)
    return spent.years * A_YEAR + spent.months


def of_fixed_term(gross: Decimal) -> Decimal:
    """What comes with the last wage of a fixed term, of all that it paid; leave is inside."""
    return _part(gross, Fraction(table()["ending"]["fixed_term_share"]))


def notice_ends(told_on: datetime.date, months: int) -> datetime.date:
    """The last day of the notice that a household gives, after so many months with it."""
    due = [one for one in table()["ending"]["notice"] if one["from"] <= months][-1]
    length = relativedelta(months=due.get("months", 0), weeks=due.get("weeks", 0))
    return told_on + length - datetime.timedelta(days=1)


def mean_wage(wages: Sequence[Decimal]) -> Decimal:
    """A month’s wage: the mean of the last twelve, or of the last three if that is more.

    ``wages`` are those of whole months, the latest last, nothing worked or not.
    """
    lately = [wages[-most:] for most in (A_YEAR, A_QUARTER) if wages]
    return max((cents(sum(some, ZERO) / len(some)) for some in lately), default=ZERO)


def severance(wage: Decimal, months: int) -> Decimal:
    """What a dismissal adds, whatever it is called; nothing is said of a grave fault."""
    ending = table()["ending"]
    share = Fraction(ending["severance_share"]) * min(months, LONG)
    share += Fraction(ending["severance_share_beyond"]) * max(0, months - LONG)
    return _part(wage, share / A_YEAR)


def has_severance(months: int) -> bool:
    """Whether a dismissal adds it."""
    return months >= int(table()["ending"]["severance_from"])


def _part(euros: Decimal, share: Fraction) -> Decimal:
    return cents(euros * share.numerator / share.denominator)
