"""A first plan by decimation: prices settle while it is warm, the surest cycles are taken; again.

At a temperature, ``exp(-lack / temperature)`` tells how much of a cycle belongs to the best shares.
What is taken leaves the others to settle anew, so that each choice is made knowing those before.
"""

import time

import numpy as np

from .cycles import Cycles
from .prices import paid, settle

TEMPERATURE, SWEEPS = 0.4, 40
SURE = 0.5
"""The share from which several cycles are taken at once."""
LISTINGS_A_STEP = 360
"""For so many listings, one cycle is taken at each step."""


def dive(cycles: Cycles, prices: np.ndarray, deadline: float) -> np.ndarray:
    """Ranks of disjoint cycles, none of which shares a listing with another; fewer when late."""
    most = 1 + len(prices) // LISTINGS_A_STEP
    left, taken = np.arange(len(cycles)), list[int]()
    gone = np.zeros(len(prices) + 1, np.bool_)  # The last is what fills short rows.
    while len(left) and time.monotonic() < deadline:
        others = cycles.take(left)
        prices = settle(others, prices, TEMPERATURE, SWEEPS)
        lack = paid(others.rows, prices) - others.values
        new = 0
        for rank in np.argsort(lack, kind="stable")[: 100 * most].tolist():
            if new == most or (new and np.exp(-lack[rank] / TEMPERATURE) < SURE):
                break
            rows = others.rows[rank][others.rows[rank] >= 0]
            if not gone[rows].any():
                gone[rows] = True
                taken.append(int(left[rank]))
                new += 1
        left = left[~gone[others.rows].any(axis=1)]
    return np.array(taken, np.int64)
