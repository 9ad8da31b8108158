"""Exchanges: the cycles of a market, of two listings or more, each once.

In a cycle ``(a, b, c)`` household ``a`` takes the home of ``b``, ``b`` that of ``c``, and ``c``
that of ``a``. A cycle begins with its lowest row. A chain is a cycle whose last row is an empty
home: ``(a, b, e)`` leaves the home of ``a`` free. Rows shorter than the longest end with -1.

With prices, a cycle is worth its weight less the prices of its listings; only those worth enough
are listed, so that exchanges of four are never held all at once.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit

from .compatibility import Moves

LONGEST = 4
AT_ONCE = 20_000
"""Rows from which cycles are listed together, and others in another thread."""


@dataclass(frozen=True, eq=False)
class Cycles:
    """Cycles as rows of listings, and the value of each."""

    rows: np.ndarray
    values: np.ndarray

    def __len__(self) -> int:
        return len(self.values)

    def worth(self) -> int:
        """What all of them are worth together."""
        return int(self.values.sum())

    def take(self, which: np.ndarray) -> "Cycles":
        """These cycles alone, by rank or mask."""
        return Cycles(self.rows[which], self.values[which])

    def join(self, others: "Cycles") -> "Cycles":
        """These, then others."""
        return Cycles(
            np.concatenate([self.rows, others.rows]), np.concatenate([self.values, others.values])
        )


def find_cycles(
    moves: Moves, max_length: int = 3, prices: np.ndarray | None = None, worth: float = -np.inf
) -> Cycles:
    """The cycles of at most ``max_length`` listings that are worth more than ``worth``."""
    if not 2 <= max_length <= LONGEST:
        raise ValueError(f"a cycle has from 2 to {LONGEST} listings")
    arc_starts, arcs = moves.backwards
    prices = np.zeros(len(moves)) if prices is None else prices
    gains = moves.weights - prices[moves.households]
    back = arc_starts, arcs, moves.households, gains
    best = _best(len(moves), moves.homes, moves.households, gains)

    def exchanges(first: int) -> tuple[np.ndarray, np.ndarray]:
        end = min(first + AT_ONCE, len(moves))
        return _exchanges(
            first, end, moves.starts, moves.homes, moves.weights, *back, best, max_length, worth
        )

    firsts = range(0, len(moves), AT_ONCE)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        listed = list((map if len(firsts) < 2 else pool.map)(exchanges, firsts))
    empties = np.flatnonzero(moves.empty)
    listed.append(_chains(moves.weights, *back, prices, empties, max_length, worth))
    rows = np.concatenate([rows for rows, _ in listed]).reshape(-1, LONGEST)
    return Cycles(rows[:, :max_length].copy(), np.concatenate([values for _, values in listed]))


@njit(cache=True)
def _add(rows, values, count, a, b, c, d, value):
    """Write one cycle; both arrays, twice as long when they were full."""
    if count == len(values):
        longer_rows, longer_values = (
            np.empty(2 * len(rows), np.int32),
            np.empty(2 * count, np.int64),
        )
        longer_rows[: len(rows)] = rows
        longer_values[:count] = values
        rows, values = longer_rows, longer_values
    rows[4 * count] = a
    rows[4 * count + 1] = b
    rows[4 * count + 2] = c
    rows[4 * count + 3] = d
    values[count] = value
    return rows, values


@njit(cache=True)
def _best(count, homes, households, gains):
    """The best gain that leaves each row, and the best that enters it."""
    best_out, best_in = np.full(count, -np.inf), np.full(count, -np.inf)
    for arc in range(len(homes)):
        best_out[households[arc]] = max(best_out[households[arc]], gains[arc])
        best_in[homes[arc]] = max(best_in[homes[arc]], gains[arc])
    return best_out, best_in


@njit(cache=True, nogil=True)
def _exchanges(
    first_row, end_row, starts, homes, weights, arc_starts, arcs, households, gains, best,
    longest, worth,
):  # fmt: skip
    """Cycles of households, from their lowest row, one of these, along rows above it."""
    best_out, best_in = best
    count = len(starts) - 1
    rows, values, found = np.empty(4 * 1024, np.int32), np.empty(1024, np.int64), 0
    closing = np.full(count, -1, np.int64)  # The arc from a row to the first of the cycle.
    for a in range(first_row, end_row):
        one_left, two_left = -np.inf, -np.inf  # The most that one arc home brings, and two.
        for at in range(arc_starts[a], arc_starts[a + 1]):
            arc = arcs[at]
            closing[households[arc]] = arc
            one_left = max(one_left, gains[arc])
            two_left = max(two_left, gains[arc] + best_in[households[arc]])
        for first in range(starts[a], starts[a + 1]):
            b, so_far = homes[first], gains[first]
            if b < a:
                continue
            if closing[b] >= 0 and so_far + gains[closing[b]] > worth:
                value = weights[first] + weights[closing[b]]
                rows, values = _add(rows, values, found, a, b, -1, -1, value)
                found += 1
            threes = so_far + best_out[b] + one_left > worth
            fours = longest > 3 and so_far + best_out[b] + two_left > worth
            if longest < 3 or not (threes or fours):
                continue
            for second in range(starts[b], starts[b + 1]):
                c, by_now = homes[second], so_far + gains[second]
                if c < a or c == a:
                    continue
                if closing[c] >= 0 and by_now + gains[closing[c]] > worth:
                    value = weights[first] + weights[second] + weights[closing[c]]
                    rows, values = _add(rows, values, found, a, b, c, -1, value)
                    found += 1
                if longest < 4 or by_now + best_out[c] + one_left <= worth:
                    continue
                for third in range(starts[c], starts[c + 1]):
                    d, last = homes[third], closing[homes[third]]
                    if d <= a or d == b or last < 0:
                        continue
                    if by_now + gains[third] + gains[last] > worth:
                        value = weights[first] + weights[second] + weights[third] + weights[last]
                        rows, values = _add(rows, values, found, a, b, c, d, value)
                        found += 1
        for at in range(arc_starts[a], arc_starts[a + 1]):
            closing[households[arcs[at]]] = -1
    return rows[: 4 * found].copy(), values[:found].copy()


@njit(cache=True)
def _chains(weights, arc_starts, arcs, households, gains, prices, empties, longest, worth):
    """Chains, from their empty home backwards."""
    rows, values, found = np.empty(4 * 1024, np.int32), np.empty(1024, np.int64), 0
    for empty in empties:
        for last in arcs[arc_starts[empty] : arc_starts[empty + 1]]:
            a, one = households[last], gains[last] - prices[empty]
            if one > worth:
                rows, values = _add(rows, values, found, a, empty, -1, -1, weights[last])
                found += 1
            if longest < 3:
                continue
            for before in arcs[arc_starts[a] : arc_starts[a + 1]]:
                b, two = households[before], one + gains[before]
                value = weights[last] + weights[before]
                if two > worth:
                    rows, values = _add(rows, values, found, b, a, empty, -1, value)
                    found += 1
                if longest < 4:
                    continue
                for third in arcs[arc_starts[b] : arc_starts[b + 1]]:
                    c = households[third]
                    if c != a and two + gains[third] > worth:
                        rows, values = _add(
                            rows, values, found, c, b, a, empty, value + weights[third]
                        )
                        found += 1
    return rows[: 4 * found], values[:found]
