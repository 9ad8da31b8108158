"""A first plan: cycles put in at random, and what they push out made up for at once.

A cycle that is put in pushes out those it shares a listing with; each listing that this leaves free
takes the cycle that lacks least of its price among those that fit it then. All of this is kept when
it gains, or by chance when it loses little against the temperature, and undone otherwise.
"""

import numpy as np
from numba import njit

from .cycles import Cycles
from .prices import by_listing

HOT, WARM, COLD = 1.0, 0.5, 0.3
ROUNDS = 100
"""How many times each listing is tried."""
BIAS = 3.0
"""How much sooner than others the cycles that lack little are tried."""


def anneal(
    cycles: Cycles,
    lack: np.ndarray,
    chosen: np.ndarray,
    tried: np.ndarray,
    seed: int,
    hot: float = HOT,
) -> np.ndarray:
    """A plan from this one, both as ranks of disjoint cycles; mostly a far better one.

    ``lack`` is what each cycle lacks of its price; ``tried`` is a mask of listings, around which
    the plan may change.
    """
    order = np.argsort(lack, kind="stable")
    rows, values = cycles.rows[order], cycles.values[order].astype(float)
    starts, through = by_listing(rows, len(tried))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    taken = np.full(len(tried), -1, np.int64)
    for place in range(rows.shape[1]):
        listings = cycles.rows[chosen, place]
        taken[listings[listings >= 0]] = rank[chosen[listings >= 0]]
    around = np.flatnonzero(tried & (np.diff(starts) > 0))
    if len(around):
        _anneal(rows, values, starts, through, around, taken, seed, hot)
    return np.sort(order[np.unique(taken[taken >= 0])])


@njit(cache=True)
def _anneal(rows, values, starts, through, listings, taken, seed, hot):
    np.random.seed(seed)
    length = rows.shape[1]
    out, made = np.empty(length, np.int64), np.empty(length * length, np.int64)
    free = np.empty(length * length, np.int64)
    steps = ROUNDS * len(listings)
    temperature = hot
    for step in range(steps):
        if step % 1024 == 0:
            temperature = hot * (COLD / hot) ** (step / steps)
        first = listings[np.random.randint(len(listings))]
        many = starts[first + 1] - starts[first]
        cycle = through[starts[first] + int(np.random.random() ** BIAS * many)]
        if taken[first] == cycle:
            continue
        gain, pushed, loose = values[cycle], 0, 0
        for row in rows[cycle]:
            if row >= 0 and taken[row] >= 0:
                out[pushed] = taken[row]
                gain -= values[taken[row]]
                for other in rows[out[pushed]]:
                    if other >= 0:
                        taken[other] = -1
                        free[loose] = other
                        loose += 1
                pushed += 1
        _put(rows[cycle], taken, cycle)
        count = 0
        turn = np.random.randint(loose) if loose else 0
        for rank in range(loose):
            row = free[(rank + turn) % loose]
            if taken[row] >= 0:
                continue
            for at in range(starts[row], starts[row + 1]):
                if _fits(rows[through[at]], taken):
                    _put(rows[through[at]], taken, through[at])
                    gain += values[through[at]]
                    made[count] = through[at]
                    count += 1
                    break
        if gain >= 0 or np.random.random() < np.exp(gain / temperature):
            continue
        for rank in range(count):
            _put(rows[made[rank]], taken, -1)
        _put(rows[cycle], taken, -1)
        for rank in range(pushed):
            _put(rows[out[rank]], taken, out[rank])


@njit(cache=True)
def _put(rows, taken, cycle):
    for row in rows:
        if row >= 0:
            taken[row] = cycle


@njit(cache=True)
def _fits(rows, taken):
    for row in rows:  # noqa: SIM110 (no generator compiles)
        if row >= 0 and taken[row] >= 0:
            return False
    return True
