"""A market by territory: parts that hardly exchange with one another, and how they are joined.

Communes whose people look at each other go together, until what two groups have in common is a
small share of either. Each part is solved by itself, in any process or on any machine, and gives a
plan and prices. Prices of all parts, raised where a cycle across a border is worth more than it
costs, are honest for the whole: the bound still holds.
"""

import heapq
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from .compatibility import find_moves
from .cycles import Cycles, find_cycles
from .listings import Market
from .packing import SCALE, Plan, Progress, rounded, solve_whole
from .prices import honest

LARGEST = 12_000
"""Listings in a part, unless one commune has more."""
IN_COMMON = 0.04
"""Two groups stay apart when fewer of the wishes of either go to the other."""
NEIGHBOURS = 8
"""Communes that each is compared with."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some rows of a market, to be solved alone; the same part always gives the same plan."""

    rows: np.ndarray
    market: Market
    max_length: int
    seconds: float
    seed: int


def split(market: Market) -> list[np.ndarray]:
    """The rows of each part, the largest part first."""
    group = _groups(market)[market.commune]
    order = np.argsort(group, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    return sorted(parts, key=lambda rows: (-len(rows), rows[0]))


def solve_part(part: Part) -> Plan:
    """The plan of a part, in its own rows."""
    return solve_whole(part.market, part.max_length, part.seconds, part.seed)


def stitch(
    market: Market,
    max_length: int,
    parts: Sequence[np.ndarray],
    plans: Sequence[Plan],
    left_out: np.ndarray | None = None,
) -> Plan:
    """The plans of all parts as one, with prices that are honest across borders."""
    prices = np.zeros(len(market))
    cycles: list[np.ndarray] = []
    sets: list[tuple[int, ...]] = []
    set_prices: list[int] = []
    for rows, plan in zip(parts, plans, strict=True):
        prices[rows] = plan.prices / SCALE
        cycles.append(np.append(rows, -1)[plan.cycles.rows])
        sets += [tuple(rows[list(one)].tolist()) for one in plan.sets]
        set_prices += plan.set_prices
    values = np.concatenate([plan.cycles.values for plan in plans])
    moves = find_moves(market, left_out)
    part_of = np.zeros(len(market), np.int64)
    for rank, rows in enumerate(parts):
        part_of[rows] = rank

    def across(prices: np.ndarray, worth: float) -> Cycles:
        # Inside a part, its own prices are honest, those of its odd sets included.
        found = find_cycles(moves, max_length, prices, worth)
        same = np.where(found.rows >= 0, part_of[found.rows], part_of[found.rows[:, :1]])
        return found.take((same != same[:, :1]).any(axis=1))

    whole = rounded(honest(prices, across))
    return Plan(Cycles(np.concatenate(cycles), values), whole, tuple(sets), tuple(set_prices))


def solve(
    market: Market,
    max_length: int = 3,
    time_limit: float = 60,
    seed: int = 0,
    progress: Progress | None = None,
    left_out: np.ndarray | None = None,
    workers: int | None = None,
) -> Plan:
    """The best plan found for a market of any size, its parts in several processes.

    ``left_out`` is a mask of listings that are engaged already. A part gets the share of the time
    that its listings are of the whole.
    """
    begun = time.monotonic()
    there = np.arange(len(market)) if left_out is None else np.flatnonzero(~left_out)
    if len(there) <= LARGEST:
        return solve_whole(market, max_length, time_limit, seed, progress, left_out)
    inside = market.take(there)
    parts = split(inside)
    workers = workers or os.cpu_count() or 1
    # One part in each worker at the end, and one pass over all cycles to sew.
    left = (time_limit - (time.monotonic() - begun)) * 0.85 - SEWING * len(there)
    each = max(left, 1) * workers / len(there)
    tasks = [Part(rows, inside.take(rows), max_length, each * len(rows), seed) for rows in parts]
    plans: list[Plan | None] = [None] * len(parts)
    weight = bound = 0
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        running = {pool.submit(solve_part, task): rank for rank, task in enumerate(tasks)}
        for done in as_completed(running):
            plan = plans[running[done]] = done.result()
            weight, bound = weight + plan.weight, bound + plan.upper_bound
            if progress:
                progress("parts", weight, bound)
    mine = [there[rows] for rows in parts]
    return stitch(market, max_length, mine, [plan for plan in plans if plan], left_out)


SEWING = 4e-5
"""Seconds a listing that sewing takes."""


def _groups(market: Market) -> np.ndarray:
    """The group of each commune."""
    size = np.bincount(market.commune, minlength=len(market.commune_names))
    ties = _ties(market)
    wishes = {one: sum(ties[one].values()) or 1 for one in range(len(size))}
    within = np.arange(len(size))
    waiting = [(-_share(ties, wishes, one, two), one, two) for one in ties for two in ties[one]]
    heapq.heapify(waiting)
    while waiting:
        share, one, two = heapq.heappop(waiting)
        if within[one] != one or within[two] != two or -share != _share(ties, wishes, one, two):
            continue
        if -share < IN_COMMON:
            break
        if size[one] + size[two] > LARGEST:
            continue
        if len(ties[one]) < len(ties[two]):
            one, two = two, one
        within[two] = one
        size[one] += size[two]
        wishes[one] += wishes[two]
        for other, common in ties.pop(two).items():
            del ties[other][two]
            if other != one:
                ties[one][other] = ties[other][one] = ties[one].get(other, 0) + common
        for other in ties[one]:
            heapq.heappush(waiting, (-_share(ties, wishes, one, other), one, other))
    for one in range(len(within)):
        while within[within[one]] != within[one]:
            within[one] = within[within[one]]
    return within


def _share(ties: dict[int, dict[int, int]], wishes: dict[int, int], one: int, two: int) -> float:
    return ties[one].get(two, 0) / min(wishes[one], wishes[two])


def _ties(market: Market) -> dict[int, dict[int, int]]:
    """How many wishes go from one commune to another or back, for the nearest of each."""
    count = len(market.commune_names)
    home = np.repeat(market.commune, np.diff(market.wish_starts)).astype(np.int64)
    low, high = np.minimum(home, market.wished), np.maximum(home, market.wished)
    pairs, common = np.unique((low * count + high)[low != high], return_counts=True)
    ties: dict[int, dict[int, int]] = defaultdict(dict)
    order = np.argsort(-common, kind="stable")
    for pair, much in zip(pairs[order].tolist(), common[order].tolist(), strict=True):
        one, two = divmod(pair, count)
        if len(ties[one]) < NEIGHBOURS or len(ties[two]) < NEIGHBOURS:
            ties[one][two] = ties[two][one] = much
    return ties
