"""A first plan: cycles put in at random, at first whatever they push out, later only for more.

A cycle that is put in pushes out those it shares a listing with; each listing that this leaves free
takes the best cycle that fits it then. The temperature is what the plan may lose at a time.
"""

import numpy as np
from numba import njit

from .cycles import Cycles
from .prices import by_listing

HOT, WARM, COLD = 2.0, 0.5, 0.2
ROUNDS = 300
"""How many times each listing is tried."""


def anneal(
    cycles: Cycles, count: int, chosen: np.ndarray, seed: int, hot: float = HOT
) -> np.ndarray:
    """A plan from this one, both as ranks of disjoint cycles; mostly a far better one."""
    starts, through = by_listing(cycles.rows, count)
    values = cycles.values.astype(float)
    taken = np.full(count, -1, np.int64)
    for place in range(cycles.rows.shape[1]):
        rows = cycles.rows[chosen, place]
        taken[rows[rows >= 0]] = chosen[rows >= 0]
    listings = np.flatnonzero(np.diff(starts))
    if len(listings):
        _anneal(cycles.rows, values, starts, through, listings, taken, seed, hot)
    return np.unique(taken[taken >= 0])


@njit(cache=True)
def _anneal(rows, values, starts, through, listings, taken, seed, hot):
    np.random.seed(seed)
    length = rows.shape[1]
    out, free = np.empty(length, np.int64), np.empty(length * length, np.int64)
    steps = ROUNDS * len(listings)
    for step in range(steps):
        temperature = hot * (COLD / hot) ** (step / steps)
        first = listings[np.random.randint(len(listings))]
        cycle = through[np.random.randint(starts[first], starts[first + 1])]
        if taken[first] == cycle:
            continue
        gain, pushed = values[cycle], 0
        for row in rows[cycle]:
            if row >= 0 and taken[row] >= 0:
                other = taken[row]
                new = True
                for rank in range(pushed):
                    if out[rank] == other:
                        new = False
                if new:
                    out[pushed] = other
                    pushed += 1
                    gain -= values[other]
        if gain < 0 and np.random.random() >= np.exp(gain / temperature):
            continue
        loose = 0
        for rank in range(pushed):
            for row in rows[out[rank]]:
                if row >= 0:
                    taken[row] = -1
                    free[loose] = row
                    loose += 1
        for row in rows[cycle]:
            if row >= 0:
                taken[row] = cycle
        for rank in range(loose):
            if taken[free[rank]] >= 0:
                continue
            best, most = -1, 0.0
            for at in range(starts[free[rank]], starts[free[rank] + 1]):
                candidate = through[at]
                if values[candidate] > most:
                    fits = True
                    for row in rows[candidate]:
                        if row >= 0 and taken[row] >= 0:
                            fits = False
                            break
                    if fits:
                        best, most = candidate, values[candidate]
            if best >= 0:
                for row in rows[best]:
                    if row >= 0:
                        taken[row] = best
