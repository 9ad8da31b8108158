"""The best exchanges of a space, territory by territory, and the prices that bound any others.

Territories that hardly exchange with one another are solved apart, by whichever worker takes them.
Their prices, settled once more over the exchanges of the whole, bound the whole.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from traboule.engines.swaps import Market
from traboule.engines.swaps import parts as territories
from traboule.engines.swaps.compatibility import Moves
from traboule.engines.swaps.cycles import Cycles, find_cycles
from traboule.engines.swaps.packing import SCALE, Plan, pack, simple_prices
from traboule.engines.swaps.prices import Priced

from . import matching

if TYPE_CHECKING:
    from traboule.kernel.spaces.models import Space

SECONDS, SECONDS_A_LISTING = 5, 0.02
"""What a search may take, and more for each listing: a minute and a half for 4 000."""
PART_AT_LEAST = 500
"""Listings in a part, when there are enough: fewer are not worth a worker's while."""


@dataclass(frozen=True, eq=False)
class Board:
    """Who is free, the moves that they may make, and who wants to exchange with one other only."""

    market: Market
    moves: Moves
    loners: np.ndarray

    def priced(self, max_length: int) -> Priced:
        """The exchanges that everyone in them wants, for the engine to choose among."""

        def list_cycles(prices: np.ndarray, worth: float) -> Cycles:
            cycles = find_cycles(self.moves, max_length, prices, worth)
            several = (cycles.rows >= 0).sum(axis=1) > 2
            return cycles.take(~(several & np.isin(cycles.rows, self.loners).any(axis=1)))

        return list_cycles


@dataclass(frozen=True)
class Solved:
    """Exchanges that share nobody, by the names of their listings, and what none can pass.

    ``prices`` are millionths, by name: they sum to the bound at least.
    """

    exchanges: list[list[str]]
    worths: list[int]
    prices: dict[str, int]
    bound: int


def board_of(space: "Space", names: Collection[str] | None = None) -> Board:
    """The board of a space, or of those among these names who are still free."""
    listings, homes = matching.free_listings(space), matching.free_homes(space)
    if names is not None:
        listings = [one for one in listings if str(one.pk) in names]
        homes = [one for one in homes if f"d{one.pk}" in names]
    market = matching.market_of(listings, homes)
    loners = [market.rows[str(one.pk)] for one in listings if not one.wants_several]
    moves = matching.possible_moves(space, listings, market)
    return Board(market, moves, np.array(loners, np.int64))


def split(board: Board) -> list[list[str]]:
    """The names in each part, nearly without exchanges from one to another."""
    parts: list[list[str]] = []
    for rows in filter(len, territories.split(board.market)):
        if not parts or len(parts[-1]) >= PART_AT_LEAST:
            parts.append([])
        parts[-1] += map(str, board.market.ids[rows])
    return parts


def solve(board: Board, max_length: int, *, alone: bool) -> Solved:
    """The best exchanges of a part; ``alone`` when it is the whole, which bounds more tightly."""
    deadline = time.monotonic() + _seconds(board)
    prices = simple_prices(board.moves)
    plan = pack(board.priced(max_length), prices, deadline=deadline, with_cuts=alone)
    return _named(board, plan)


def join(
    board: Board, max_length: int, parts: Sequence[Sequence[str]], solved: Sequence[Solved]
) -> Solved:
    """What the parts come to together, bettered across their borders.

    An exchange leaves the plan with whoever is free no more since their part was solved.
    """
    rows = board.market.rows
    prices = np.zeros(len(board.market))
    for name, price in (pair for one in solved for pair in one.prices.items()):
        if name in rows:
            prices[rows[name]] = price / SCALE
    plan = territories.stitch(
        board.priced(max_length),
        [np.array([rows[name] for name in names if name in rows], np.int64) for names in parts],
        prices,
        _cycles(rows, solved, max_length),
        time_limit=_seconds(board),
    )
    return _named(board, plan)


def _seconds(board: Board) -> float:
    return SECONDS + SECONDS_A_LISTING * len(board.market)


def _cycles(rows: Mapping[str, int], solved: Sequence[Solved], max_length: int) -> Cycles:
    """The exchanges of all parts, but for those in which someone is free no more."""
    pairs = [pair for one in solved for pair in zip(one.exchanges, one.worths, strict=True)]
    kept = [(names, worth) for names, worth in pairs if rows.keys() >= set(names)]
    cycles = np.full((len(kept), max_length), -1, np.int32)
    for cycle, (names, _) in zip(cycles, kept, strict=True):
        cycle[: len(names)] = [rows[name] for name in names]
    return Cycles(cycles, np.array([worth for _, worth in kept], np.int64))


def _named(board: Board, plan: Plan) -> Solved:
    names = board.market.ids
    return Solved(
        exchanges=[[str(names[row]) for row in rows if row >= 0] for rows in plan.cycles.rows],
        worths=plan.cycles.values.tolist(),
        prices={str(names[row]): int(plan.prices[row]) for row in plan.prices.nonzero()[0]},
        bound=plan.weight if plan.optimal else plan.upper_bound,
    )
