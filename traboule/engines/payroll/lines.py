"""What each line takes of a gross wage, in whole cents: of one wage, or of a column of them.

The same arithmetic serves both, exactly: shares and cents are whole numbers, and ``least`` is
``min`` for one wage, ``numpy.minimum`` for a column.
"""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from .rates import CENT, CSG_BASE, LEAVE, SHARES, Line, Rates, whole

if TYPE_CHECKING:
    import numpy as np

Cents = TypeVar("Cents", int, "np.ndarray[Any, np.dtype[np.int64]]")
Lines = dict[str, Cents]
Least = Callable[[Cents, int], Cents]

CEILINGS_OF_CSG = CEILINGS_OF_UNEMPLOYMENT = 4
CEILINGS_OF_PENSION = 8
FINE = 10_000
"""Bases are in ten-thousandths of a cent, as CSG wants: 98.25 % of the wage (CSS L136-2)."""
FLAT_COSTS = whole((1 - CSG_BASE) * FINE)
WHOLE = FINE * SHARES
HALF = WHOLE // 2
EXEMPTED = ("maladie", "vieillesse_plafonnee", "vieillesse_deplafonnee", "allocations_familiales")
"""What an exempted household does not pay (CSS L241-10)."""


def lines_of(
    gross: Cents, rates: Rates, *, local: Any, least: Least[Cents]
) -> tuple[Lines[Cents], Lines[Cents]]:
    """Every line of the employee, then of the employer; ``local`` says who is in Alsace-Moselle."""
    bases = _bases(gross, rates.ceiling, local, least)
    return _taken(rates.employee, bases, least), _taken(rates.employer, bases, least)


def owed_of_exempted(employer: Lines[Cents]) -> Cents:
    """What is owed of the lines from which a household may be exempted."""
    health, capped_pension, pension, family = (employer[name] for name in EXEMPTED)
    return health + capped_pension + pension + family


def cap_of_elderly(rates: Rates, *, with_leave: bool) -> int:
    """The wage above which the exemption of those over 70 stops growing."""
    hour = (rates["smic"] * (LEAVE if with_leave else 1)).quantize(CENT, ROUND_HALF_UP)
    return whole(rates["capped_hours"] * hour, CENT)


def exempted(gross: Cents, employer: Lines[Cents], rates: Rates, cap: int | None) -> Cents:
    """What an exempted household does not pay, its wage being counted up to a cap."""
    owed = owed_of_exempted(employer)
    if cap is None:
        return owed
    share = sum((rates[f"employer.{name}"] for name in EXEMPTED), Decimal(0))
    most = int((cap * share).to_integral_value(ROUND_HALF_UP))
    return owed * (gross <= cap) + most * (gross > cap)


def _bases(gross: Cents, ceiling: int, local: Any, least: Least[Cents]) -> Lines[Cents]:
    """What each line takes its share of; ``rates.toml`` says which."""
    first, four = least(gross, ceiling), least(gross, CEILINGS_OF_UNEMPLOYMENT * ceiling)
    both = least(gross, CEILINGS_OF_PENSION * ceiling)
    flat = least(gross, CEILINGS_OF_CSG * ceiling)
    return {
        "gross": FINE * gross,
        "first": FINE * first,
        "second": FINE * (both - first),
        "both": FINE * both * (gross > ceiling),
        "four": FINE * four,
        "csg": FINE * gross - FLAT_COSTS * flat,
        "local": FINE * gross * local,
    }


def _taken(lines: Sequence[Line], bases: Lines[Cents], least: Least[Cents]) -> Lines[Cents]:
    second = bases["second"]
    taken = {}
    for line in lines:
        share = bases[line.base] * line.share
        if line.second:
            share = share + second * line.second
        cents = (share + HALF) // WHOLE
        taken[line.name] = cents if line.most is None else least(cents, line.most)
    return taken
