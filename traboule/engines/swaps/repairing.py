"""After a refusal: mend a plan around it at once, and leave the rest as it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .choosing import choose
from .online import Exchange, Index, Refusal
from .shelves import homes_for


@dataclass(frozen=True)
class Repair:
    """The exchanges of a plan that no longer stand, and those that take their place."""

    broken: tuple[tuple[str, ...], ...]
    made: tuple[Exchange, ...]


def replan(
    index: Index,
    plan: Sequence[tuple[str, ...]],
    *,
    refused: Collection[Refusal] = (),
    gone: Collection[str] = (),
    max_length: int = 3,
) -> Repair:
    """Mend a plan, given by the listings of its exchanges, after refusals or departures.

    The listings of the broken exchanges, but those ``gone``, meet whoever is open and in no other
    exchange; the worthiest set of what they can make together is found exactly. ``refused`` is
    remembered by the index; ``gone`` may have left it or not.
    """
    refused, gone = set(refused), set(gone)
    index.refuse((a, b) for a, b in refused if a in index.rows and b in index.rows)
    touched = gone | {household for household, _ in refused}
    broken = [
        ids
        for ids in plan
        if not touched.isdisjoint(ids)
        and not (gone.isdisjoint(ids) and refused.isdisjoint(_moves(ids)))
    ]
    freed = {one for ids in broken for one in ids} - gone
    kept = {one for ids in plan for one in ids} - freed
    free = index.shelves.open.copy()
    free[[index.rows[one] for one in kept | gone if one in index.rows]] = False
    free[[index.rows[one] for one in freed]] = True
    near = index.shelves._replace(open=free)
    found = []
    for row in sorted(index.rows[one] for one in freed):
        homes = homes_for(near, row, *index.wish(row), True)
        found.append(index.cycles(near, row, homes, max_length))
    if not found:
        return Repair(tuple(broken), ())
    rows = np.concatenate([rows for rows, _ in found])
    worth = np.concatenate([worth for _, worth in found])
    ranks = choose(rows, worth, gap=0).ranks
    return Repair(tuple(broken), tuple(index.exchange(rows[at], worth[at]) for at in ranks))


def _moves(ids: tuple[str, ...]) -> Iterable[Refusal]:
    return zip(ids, ids[1:] + ids[:1], strict=True)
