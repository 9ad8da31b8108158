"""Odd sets: what prices of single listings cannot see.

Of an odd set of listings, disjoint cycles can hold two at a time, and one is always left over: the
sum over cycles of ``len(cycle & set) // 2`` is at most ``len(set) // 2``. A fraction of cycles may
break that while it fills no listing more than once; such sets get a price of their own. They are
found by elimination modulo two over the listings of the fraction.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from .prices import paid

ORDERS = 8
"""How many orders of elimination are tried at a time."""
LARGEST = 99
AT_ONCE, PER_LISTING = 100, 3
SEEN = 1e-6

OddSet = tuple[int, ...]


def covered(rows: np.ndarray, odd_set: OddSet, count: int) -> np.ndarray:
    """How many pairs of the set each cycle holds."""
    inside = np.zeros(count)
    inside[list(odd_set)] = 1
    return paid(rows, inside).astype(np.int64) // 2


def broken_sets(
    rows: np.ndarray, shares: np.ndarray, count: int, chance: np.random.Generator
) -> list[OddSet]:
    """Odd sets that these shares of cycles break, the most broken first, few by listing."""
    found: dict[OddSet, float] = {}
    part = (shares > SEEN) & (shares < 1 - SEEN)
    rows_part, shares_part = rows[part], shares[part]
    listings = np.unique(rows_part[rows_part >= 0])
    full = np.zeros(count + 1)
    np.add.at(full, rows[shares > SEEN], shares[shares > SEEN, None])
    spare = np.maximum(0, 1 - full[listings])
    cycle, place = np.nonzero(rows_part >= 0)
    matrix = np.zeros((len(listings), len(shares_part)), np.bool_)
    matrix[np.searchsorted(listings, rows_part[cycle, place]), cycle] = True
    for attempt in range(ORDERS):
        noise = 0.3 * bool(attempt) * chance.random(len(shares_part))
        order = np.argsort(noise - shares_part, kind="stable")
        for members, excess in _eliminate(matrix.copy(), shares_part, spare, order):
            found[tuple(listings[members].tolist())] = excess
    return _spread(sorted(found, key=lambda one: (-found[one], one)))


def _eliminate(matrix, shares, spare, order):
    """Combinations of listings that are broken, as members and excess, on the way."""
    combined = np.eye(len(matrix), dtype=np.bool_)
    alive = np.ones(len(matrix), np.bool_)
    loose = spare.copy()
    for cycle in order:
        holding = np.flatnonzero(matrix[:, cycle] & alive)
        if not len(holding):
            continue
        pivot = holding[np.argmin(loose[holding] + 1e-3 * matrix[holding].sum(axis=1))]
        others = holding[holding != pivot]
        matrix[others] ^= matrix[pivot]
        combined[others] ^= combined[pivot]
        alive[pivot] = False
        loose[others] = combined[others] @ spare
        excess = 1 - matrix[others] @ shares - loose[others]
        for row, much in zip(others[excess > 1e-3], excess[excess > 1e-3], strict=True):
            members = np.flatnonzero(combined[row])
            if len(members) % 2 and len(members) <= LARGEST:
                yield members, much


def _spread(sets: Sequence[OddSet]) -> list[OddSet]:
    """The first of them, so that no listing is in many."""
    times: Counter[int] = Counter()
    kept: list[OddSet] = []
    for one in sets:
        if len(kept) < AT_ONCE and max(times[row] for row in one) < PER_LISTING:
            kept.append(one)
            times.update(one)
    return kept
