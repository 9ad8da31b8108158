"""A market by territory: parts that hardly exchange with one another, and how they are sewn.

Communes whose people look at each other go together, until what two groups have in common is a
small share of either. Each part is solved by itself, in any process or on any machine, and gives a
plan and prices. The prices of all parts are settled once more over the cycles of the whole, so that
those across borders are paid for: the bound still holds.
"""

import heapq
import math
import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

import numpy as np

from .annealing import WARM
from .compatibility import find_moves
from .cycles import Cycles, find_cycles
from .listings import Market
from .packing import SCALE, Plan, Progress, rounded, simple_prices, solve_whole
from .prices import Priced, settled, sewn
from .regions import Region, better, part_of, regions_of
from .windows import Windows

Task = TypeVar("Task", "Part", Region)
Result = TypeVar("Result")

LARGEST = 12_000
"""Listings in a part, unless one commune has more."""
IN_COMMON = 0.04
"""Two groups stay apart when fewer of the wishes of either go to the other."""
SEWING = 6e-5
"""Seconds a listing that the shortest sewing takes."""
WARMED = 300
"""Listings on which what is compiled is tried."""
MOST = 40_000
"""Listings in a region that is bettered by itself."""
SEEN_BEFORE = 4
"""Visits that a listing away from borders is deemed to have had."""
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

    def __len__(self) -> int:
        return len(self.rows)


def split(market: Market) -> list[np.ndarray]:
    """The rows of each part, the largest part first."""
    group = _groups(market)[market.commune]
    order = np.lexsort((market.commune, group))  # Neighbours side by side are soon read.
    parts = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    return sorted(parts, key=lambda rows: (-len(rows), rows[0]))


def solve_part(part: Part) -> Plan:
    """A first plan of a part, in its own rows, and what it may be worth at most.

    Out of time, each household pays for its best move.
    """
    moves = find_moves(part.market)
    priced = partial(find_cycles, moves, part.max_length)
    in_time = math.inf if part.seconds > 0 else 0.0
    prices, near = settled(simple_prices(moves), priced, in_time)
    windows = Windows(len(prices), near, np.random.default_rng(part.seed))
    windows.value(prices, (), np.array([]))
    return Plan(near.take(windows.chosen), rounded(prices))


def stitch(
    priced: Priced,
    parts: Sequence[np.ndarray],
    prices: np.ndarray,
    chosen: Cycles,
    *,
    time_limit: float = 0,
    seed: int = 0,
) -> Plan:
    """The cycles chosen in all parts as one plan, bettered across borders in that time.

    The prices of the parts, settled over the cycles of the whole, bound the whole.
    """
    deadline = time.monotonic() + time_limit
    windows = _joined(priced, parts, prices, chosen, deadline=deadline, seed=seed)
    windows.improve(deadline, math.floor(windows.prices.sum()))
    return Plan(windows.cycles.take(windows.chosen), rounded(windows.prices))


def gathered(
    parts: Sequence[np.ndarray], plans: Sequence[Plan], count: int
) -> tuple[np.ndarray, Cycles]:
    """The prices and the cycles of the plans of all parts, in rows of the whole."""
    prices = np.zeros(count)
    for rows, plan in zip(parts, plans, strict=True):
        prices[rows] = plan.prices / SCALE
    taken = [np.append(own, -1)[plan.cycles.rows] for own, plan in zip(parts, plans, strict=True)]
    values = [plan.cycles.values for plan in plans]
    return prices, Cycles(np.concatenate(taken), np.concatenate(values))


def _joined(
    priced: Priced,
    parts: Sequence[np.ndarray],
    prices: np.ndarray,
    chosen: Cycles,
    *,
    deadline: float,
    seed: int,
) -> Windows:
    """The plan of the whole, with prices that bound it, annealed across borders."""
    prices, near = sewn(prices, priced, deadline)
    windows = Windows(len(prices), chosen.join(near), np.random.default_rng(seed))
    windows.chosen[: len(chosen)] = True
    windows.value(prices, (), np.array([]))
    part = part_of(near.rows, parts, len(prices))
    crossing = near.rows[(part != part[:, :1]).any(axis=1)]
    on_borders = np.zeros(len(prices), np.bool_)
    on_borders[crossing[crossing >= 0]] = True
    if time.monotonic() < deadline:
        windows.anneal(WARM, on_borders)
    windows.visits[~on_borders] = SEEN_BEFORE
    return windows


def warm(market: Market, max_length: int) -> None:
    """Have all compiled, on a few listings: once on a machine, half a minute or more."""
    largest = np.bincount(market.commune, minlength=1).argmax()
    few = market.take(np.flatnonzero(market.commune == largest)[:WARMED])
    for with_cuts in (False, True):
        solve_whole(few, max_length, time_limit=1, with_cuts=with_cuts)


def solve(
    market: Market,
    max_length: int = 3,
    time_limit: float = 60,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    left_out: np.ndarray | None = None,
    workers: int | None = None,
) -> Plan:
    """The best plan found for a market of any size, its parts in several processes.

    ``left_out`` is a mask of listings that are engaged already.
    """
    begun = time.monotonic()
    there = np.arange(len(market)) if left_out is None else np.flatnonzero(~left_out)
    if len(there) <= LARGEST:
        return solve_whole(
            market, max_length, time_limit, seed=seed, progress=progress, left_out=left_out
        )
    parts = [there[rows] for rows in split(market.take(there))]
    order = np.concatenate(parts)
    inside = market.take(order)  # Each part side by side.
    parts = np.split(np.arange(len(order)), np.cumsum([len(rows) for rows in parts])[:-1])
    workers = workers or os.cpu_count() or 1
    say = progress or (lambda *_: None)
    deadline = begun + time_limit
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        tasks = [Part(rows, inside.take(rows), max_length, 0, seed) for rows in parts]
        plans: dict[int, Plan] = {}
        for rank, plan in _shared(pool, solve_part, tasks, deadline - SEWING * len(order), workers):
            plans[rank] = plan
            bound = sum(one.upper_bound for one in plans.values())
            say("parts", sum(one.weight for one in plans.values()), bound)
        windows = _joined(
            partial(find_cycles, find_moves(inside), max_length),
            parts,
            *gathered(parts, [plans[rank] for rank in range(len(parts))], len(order)),
            deadline=deadline,
            seed=seed,
        )
        say("borders", windows.weight, windows.prices.sum())
        most = min(MOST, len(order) // workers)
        late = time.monotonic() >= deadline
        regions = [] if late else regions_of(windows, parts, most, seed)
        for rank, mask in _shared(pool, better, regions, deadline, workers):
            windows.chosen[regions[rank].ranks] = mask
            say("windows", windows.weight, windows.prices.sum())
    prices = np.zeros(len(market), np.int64)
    prices[order] = rounded(windows.prices)
    cycles = windows.cycles.take(windows.chosen)
    return Plan(Cycles(np.append(order, -1)[cycles.rows], cycles.values), prices)


def _shared(
    pool: Executor,
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    deadline: float,
    workers: int,
) -> Iterator[tuple[int, Result]]:
    """The rank of each task and what comes of it, the workers ending together, at the deadline.

    The seconds of a task are set when it starts, as the share that its listings are of those
    still to do.
    """
    running: dict[Future[Result], int] = {}
    ends = [0.0] * len(tasks)
    waiting = deque(range(len(tasks)))
    while waiting or running:
        while waiting and len(running) < workers:
            now = time.monotonic()
            promised = sum(max(0.0, ends[rank] - now) for rank in running.values())
            share = len(tasks[waiting[0]]) / sum(len(tasks[rank]) for rank in waiting)
            rank = waiting.popleft()
            left = deadline - now
            seconds = max(0.0, min(left, (workers * left - promised) * share))
            ends[rank] = now + seconds
            running[pool.submit(work, replace(tasks[rank], seconds=seconds))] = rank
        for done in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(done), done.result()


def _groups(market: Market) -> np.ndarray:
    """The group of each commune."""
    size = np.bincount(market.commune, minlength=len(market.commune_names))
    ties = _ties(market)
    wishes = {one: sum(ties[one].values()) or 1 for one in range(len(size))}
    within = np.arange(len(size))
    near = [(one, two) for one in ties for two in ties[one] if one < two]
    waiting = [(-_share(ties, wishes, one, two), one, two) for one, two in near]
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
        # The share with a smaller group is of that group: it only changes where both were tied.
        larger = [other for other in ties[one] if wishes[other] > wishes[one]]
        size[one] += size[two]
        wishes[one] += wishes[two]
        common_with = ties.pop(two)
        for other, common in common_with.items():
            del ties[other][two]
            if other != one:
                ties[one][other] = ties[other][one] = ties[one].get(other, 0) + common
        for other in {*larger, *common_with} - {one, two}:
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
