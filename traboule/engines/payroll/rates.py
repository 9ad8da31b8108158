"""The figures of a month, from ``rates.toml``; no month outside the table is guessed."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "rates.toml"
LEVELS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
CENT = Decimal("0.01")
LEAVE = Decimal("1.1")
"""What Cesu adds to an hour so that leave is paid as one goes."""


class OutsideTable(Exception):  # noqa: N818 (it names what was asked)
    """A month, or a year, of which the table says nothing."""


@dataclass(frozen=True)
class Rates:
    """What is known of a month: figures by name, and the doubts on some of them."""

    month: str
    figures: dict[str, Decimal]
    doubts: dict[str, str]
    grid: dict[str, Decimal]

    def __getitem__(self, name: str) -> Decimal:
        return self.figures[name]

    @cached_property
    def net_share(self) -> Decimal:
        """What is left of each euro of gross, under the ceiling and outside Alsace-Moselle."""
        of_all = ("vieillesse_plafonnee", "vieillesse_deplafonnee", "retraite_compl", "ceg",
                  "ircem_prevoyance")  # fmt: skip
        taken = sum(self[f"employee.{name}"] for name in of_all)
        csg = ("csg_deductible", "csg_non_deductible", "crds")
        return 1 - taken - Decimal("0.9825") * sum(self[f"employee.{name}"] for name in csg)

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
    figures, doubts = {}, {}
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
    return Rates(month, figures, doubts, grid)
