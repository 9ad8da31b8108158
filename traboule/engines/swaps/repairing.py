"""After a refusal: mend a plan around it at once, and leave the rest as it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

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
    index.refuse((a, b) for a, b in refused if a in index.rows and b in index.rows)
    broken = [
        ids
        for ids in plan
        if not (set(gone).isdisjoint(ids) and set(refused).isdisjoint(_moves(ids)))
    ]
    freed = {one for ids in broken for one in ids} - set(gone)
    kept = {one for ids in plan for one in ids} - freed
    free = index.shelves.open.copy()
    free[[index.rows[one] for one in kept | set(gone) if one in index.rows]] = False
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
    made = [index.exchange(rows[at], worth[at]) for at in _best(rows, worth)]
    return Repair(tuple(broken), tuple(made))


def _moves(ids: tuple[str, ...]) -> Iterable[Refusal]:
    return zip(ids, ids[1:] + ids[:1], strict=True)


def _best(rows: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """The ranks of disjoint exchanges that are worth the most together."""
    if not len(rows):
        return np.zeros(0, np.int64)
    order = np.argsort(-worth, kind="stable")
    same = np.unique(np.sort(rows[order], axis=1), axis=0, return_index=True)[1]
    once = order[same]  # The worthiest exchange of each set of listings.
    rows, worth = rows[once], worth[once]
    members, listing = np.unique(rows[rows >= 0], return_inverse=True)
    exchange = np.nonzero(rows >= 0)[0]
    held = csc_array((np.ones(len(listing)), (listing, exchange)), (len(members), len(rows)))
    solution = milp(
        -worth.astype(float),
        integrality=np.ones(len(rows)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(held, -np.inf, 1),
        options={"mip_rel_gap": 0},
    )
    return once[solution.x > 0.5]
