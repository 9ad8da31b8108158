"""``make check-rates``: the lines that our payslips share with two packages, and where they differ.

For months, wages and both sides of the Vosges; a difference that is not in ``known_drifts.toml``
fails. What cannot be installed is named and left out; with no referee at all, nothing was checked,
which fails too.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path

from traboule.engines.payroll import Basis, Case, payslip
from traboule.engines.payroll.rates import table

from .referees import Wage, ready

MONTHS = ("2024-03", "2024-11", "2025-03", "2025-06", "2026-03", "2026-07")
"""No February: OpenFisca-France makes its ceiling smaller, by thirtieths of its days."""
GROSSES = (450.0, 1823.03, 4200.0, 17_000.0, 40_000.0)
ENOUGH = 0.015
"""Ours are rounded to the cent, and some of theirs."""

Lines = dict[str, list[float]]


@dataclass(frozen=True)
class Drift:
    """A line that a referee finds otherwise, for one wage; ``line`` is ours, or a sum of ours."""

    referee: str
    line: str
    wage: Wage
    ours: float
    theirs: float


@dataclass(frozen=True)
class Known:
    """A difference whose reason is known: a referee takes this share of the wage, not ours."""

    referee: str
    line: str
    share: float
    reason: str
    source: str

    def explains(self, drift: Drift) -> bool:
        """Whether this drift is that one."""
        return (
            drift.referee.startswith(self.referee)
            and drift.line == self.line
            and abs(drift.theirs - self.share * drift.wage.gross) <= ENOUGH
        )


def drifts(
    referee: str, shared: dict[str, list[str]], wages: Sequence[Wage], ours: Lines, theirs: Lines
) -> Iterator[Drift]:
    """Where a referee’s lines are not the sums of ours that they should be."""
    for name, parts in shared.items():
        for place, wage in enumerate(wages):
            found = sum(ours[part][place] for part in parts)
            if abs(found - theirs[name][place]) > ENOUGH:
                yield Drift(referee, " + ".join(parts), wage, found, theirs[name][place])


def told(found: Iterable[Drift], known: Sequence[Known]) -> tuple[list[str], bool]:
    """A line of words for each line that drifts, at its worst wage; and whether all are known."""
    worst: dict[tuple[str, str, Known | None], Drift] = {}
    for drift in found:
        reason = next((one for one in known if one.explains(drift)), None)
        key = (drift.referee, drift.line, reason)
        if key not in worst or _size(drift) > _size(worst[key]):
            worst[key] = drift
    words = []
    for (referee, line, reason), drift in worst.items():
        wage = drift.wage
        where = f"{wage.month}, {wage.gross:,.2f} €{', Alsace-Moselle' if wage.local else ''}"
        words.append(
            f"{'known' if reason else 'DRIFT'}  {line} ({where}): ours {drift.ours:.2f}, "
            f"{referee} {drift.theirs:.2f}\n       ours: {_source(line)}"
            + (f"\n       why: {reason.reason} ({reason.source})" if reason else "")
        )
    return words, all(reason for _, _, reason in worst)


def _size(drift: Drift) -> float:
    return abs(drift.ours - drift.theirs)


def _source(line: str) -> str:
    sources = {one["name"]: one["source"] for one in table()["figure"]}
    return " + ".join(dict.fromkeys(sources[part] for part in line.split(" + ")))


def ours(wages: Sequence[Wage]) -> Lines:
    """Every line of our payslips, a value a wage."""
    lines: Lines = {}
    for wage in wages:
        slip = payslip(
            Case(
                month=wage.month, basis=Basis.GROSS_MONTH, rate=Decimal(str(wage.gross)),
                hours=Decimal(10), alsace_moselle=wage.local,
            )
        )  # fmt: skip
        for side, values in (("employee", slip.employee), ("employer", slip.employer)):
            for name, value in values.items():
                lines.setdefault(f"{side}.{name}", []).append(float(value))
    return lines


def main() -> int:
    """Compare with every referee that can be had; 1 when something drifts and nobody knows why."""
    listed = tomllib.loads((Path(__file__).parent / "known_drifts.toml").read_text())
    known = [Known(**one) for one in listed["known"]]
    wages = [Wage(*one) for one in product(MONTHS, GROSSES, (False, True))]
    mine, referees, is_fine = ours(wages), list(ready()), True
    for referee in referees:
        theirs = referee.ask(wages).lines
        words, is_known = told(drifts(referee.name, referee.lines, wages, mine, theirs), known)
        print(f"{referee.name}: {len(referee.lines)} lines, {len(wages)} wages")
        print("\n".join(words) if words else "agrees on every line")
        is_fine &= is_known
    return 0 if is_fine and referees else 1


if __name__ == "__main__":
    raise SystemExit(main())
