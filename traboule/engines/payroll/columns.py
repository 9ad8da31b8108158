"""A hundred thousand payslips of one month at once: whole cents in columns, to the same cent.

For a territory’s figures or a table of wages; a payslip that somebody receives is ``payslip``’s,
which also refuses a wage that is too low.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .cases import Exoneration
from .lines import Lines, cap_of_elderly, exempted, lines_of, owed_of_exempted
from .rates import CENT, rates_of, whole

Column = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """What each pays and receives, in cents, a row a wage."""

    gross: Column
    employee: Lines[Any]
    employer: Lines[Any]
    deduction: Column
    exoneration: Column

    @property
    def net(self) -> Column:
        """What is paid before income tax is withheld."""
        return self.gross - np.sum(list(self.employee.values()), axis=0)

    @property
    def cost(self) -> Column:
        """What the household pays in all, before its tax credit."""
        before_relief = np.sum(list(self.employer.values()), axis=0)
        return self.gross + before_relief - self.deduction - self.exoneration


def columns(
    month: str,
    gross: Column,
    hours: Column,
    *,
    alsace_moselle: npt.NDArray[np.bool_] | bool = False,
    exoneration: Exoneration | None = None,
    cp10_included: bool = True,
) -> Columns:
    """The slips of so much gross, in cents, for so many whole hours. Raises OutsideTable."""
    rates = rates_of(month)
    employee, employer = lines_of(gross, rates, local=alsace_moselle, least=np.minimum)
    deduction, relief = np.zeros_like(gross), np.zeros_like(gross)
    if exoneration is None:
        asked = whole(rates["hourly_deduction"], CENT) * hours
        deduction = np.minimum(asked, owed_of_exempted(employer))
    else:
        elderly = exoneration == Exoneration.AGE_70
        cap = cap_of_elderly(rates, with_leave=cp10_included) if elderly else None
        relief = exempted(gross, employer, rates, cap)
    return Columns(gross, employee, employer, deduction, relief)
