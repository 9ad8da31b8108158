"""The figures of a month, from ``rates.toml``; no month outside the table is guessed."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "rates.toml"
LEVELS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
CENT = Decimal("0.01")
CSG_BASE = Decimal("0.9825")
"""What is left of the wage once its flat costs are off (CSS L136-2), up to four ceilings."""
SHARES = 100_000
"""Rates are whole numbers of hundred-thousandths: 6.90 % is 6 900."""
LEAVE = Decimal("1.1")
"""What Cesu adds to an hour so that leave is paid as one goes."""


class OutsideTable(Exception):  # noqa: N818 (it names what was asked)
    """A month, or a year, of which the table says nothing."""


@dataclass(frozen=True)
class Line:
    """A line of the slip: a share of one base, and of a second one where there are two.

    In hundred-thousandths; ``most`` is in cents.
    """

    name: str
    base: str
    share: int
    second: int
    most: int | None


@dataclass(frozen=True)
class Rates:
    """What is known of a month: figures by name, lines of each side, doubts, and the least hour."""

    month: str
    figures: dict[str, Decimal]
    employee: tuple[Line, ...]
    employer: tuple[Line, ...]
    grid: dict[str, Decimal]
    doubts: dict[str, str]

    def __getitem__(self, name: str) -> Decimal:
        return self.figures[name]

    @cached_property
    def net_share(self) -> Decimal:
        """What is left of each euro of gross, under the ceiling and outside Alsace-Moselle."""
        parts = {"gross": Decimal(1), "first": Decimal(1), "csg": CSG_BASE}
        taken = [parts.get(line.base, Decimal(0)) * line.share for line in self.employee]
        return 1 - sum(taken, Decimal(0)) / SHARES

    @cached_property
    def ceiling(self) -> int:
        """The monthly ceiling of social security, in cents."""
        return whole(self["pmss"], CENT)

    def least(self, level: str, *, with_leave: bool) -> Decimal:
        """The least gross hour of a level: the Smic or the convention, whichever is more."""
        hour = max(self["smic"], self.grid[level])
        return (hour * LEAVE).quantize(CENT) if with_leave else hour


@cache
def table() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(TABLE.read_text())


@cache
def rates_of(month: str) -> Rates:
    """The figures of a month, written « 2026-07 ».

    Raises OutsideTable, in words for whoever asked.
    """
    known = table()
    if not known["first"] <= month <= known["last"]:
        raise OutsideTable(
            f"Le mois {month} n’est pas dans la table, qui va de {known['first']} à "
            f"{known['last']} : aucun taux n’est deviné."
        )
    figures: dict[str, Decimal] = {}
    doubts: dict[str, str] = {}
    for figure in known["figure"]:
        name, values = figure["name"], figure["values"]
        figures[name] = Decimal(values[max(since for since in values if since <= month)])
        if "doubt" in figure and figure["uncertain_from"] <= month:
            doubts[name] = figure["doubt"]
    grid: dict[str, Decimal] = {}
    for one in (grid for grid in known["grid"] if grid["from"] <= month):
        grid |= {level: Decimal(hour) for level, hour in one["levels"].items()}
        if "doubt" in one:
            doubts["convention"] = one["doubt"]
    employee, employer = (tuple(_lines(side, figures)) for side in ("employee", "employer"))
    return Rates(month, figures, employee, employer, grid, doubts)


def _lines(side: str, figures: dict[str, Decimal]) -> Iterator[Line]:
    for figure in table()["figure"]:
        name = figure["name"]
        if name.startswith(f"{side}.") and not name.endswith("_t2"):
            yield Line(
                name=name.removeprefix(f"{side}."),
                base=figure["base"],
                share=whole(figures[name] * SHARES),
                second=whole(figures.get(f"{name}_t2", Decimal(0)) * SHARES),
                most=whole(figures[figure["most"]], CENT) if "most" in figure else None,
            )


def whole(value: Decimal, unit: Decimal = Decimal(1)) -> int:
    """How many units a value is; a figure that is no whole number of them is a mistake."""
    count, rest = divmod(value, unit)
    if rest:
        raise ValueError(f"{value} is not a whole number of {unit}")
    return int(count)
