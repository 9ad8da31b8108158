"""A plan made better a window at a time.

A window is a neighbourhood of a few hundred listings, grown along the cycles that are nearly worth
their price, from a listing where the plan loses most against the prices. The cycles of the plan
inside it are taken apart, and the best set that fits the hole is found exactly, or nearly. Windows
have so many cycles rather than last so long, so that a seed gives the same plan on any machine.
"""

import time
from collections.abc import Sequence

import numpy as np
from numba import njit

from .annealing import HOT, anneal
from .cuts import Cut
from .cycles import Cycles
from .master import best_set, lacking
from .prices import by_listing

LONGEST = 30
"""Seconds, against a window that would not end."""
SMALLEST, LARGEST = 600, 8_000
"""Cycles in a window: at first, and when nothing smaller helps any more."""
SMALLEST_OF_FOUR = 4_000
"""At first, when cycles have four listings: there are more ways through as many listings."""


class Windows:
    """A plan over these cycles, as a mask of them, and where it was worked on."""

    def __init__(self, count: int, cycles: Cycles, chance: np.random.Generator) -> None:
        self.count, self.cycles, self.chance = count, cycles, chance
        self.starts, self.through = by_listing(cycles.rows, count)
        self.chosen = np.zeros(len(cycles), np.bool_)
        self.visits = np.zeros(count)
        smallest = SMALLEST_OF_FOUR if cycles.rows.shape[1] > 3 else SMALLEST
        self.listings, self.aim, self.vain = 200.0, float(smallest), 0

    @property
    def weight(self) -> float:
        """What the plan is worth."""
        return self.cycles.values[self.chosen].sum().item()

    def value(self, prices: np.ndarray, cuts: Sequence[Cut], cut_prices: np.ndarray) -> None:
        """Look at the plan with these prices from now on."""
        self.lack = lacking(self.cycles, prices, cuts, cut_prices)
        self.prices = prices
        self.visits[:] = 0
        if not self.chosen.any():
            order = np.argsort(self.lack, kind="stable")
            self.chosen[_greedily(self.cycles.rows, order, self.count)] = True
            self.anneal(HOT)

    def anneal(self, hot: float, tried: np.ndarray | None = None) -> None:
        """Anneal the plan from a temperature, and keep what comes of it when it is better.

        ``tried`` is a mask of the listings around which it may change: all, when it is not given.
        """
        before, seed = np.flatnonzero(self.chosen), int(self.chance.integers(2**31))
        tried = np.ones(self.count, np.bool_) if tried is None else tried
        after = anneal(self.cycles, self.lack, before, tried, seed, hot)
        if self.cycles.values[after].sum() > self.cycles.values[before].sum():
            self.chosen[before] = False
            self.chosen[after] = True

    def improve(self, deadline: float, enough: float, largest: float = LARGEST) -> None:
        """Work on one window after another until the plan is worth ``enough``, or it is time.

        It stops as well when windows of so many cycles do not help any more.
        """
        while self.weight < enough and self.aim <= largest:
            if (seconds := deadline - time.monotonic()) <= 0:
                return
            self._step(seconds)

    def _step(self, seconds: float) -> None:
        inside = np.zeros(self.count + 1, np.bool_)
        inside[
            _around(self.cycles.rows, self.starts, self.through, self._worst(), int(self.listings))
        ] = True
        self.visits[inside[:-1]] += 1
        inside[-1] = True  # What fills short rows is everywhere.
        outside = self.chosen & ~inside[self.cycles.rows].all(axis=1)
        inside[self.cycles.rows[outside]] = False
        inside[-1] = True
        ranks = np.flatnonzero(inside[self.cycles.rows].all(axis=1))
        before = np.flatnonzero(self.chosen[ranks])
        after, _ = best_set(
            self.count, self.cycles.take(ranks), before, nodes=50, seconds=min(seconds, LONGEST)
        )
        gained = self.cycles.values[ranks[after]].sum() > self.cycles.values[ranks[before]].sum()
        self.chosen[ranks] = False
        self.chosen[ranks[after]] = True
        self.vain = 0 if gained else self.vain + 1
        if self.vain > 2 * self.count / self.listings + 4:
            self.aim, self.vain = 1.5 * self.aim, 0
        self.listings *= min(1.5, max(0.6, self.aim / max(1, len(ranks))))
        self.listings = min(max(self.listings, 20), self.count)

    def _worst(self) -> int:
        """A listing where the plan loses much, and that was not seen often."""
        rows, lack = self.cycles.rows[self.chosen], self.lack[self.chosen]
        loss = np.append(self.prices, 0.0)
        loss[rows] = (lack / (rows >= 0).sum(axis=1))[:, None]
        odds = np.maximum(loss[:-1], 1e-3) / (1 + self.visits) ** 2
        return int(np.searchsorted(np.cumsum(odds), self.chance.random() * odds.sum()))


@njit(cache=True)
def _greedily(rows, order, count):
    free = np.ones(count, np.bool_)
    kept = []
    for cycle in order:
        fits = True
        for row in rows[cycle]:
            if row >= 0 and not free[row]:
                fits = False
        if fits:
            kept.append(cycle)
            for row in rows[cycle]:
                if row >= 0:
                    free[row] = False
    return np.array(kept, np.int64)


@njit(cache=True)
def _around(rows, starts, through, first, most):
    """So many listings, the nearest to the first by cycles."""
    seen = np.zeros(len(starts) - 1, np.bool_)
    found = np.empty(most, np.int64)
    found[0], seen[first], count, at = first, True, 1, 0
    while at < count:
        for place in range(starts[found[at]], starts[found[at] + 1]):
            for row in rows[through[place]]:
                if row >= 0 and not seen[row] and count < most:
                    seen[row] = True
                    found[count] = row
                    count += 1
        at += 1
    return found[:count]
