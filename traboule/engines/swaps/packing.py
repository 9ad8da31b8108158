"""The best set of disjoint exchanges found in a time, and how far it may be from the best.

Prices first, which bound every plan; then cycles that nearly pay their price, and a plan made of
them, window by window; last, where the market is small enough, prices of odd sets, which bring the
bound down to the plan. What is found grows step by step: the time limit only ends the steps.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .compatibility import Moves, find_moves
from .cuts import OddSet, broken_sets
from .cycles import Cycles, find_cycles
from .listings import Market
from .master import Master, lacking
from .prices import TEMPERATURES, Priced, cool, honest
from .windows import LARGEST, Windows

ROUNDS = 4
"""Of odd sets, between windows."""
SCALE = 1_000_000
"""Prices are whole millionths, so that no rounding enters a proof."""
SLACK = 3.0
CYCLES_A_LISTING = 10
FIRST = 1_500
"""Cycles in the windows that come before odd sets."""
FIRST_SHARE, NEXT_SHARE = 0.25, 0.3
"""Of the time that is left, what windows may take before odd sets, and between them."""
SMALL = 6_000
"""Listings up to which the programme over cycles is solved exactly, with odd sets."""

Progress = Callable[[str, float, float], None]
"""Called with a stage, the weight of the plan and the bound so far."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Disjoint cycles, and the prices that bound what any others are worth, in millionths."""

    cycles: Cycles
    prices: np.ndarray
    sets: tuple[OddSet, ...] = ()
    set_prices: tuple[int, ...] = ()

    @property
    def weight(self) -> int:
        """What all the moves are worth."""
        return int(self.cycles.values.sum())

    @property
    def upper_bound(self) -> int:
        """No disjoint cycles are worth more."""
        sets = sum(
            price * (len(one) // 2) for one, price in zip(self.sets, self.set_prices, strict=True)
        )
        return (int(self.prices.sum()) + sets) // SCALE

    @property
    def gap(self) -> float:
        """By how much of the bound the plan may fall short."""
        return (self.upper_bound - self.weight) / max(1, self.upper_bound)


def solve_whole(
    market: Market,
    max_length: int = 3,
    time_limit: float = 60,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    left_out: np.ndarray | None = None,
    odd_sets: bool = True,
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
        odd_sets=odd_sets,
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
    odd_sets: bool = True,
    progress: Progress | None = None,
) -> Plan:
    """The best plan found by then over the cycles that ``priced`` lists, from honest prices.

    Without ``odd_sets`` the prices are of listings alone.
    """
    chance = np.random.default_rng(seed)
    begun = time.monotonic()
    say = progress or (lambda *_: None)
    for temperature in TEMPERATURES:
        if time.monotonic() > deadline:
            break
        prices = cool(
            prices / 2 if temperature == TEMPERATURES[0] else prices, priced, [temperature]
        )
    prices = honest(prices, priced)
    windows = Windows(len(prices), nearly_paid(prices, priced), chance)
    windows.value(prices, (), np.array([]))
    say("prices", windows.weight, prices.sum())
    bound = Bound(prices)
    small = odd_sets and len(prices) <= SMALL
    target = (1 - 0.0025 * small) * prices.sum()
    first = begun + FIRST_SHARE * (deadline - begun) if small else deadline
    largest = FIRST if small else LARGEST
    windows.improve(first, min(target, math.floor(prices.sum())), largest)
    say("windows", windows.weight, bound.worth)
    if small and windows.weight < math.floor(bound.worth):
        _close(bound, windows, priced, deadline=deadline, say=say, chance=chance)
    return bound.plan(windows.cycles.take(windows.chosen))


def nearly_paid(prices: np.ndarray, priced: Priced) -> Cycles:
    """The cycles that lack least of their price, a few for each listing."""
    near = priced(prices, -SLACK)
    lack = lacking(near, prices, (), np.array([]))
    return near.take(np.argsort(lack, kind="stable")[: CYCLES_A_LISTING * len(prices)])


class Bound:
    """The best honest prices so far, of listings and of odd sets."""

    def __init__(self, prices: np.ndarray) -> None:
        self.worth = math.inf
        self.offer(prices, [], np.array([]))

    def offer(self, prices: np.ndarray, sets: list[OddSet], set_prices: np.ndarray) -> None:
        """Keep these honest prices when they bound lower."""
        worth = prices.sum() + sum(
            price * (len(one) // 2) for one, price in zip(sets, set_prices, strict=True)
        )
        if worth < self.worth:
            kept = [at for at, price in enumerate(set_prices) if price > 1 / SCALE]
            self.prices, self.worth = prices, worth
            self.sets, self.set_prices = [sets[at] for at in kept], set_prices[kept]

    def plan(self, cycles: Cycles) -> Plan:
        """The plan of these cycles with these prices, rounded up."""
        return Plan(
            cycles,
            rounded(self.prices),
            tuple(self.sets),
            tuple(rounded(self.set_prices).tolist()),
        )


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
) -> None:
    """Bring bound and plan together, by odd sets and windows in turn, until they meet."""
    count = len(bound.prices)
    master = Master(count, windows.cycles)
    while time.monotonic() < deadline and windows.weight < math.floor(bound.worth):
        for _ in range(ROUNDS):
            if not master.solve(deadline - time.monotonic()):
                return
            sets = broken_sets(master.cycles.rows, master.shares, count, chance)
            master.add_sets(sets)
        # Prices of a programme that knows too few cycles are low; twice is mostly enough.
        for _ in range(2):
            if not master.solve(deadline - time.monotonic()):
                return
            dear = _dear(master, priced)
            bound.offer(_lifted(master, dear), master.sets, master.set_prices)
            say("odd sets", windows.weight, bound.worth)
            if not len(dear):
                break
            master.add(dear)
        now = time.monotonic()
        until = now + NEXT_SHARE * (deadline - now)
        windows.value(master.prices, master.sets, master.set_prices)
        windows.aim = min(windows.aim, LARGEST)
        windows.improve(until, math.floor(bound.worth), int(windows.aim))
        say("windows", windows.weight, bound.worth)


def _dear(master: Master, priced: Priced) -> Cycles:
    """Cycles that are worth more than they cost in the programme, which did not know them."""
    cycles = priced(master.prices, 1e-7)
    return cycles.take(lacking(cycles, master.prices, master.sets, master.set_prices) < -1e-7)


def _lifted(master: Master, dear: Cycles) -> np.ndarray:
    """Prices of the programme, made honest: each such cycle is paid by its first listing."""
    prices = master.prices.copy()
    lack = lacking(dear, prices, master.sets, master.set_prices)
    np.maximum.at(extra := np.zeros(len(prices)), dear.rows[:, 0], -lack)
    return prices + extra + 1e-7
