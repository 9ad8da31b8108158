"""Regions of a plan that are bettered side by side, once its prices are known.

A region is made of parts that have much in common, so that most borders are inside one. What
crosses its own border stays as it is.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .cycles import Cycles
from .windows import Windows


@dataclass(frozen=True, eq=False)
class Region:
    """The cycles inside a region, in its own rows, and which of them the plan holds.

    ``ranks`` are those of the cycles in the whole.
    """

    ranks: np.ndarray
    cycles: Cycles
    chosen: np.ndarray
    prices: np.ndarray
    seed: int
    seconds: float = 0

    def __len__(self) -> int:
        return len(self.prices)


def better(region: Region) -> np.ndarray:
    """Which cycles of the region to hold, after windows of that time."""
    deadline = time.monotonic() + region.seconds
    windows = Windows(len(region), region.cycles, np.random.default_rng(region.seed))
    windows.chosen[:] = region.chosen
    windows.value(region.prices, (), np.array([]))
    windows.improve(deadline, math.floor(region.prices.sum()))
    return windows.chosen


def regions_of(windows: Windows, parts: Sequence[np.ndarray], most: int, seed: int) -> list[Region]:
    """The regions of a plan, of so many listings at most unless a part has more."""
    rows, count = windows.cycles.rows, len(windows.prices)
    part = part_of(rows, parts, count)
    low, high = part.min(axis=1), part.max(axis=1)
    pairs, common = np.unique((low * len(parts) + high)[low != high], return_counts=True)
    region, size = np.arange(len(parts)), [len(ours) for ours in parts]
    for pair in pairs[np.argsort(-common, kind="stable")].tolist():
        one, two = region[[*divmod(pair, len(parts))]].tolist()
        if one != two and size[one] + size[two] <= most:
            region[region == two] = one
            size[one] += size[two]
    found = []
    for one in np.unique(region):
        ours = np.concatenate([parts[rank] for rank in np.flatnonzero(region == one).tolist()])
        inside = np.zeros(count + 1, np.bool_)
        inside[ours] = inside[-1] = True  # What fills short rows is everywhere.
        held = windows.chosen & ~inside[rows].all(axis=1)
        inside[rows[held]] = False
        inside[-1] = True
        ranks = np.flatnonzero(inside[rows].all(axis=1))
        own = np.full(count + 1, -1, np.int32)
        own[ours] = np.arange(len(ours))
        cycles = Cycles(own[rows[ranks]], windows.cycles.values[ranks])
        found.append(Region(ranks, cycles, windows.chosen[ranks], windows.prices[ours], seed))
    return sorted(found, key=lambda region: -len(region))


def part_of(rows: np.ndarray, parts: Sequence[np.ndarray], count: int) -> np.ndarray:
    """The part of each listing of these cycles; what fills a short row is in that of its first."""
    part = np.zeros(count + 1, np.int64)
    for rank, ours in enumerate(parts):
        part[ours] = rank
    return np.where(rows >= 0, part[rows], part[rows[:, :1]])
