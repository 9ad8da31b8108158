"""The draw itself, and who is called when a seat becomes vacant."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from .quotas import Candidate, Cell, Lack, Quota, Shortfall, Unfeasible, shortfall


class Outcome(StrEnum):
    """What the draw made of a candidate."""

    CHOSEN = "chosen"
    RESERVE = "reserve"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One candidate in the order of the draw, from rank 1.

    ``lacks`` says, of who was passed over while seats were free, what could no longer have been
    met with them.
    """

    rank: int
    number: int
    digest: str
    outcome: Outcome
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True)
class Draw:
    """A whole draw, line by line in its order."""

    lines: tuple[Line, ...]

    @property
    def chosen(self) -> list[int]:
        """The numbers drawn, in order."""
        return [line.number for line in self.lines if line.outcome == Outcome.CHOSEN]

    @property
    def reserve(self) -> list[int]:
        """The numbers of the reserve, in order."""
        return [line.number for line in self.lines if line.outcome == Outcome.RESERVE]


@dataclass(frozen=True)
class Replacement:
    """Who is called for a vacant seat, and what stays out of reach with them."""

    candidate: Candidate
    lacks: tuple[Lack, ...] = ()


def digest(seed: str, number: int) -> str:
    """What decides the place of a number: the SHA-256 of ``seed:number``, in hexadecimal."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def in_order(candidates: Iterable[Candidate], seed: str) -> list[Candidate]:
    """The candidates from the lowest digest to the highest."""
    return sorted(candidates, key=lambda one: (digest(seed, one.number), one.number))


def draw(
    candidates: Iterable[Candidate],
    *,
    seats: int,
    quotas: Sequence[Quota] = (),
    seed: str,
    reserve: int | None = None,
) -> Draw:
    """Draw so many seats; the first ``reserve`` of those who are left, or all, are the reserve.

    Raises Unfeasible when the quotas cannot be met with these candidates, and ValueError when
    two of them have one number.
    """
    line = in_order(candidates, seed)
    if len({one.number for one in line}) != len(line):
        raise ValueError("each candidate must have a number of their own")
    pool, taken = Counter(one.cell for one in line), Counter[Cell]()
    at_best = shortfall(quotas, taken=taken, pool=pool, seats=seats)
    if at_best.lacks:
        raise Unfeasible(at_best.lacks)
    # What cannot be taken now cannot be taken later: seats and candidates only become fewer.
    closed: dict[Cell, tuple[Lack, ...]] = {}
    lines: list[Line] = []
    free, kept = seats, 0
    for rank, one in enumerate(line, start=1):
        pool[one.cell] -= 1
        if free and one.cell not in closed:
            with_them = taken + Counter([one.cell])
            left = shortfall(quotas, taken=with_them, pool=pool, seats=free - 1)
            if left.lacks:
                closed[one.cell] = left.lacks
        if free and one.cell not in closed:
            taken, free, outcome = with_them, free - 1, Outcome.CHOSEN
        else:
            outcome = Outcome.RESERVE if reserve is None or kept < reserve else Outcome.LEFT
            kept += 1
        passed = closed.get(one.cell, ()) if free and outcome != Outcome.CHOSEN else ()
        found = digest(seed, one.number)
        lines.append(
            Line(rank=rank, number=one.number, digest=found, outcome=outcome, lacks=passed)
        )
    return Draw(tuple(lines))


def replacement(
    *, members: Iterable[Candidate], line: Sequence[Candidate], seats: int, quotas: Sequence[Quota]
) -> Replacement | None:
    """The first in line who keeps the quotas with those who stay; nobody from an empty line.

    ``seats`` counts all of them, held or not: when several are vacant, who is called must leave
    the others within reach. When nobody keeps every quota, the first of those who come closest.
    """
    taken = Counter(one.cell for one in members)
    pool = Counter(one.cell for one in line)
    after: dict[Cell, Shortfall] = {}
    for one in line:
        if one.cell not in after:
            rest = pool - Counter([one.cell])
            free = max(0, seats - taken.total() - 1)
            with_them = taken + Counter([one.cell])
            after[one.cell] = shortfall(quotas, taken=with_them, pool=rest, seats=free)
    if not line:
        return None
    best = min(line, key=lambda one: after[one.cell].cost)
    return Replacement(best, after[best.cell].lacks)
