"""Prices of listings under which no exchange is worth more than it costs: an upper bound.

If every cycle costs at least its weight, no set of disjoint cycles is worth more than the sum of
all prices. The lowest such sum is what the linear programme over all cycles is worth. Here it is
neared from above with a temperature: each listing in turn takes the price at which the cycles
through it, each counted ``exp((weight - price) / temperature)``, fill it exactly once. A sum of
one means that none counts more than once, so that prices that have settled are nearly honest
already. As it cools, only cycles that are nearly worth their price matter, and few are held.
"""

import math
import time
from collections.abc import Callable, Sequence

import numpy as np
from numba import njit

from .cycles import Cycles

Priced = Callable[[np.ndarray, float], Cycles]
"""Cycles that are worth more than so much, once the prices of their listings are paid."""

TEMPERATURES = (1.0, 0.4, 0.16, 0.06, 0.025, 0.01)
SWEEPS = 60
RELAXED = 1.6
"""How far beyond its balance a price goes at each step: nearer sooner."""
FAR = 8.0
"""A cycle that lacks so much counts for nothing."""
HELD, ADDED, SLACK = 6.0, 4.0, 3.0
"""What cycles may lack that are held while parts are sewn, added, and left at the end."""
MANY_SWEEPS, COUNTED = 100, 60.0
"""Sweeps at each temperature, and temperatures that a cycle may lack, when they are held."""


def paid(rows: np.ndarray, prices: np.ndarray) -> np.ndarray:
    """What each cycle costs."""
    return np.append(prices, 0.0)[rows].sum(axis=1)


def settled(
    prices: np.ndarray, priced: Priced, deadline: float = math.inf
) -> tuple[np.ndarray, Cycles]:
    """Honest prices from some far above, and the cycles that nearly pay them.

    Out of time, the same prices.
    """
    if time.monotonic() >= deadline:
        return prices, priced(prices, -SLACK)
    half = prices / 2
    return sewn(settle(priced(half, -FAR), half, TEMPERATURES[0]), priced, deadline)


def sewn(
    prices: np.ndarray, priced: Priced, deadline: float = math.inf
) -> tuple[np.ndarray, Cycles]:
    """Honest prices from those of parts, and the cycles that nearly pay them.

    The cycles that prices may come to need are listed once and held; those that were thought far
    are added once; the prices settle over all, which costs less than another list. What would not
    end by the deadline, judging by the first list, is left out: prices are honest all the same.
    """
    begun, before = time.monotonic(), prices
    held = priced(prices, -HELD)
    a_list = time.monotonic() - begun
    if time.monotonic() + 3 * a_list < deadline:
        prices = _cool_held(prices, held, TEMPERATURES[1:5])
    if time.monotonic() + 4 * a_list < deadline:
        more = priced(prices, -ADDED)
        more = more.take(paid(more.rows, before) - more.values >= HELD)
        held = held.join(more)
        prices = _cool_held(prices, held, TEMPERATURES[2:])
    prices = honest(prices, priced)
    return prices, held.take(paid(held.rows, prices) - held.values < SLACK)


def _cool_held(prices: np.ndarray, held: Cycles, temperatures: Sequence[float]) -> np.ndarray:
    for temperature in temperatures:
        lack = paid(held.rows, prices) - held.values
        counted = held.take(lack < COUNTED * temperature)
        prices = settle(counted, prices, temperature, MANY_SWEEPS)
    return prices


def settle(
    cycles: Cycles, prices: np.ndarray, temperature: float, sweeps: int = SWEEPS
) -> np.ndarray:
    """Prices in balance over these cycles at a temperature."""
    prices = prices.copy()
    starts, through = by_listing(cycles.rows, len(prices))
    values = cycles.values.astype(float)
    _settle(cycles.rows, values, prices, starts, through, temperature, sweeps)
    return prices


def honest(prices: np.ndarray, priced: Priced, tolerance: float = 1e-9) -> np.ndarray:
    """Prices raised where a cycle is worth more than it costs, until none is."""
    dear, prices = priced(prices, tolerance), prices.copy()
    _raise(dear.rows, dear.values.astype(float), prices)
    return prices


@njit(cache=True)
def by_listing(rows, count):
    """The cycles through each listing: starts, and ranks of cycles."""
    ends = np.zeros(count + 1, np.int64)
    for row in rows.flat:
        if row >= 0:
            ends[row + 1] += 1
    ends = np.cumsum(ends)
    free, through = ends[:-1].copy(), np.empty(ends[-1], np.int32)
    for cycle in range(len(rows)):
        for row in rows[cycle]:
            if row >= 0:
                through[free[row]] = cycle
                free[row] += 1
    return ends, through


@njit(cache=True, fastmath=True)
def _settle(rows, values, prices, starts, through, temperature, sweeps):
    counted = np.empty(len(rows))
    for sweep in range(sweeps + 1):
        if sweep % 50 == 0:  # Products drift.
            for cycle in range(len(rows)):
                gain = values[cycle]
                for row in rows[cycle]:
                    if row >= 0:
                        gain -= prices[row]
                counted[cycle] = np.exp(min(gain / temperature, 50.0))
        for row in range(len(prices)):
            first, last = starts[row], starts[row + 1]
            total = 0.0
            for at in range(first, last):
                total += counted[through[at]]
            if total <= 0.0:
                prices[row] = 0.0
                continue
            # The last sweep stops at the balance; none lets a price fall out of sight.
            step = temperature * max(-3.0, np.log(total)) * (RELAXED if sweep < sweeps else 1.0)
            price = max(0.0, prices[row] + step)
            if price != prices[row]:
                factor = np.exp((prices[row] - price) / temperature)
                prices[row] = price
                for at in range(first, last):
                    counted[through[at]] *= factor


@njit(cache=True)
def _raise(rows, values, prices):
    for cycle in range(len(rows)):
        lack, length = values[cycle], 0
        for row in rows[cycle]:
            if row >= 0:
                lack -= prices[row]
                length += 1
        if lack > 0:
            for row in rows[cycle]:
                if row >= 0:
                    prices[row] += lack / length
