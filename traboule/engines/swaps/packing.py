"""The best set of disjoint exchanges found in a time, and how far it may be from the best.

Prices first, which bound every plan; then cycles that nearly pay their price, and a plan made of
them, window by window. Where the market is small enough, prices of cuts bring the bound down; what
the programme takes nearly whole is taken, and the best of the rest is sought; in the end so few
cycles could be part of a better plan that all of them are searched. What is found grows step by
step: the time limit only ends the steps.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .annealing import WARM
from .compatibility import Moves, find_moves
from .cuts import Cut, broken_cuts, needed, taken_alone
from .cycles import Cycles, find_cycles
from .diving import dive
from .listings import Market
from .master import Master, best_set, lacking
from .prices import Priced, settled
from .windows import Windows

ROUNDS, LOOKS = 4, 8
"""Of cuts, and of looks at all cycles after them."""
REACH = 2.0
"""What a cycle may lack of its price to be part of the first search."""
STALLED, HARDLY = 0.1, 0.05
"""Cuts that bring the bound no lower than that are the last: when a search is in reach, or not."""
SCALE = 1_000_000
"""Prices are whole millionths, so that no rounding enters a proof."""
ROUNDING = 1e-4
"""More than sums of prices may be off by, so that no cycle is missed for so little."""
CYCLES_A_LISTING = 10
SOON, LATE, NODES = 0.7, 0.9, 50
"""Shares from which a cycle is taken before the best of the rest is sought, in so many nodes."""
CUTS_SHARE, REST_SHARE = 0.5, 0.3
"""Of the time that is left, what cuts may take, and then the search of the rest."""
FEW, FEW_OF_FOUR = 40_000, 8_000
"""Cycles that nearly pay, up to which the programme over them is solved exactly, with cuts."""

Progress = Callable[[str, float, float], None]
"""Called with a stage, the weight of the plan and the bound so far."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Disjoint cycles, and the prices that bound what any others are worth, in millionths.

    It is ``optimal`` when all that could be better was searched in vain.
    """

    cycles: Cycles
    prices: np.ndarray
    cuts: tuple[Cut, ...] = ()
    cut_prices: tuple[int, ...] = ()
    optimal: bool = False

    @property
    def weight(self) -> int:
        """What all the moves are worth."""
        return int(self.cycles.values.sum())

    @property
    def upper_bound(self) -> int:
        """No disjoint cycles are worth more."""
        cuts = sum(price * cut.most for cut, price in zip(self.cuts, self.cut_prices, strict=True))
        return (int(self.prices.sum()) + cuts) // SCALE

    @property
    def gap(self) -> float:
        """By how much of the bound the plan may fall short."""
        return (self.upper_bound - self.weight) / max(1, self.upper_bound)

    def proof(self, ids: Sequence[str], max_length: int) -> dict[str, Any]:
        """Its prices for a file, by the names of the listings, as ``certificate`` reads them."""
        sets = [
            {"listings": [ids[row] for row in cut.listings], "sets": list(cut.cuts), "price": price}
            for cut, price in zip(self.cuts, self.cut_prices, strict=True)
        ]
        prices = {ids[row]: int(self.prices[row]) for row in self.prices.nonzero()[0].tolist()}
        return {"k": max_length, "scale": SCALE, "prices": prices, "sets": sets}


def solve_whole(
    market: Market,
    max_length: int = 3,
    time_limit: float = 60,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    left_out: np.ndarray | None = None,
    with_cuts: bool = True,
) -> Plan:
    """The best plan found for a market, without the rows of the mask ``left_out``."""
    deadline = time.monotonic() + time_limit
    moves = find_moves(market, left_out)

    def priced(prices: np.ndarray, worth: float) -> Cycles:
        return find_cycles(moves, max_length, prices, worth)

    return pack(
        priced,
        simple_prices(moves),
        deadline=deadline,
        seed=seed,
        with_cuts=with_cuts,
        progress=progress,
    )


def simple_prices(moves: Moves) -> np.ndarray:
    """Honest at once: each household pays for its best move."""
    best = np.zeros(len(moves))
    np.maximum.at(best, moves.households, moves.weights)
    return best


def pack(
    priced: Priced,
    prices: np.ndarray,
    *,
    deadline: float,
    seed: int = 0,
    with_cuts: bool = True,
    progress: Progress | None = None,
) -> Plan:
    """The best plan found by then over the cycles that ``priced`` lists, from honest prices.

    Without ``with_cuts`` the prices are of listings alone.
    """
    chance = np.random.default_rng(seed)
    say = progress or (lambda *_: None)
    prices, near = settled(prices, priced, deadline)
    first = near.take(dive(near, prices, deadline))
    windows = Windows(len(prices), first.join(nearest(near, prices)), chance)
    windows.chosen[: len(first)] = True
    windows.value(prices, (), np.array([]))
    windows.anneal(WARM)
    say("prices", windows.weight, prices.sum())
    bound = Bound(prices)
    few = FEW_OF_FOUR if near.rows.shape[1] > 3 else FEW
    if not (with_cuts and len(windows.cycles) <= few):
        windows.improve(deadline, math.floor(prices.sum()))
        say("windows", windows.weight, bound.worth)
        return bound.plan(windows.cycles.take(windows.chosen))
    plan = _close(bound, windows, priced, deadline=deadline, say=say, chance=chance)
    plan, optimal = _search(bound, plan, priced, deadline=deadline)
    say("search", plan.worth(), bound.worth)
    return bound.plan(plan, optimal=optimal)


def nearest(cycles: Cycles, prices: np.ndarray) -> Cycles:
    """Those of them that lack least of their price, a few for each listing."""
    lack = lacking(cycles, prices, (), np.array([]))
    return cycles.take(np.argsort(lack, kind="stable")[: CYCLES_A_LISTING * len(prices)])


class Bound:
    """The best honest prices so far, of listings and of cuts."""

    def __init__(self, prices: np.ndarray) -> None:
        self.worth = math.inf
        self.offer(prices, [], np.array([]))

    def offer(self, prices: np.ndarray, cuts: list[Cut], cut_prices: np.ndarray) -> None:
        """Keep these honest prices when they bound lower."""
        most = np.array([cut.most for cut in cuts])
        if (worth := prices.sum() + cut_prices @ most) < self.worth:
            ranks = needed(cuts, np.flatnonzero(cut_prices > 1 / SCALE).tolist())
            self.prices, self.worth = prices, worth
            self.cuts, self.cut_prices = taken_alone(cuts, ranks), cut_prices[ranks]

    def is_in_reach_of(self, plan: Cycles) -> bool:
        """Whether so few cycles could be part of a plan two better that all may be searched."""
        return self.worth - plan.worth() - 2 <= REACH

    def near(self, priced: Priced, lack: float) -> Cycles:
        """The cycles that lack no more than that of their price, however it was rounded."""
        lack += ROUNDING
        cycles = priced(self.prices, -lack)
        return cycles.take(lacking(cycles, self.prices, self.cuts, self.cut_prices) <= lack)

    def plan(self, cycles: Cycles, *, optimal: bool = False) -> Plan:
        """The plan of these cycles with these prices, rounded up."""
        cut_prices = tuple(rounded(self.cut_prices).tolist())
        return Plan(cycles, rounded(self.prices), tuple(self.cuts), cut_prices, optimal)


def rounded(prices: np.ndarray) -> np.ndarray:
    """Prices in whole millionths, never less than they were."""
    return np.ceil(prices * SCALE).astype(np.int64) + (prices > 0)


def _close(
    bound: Bound,
    windows: Windows,
    priced: Priced,
    *,
    deadline: float,
    say: Progress,
    chance: np.random.Generator,
) -> Cycles:
    """Bring the bound down by cuts until they do no more, then round what the programme says."""
    plan = windows.cycles.take(windows.chosen)
    master = Master(len(bound.prices), windows.cycles)
    begun = time.monotonic()
    until = begun + CUTS_SHARE * (deadline - begun)
    in_time, gained = True, math.inf
    while in_time and plan.worth() < math.floor(bound.worth):
        if gained < (STALLED if bound.is_in_reach_of(plan) else HARDLY):
            break
        before = bound.worth
        in_time = _tighten(master, bound, priced, until, chance)
        gained = before - bound.worth
        plan = _rounded(master, bound, priced, plan, least=SOON, deadline=deadline)
        say("cuts", plan.worth(), bound.worth)
    if not bound.is_in_reach_of(plan):
        plan = _rounded(master, bound, priced, plan, least=LATE, deadline=deadline)
        say("rounding", plan.worth(), bound.worth)
    return plan


def _rounded(
    master: Master, bound: Bound, priced: Priced, plan: Cycles, *, least: float, deadline: float
) -> Cycles:
    """The cycles whose share is so much, and the best that is found of what fits beside them.

    Or the plan, when it is worth as much.
    """
    left = deadline - time.monotonic()
    if not master.solved or left <= 0 or plan.worth() >= math.floor(bound.worth):
        return plan
    whole = master.cycles.take(np.flatnonzero(master.shares > least))
    gone = np.zeros(master.count + 1, np.bool_)
    gone[whole.rows] = True
    gone[-1] = False  # What fills short rows is everywhere.
    near = bound.near(priced, REACH)
    beside = near.take(~gone[near.rows].any(axis=1))
    none = np.zeros(0, np.int64)
    best, _ = best_set(master.count, beside, none, nodes=NODES, seconds=REST_SHARE * left)
    return max(plan, whole.join(beside.take(best)), key=Cycles.worth)


def _tighten(
    master: Master, bound: Bound, priced: Priced, deadline: float, chance: np.random.Generator
) -> bool:
    """Cuts, then prices that are honest for all cycles; whether there was time."""
    for _ in range(ROUNDS):
        if not master.solve(deadline - time.monotonic()):
            return False
        rows, shares = master.cycles.rows, master.shares
        master.add_cuts(broken_cuts(rows, shares, master.cuts, master.taken, master.count, chance))
    # Prices of a programme that knows too few cycles are low; this is mostly often enough.
    for _ in range(LOOKS):
        if not master.solve(deadline - time.monotonic()):
            return False
        dear = _dear(master, priced)
        bound.offer(_lifted(master, dear), master.cuts, master.cut_prices)
        if not len(dear):
            break
        master.add(dear)
    return True


def _search(bound: Bound, plan: Cycles, priced: Priced, *, deadline: float) -> tuple[Cycles, bool]:
    """The best plan, and whether all that could be better was searched.

    A cycle that lacks more of its price than the plan falls short of the bound is in none better.
    """
    reach = REACH
    while plan.worth() < math.floor(bound.worth):
        if (seconds := deadline - time.monotonic()) <= 0:
            return plan, False
        reach = min(reach, bound.worth - plan.worth() - 1)
        cycles = plan.join(bound.near(priced, reach))
        best, ended = best_set(
            len(bound.prices), cycles, np.arange(len(plan)), seconds=seconds, cuts=bound.cuts
        )
        plan = cycles.take(best)
        if not ended:
            return plan, False
        if bound.worth - plan.worth() - 1 <= reach:
            return plan, True
        reach = math.inf
    return plan, True


def _dear(master: Master, priced: Priced) -> Cycles:
    """Cycles that are worth more than they cost in the programme, which did not know them."""
    cycles = priced(master.prices, 1e-7)
    return cycles.take(lacking(cycles, master.prices, master.cuts, master.cut_prices) < -1e-7)


def _lifted(master: Master, dear: Cycles) -> np.ndarray:
    """Prices of the programme, made honest: each such cycle is paid by its first listing."""
    prices = master.prices.copy()
    lack = lacking(dear, prices, master.cuts, master.cut_prices)
    np.maximum.at(extra := np.zeros(len(prices)), dear.rows[:, 0], -lack)
    return prices + extra + 1e-7
