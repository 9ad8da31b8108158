"""People decline: what can be expected of an exchange, and the plan of which most is expected.

A group of two or three is asked at once. Each household answers for itself, and takes a home when
a chance drawn once for that household is below the chance of that move: who would go far would go
near. Then the best exchange among those who said yes takes place, be it smaller than was hoped:
when one of three declines, two of them may still fit. All answers are counted, none is sampled.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from .choosing import choose
from .compatibility import Moves
from .cycles import find_cycles
from .listings import Market


@dataclass(frozen=True, eq=False)
class Chances:
    """The chance that a household says yes to each move, in the order of ``moves.homes``.

    ``moves.weights`` are what moves are worth: all 1, and what is expected is a number of tenants.
    In a group of three, each chance is multiplied by ``among_three``.
    """

    moves: Moves
    yes: np.ndarray
    among_three: float = 1.0

    def expected(self, groups: np.ndarray, *, fall_back: bool = True) -> np.ndarray:
        """What can be expected of each group, with or without smaller exchanges inside it.

        Groups are rows of three listings; -1 ends a group of two.
        """
        return _expected(*self._columns, np.asarray(groups, np.int64), self.among_three, fall_back)

    def plan(
        self, *, standby: bool = False, gap: float = 1e-3, time_limit: float = 60.0
    ) -> "Expectation":
        """The groups to ask, apart from each other, of which most is expected in all."""
        groups = groups_of(self.moves, standby=standby)
        choice = choose(groups, self.expected(groups), gap=gap, time_limit=time_limit)
        return Expectation(groups[choice.ranks], choice.value, choice.upper_bound)

    def simulate(
        self, groups: np.ndarray, *, draws: int = 1000, seed: int = 0, fall_back: bool = True
    ) -> "Simulated":
        """Ask everybody so many times. The same seed gives households the same answers."""
        chance, rows = np.random.default_rng(seed), np.asarray(groups, np.int64)
        done = []
        for _ in range(draws):
            drawn = chance.random(len(self.moves))
            asked = (*self._columns, rows, self.among_three, fall_back, drawn)
            done.append(_answered(*asked))
        return Simulated(float(np.mean(done)), 1.96 * float(np.std(done)) / draws**0.5)

    @property
    def _columns(self) -> tuple[np.ndarray, ...]:
        moves = self.moves
        return moves.starts, moves.homes, moves.weights, moves.empty, self.yes


@dataclass(frozen=True, eq=False)
class Expectation:
    """Groups to ask, what is expected of them, and what no such groups can be expected to do."""

    groups: np.ndarray
    expected: float
    upper_bound: float


@dataclass(frozen=True)
class Simulated:
    """What moved on average, give or take ``margin`` 95 times in 100."""

    mean: float
    margin: float


def constant(moves: Moves, yes: float) -> np.ndarray:
    """The same chance for every move."""
    return np.full(len(moves.homes), yes)


def by_distance(market: Market, moves: Moves, *, near: float, half_after: float) -> np.ndarray:
    """A chance of ``near`` next door, and of half as much every ``half_after`` kilometres."""
    here, there = moves.households, moves.homes
    kilometres = np.hypot(market.x[here] - market.x[there], market.y[here] - market.y[there])
    return near * 0.5 ** (kilometres / half_after)


def by_household(moves: Moves, replies: np.ndarray) -> np.ndarray:
    """The rate at which each household replies, as a chance of each of its moves."""
    return replies[moves.households]


def groups_of(moves: Moves, *, standby: bool = False) -> np.ndarray:
    """The groups of two or three in which everybody moves if all say yes, each once.

    With ``standby``, also threes of whom one fits both others: who is first to say yes moves.
    """
    cycles = find_cycles(moves, 3).rows
    groups = [np.sort(cycles, axis=1)]
    if standby:
        stars = _stars(len(moves), cycles[cycles[:, 2] < 0])
        groups.append(np.sort(np.array(stars, np.int32).reshape(-1, 3), axis=1))
    rows = np.unique(np.concatenate(groups), axis=0)
    return np.where(rows[:, :1] < 0, np.roll(rows, -1, axis=1), rows)


@njit(cache=True)
def _expected(starts, homes, weights, empty, yes, groups, among_three, fall_back):
    """By enumeration: each household says yes to all its moves, to the likelier, or to none."""
    expected = np.zeros(len(groups))
    chance, worth, accepted = np.empty((3, 3)), np.empty((3, 3)), np.empty((3, 3), np.bool_)
    for at, group in enumerate(groups):
        _fill(starts, homes, weights, empty, yes, group, among_three, chance, worth)
        for answers in range(27):
            likely, rest = 1.0, answers
            for i in range(3):
                answer, rest = rest % 3, rest // 3
                one, other = chance[i, (i + 1) % 3], chance[i, (i + 2) % 3]
                low, high = min(one, other), max(one, other)
                likely *= (1 - high, high - low, low)[answer]
                limit = (1.0, low, 0.0)[answer]
                for j in range(3):
                    accepted[i, j] = chance[i, j] > limit
            if likely > 0:
                expected[at] += likely * _best(accepted, worth, group[2] < 0, fall_back)
    return expected


@njit(cache=True)
def _answered(starts, homes, weights, empty, yes, groups, among_three, fall_back, drawn):
    """What all the groups are worth when each household has drawn its answer."""
    total = 0.0
    chance, worth, accepted = np.empty((3, 3)), np.empty((3, 3)), np.empty((3, 3), np.bool_)
    for group in groups:
        _fill(starts, homes, weights, empty, yes, group, among_three, chance, worth)
        for i in range(3):
            for j in range(3):
                accepted[i, j] = group[i] >= 0 and drawn[group[i]] < chance[i, j]
        total += _best(accepted, worth, group[2] < 0, fall_back)
    return total


@njit(cache=True)
def _fill(starts, homes, weights, empty, yes, group, among_three, chance, worth):
    """The chance and the worth of every move inside a group; an empty home agrees to all."""
    less = 1.0 if group[2] < 0 else among_three
    chance[:], worth[:] = 0.0, 0.0
    for i in range(3):
        for j in range(3):
            if i == j or group[i] < 0 or group[j] < 0:
                continue
            if empty[group[i]]:
                chance[i, j] = 1.0
                continue
            first, last = starts[group[i]], starts[group[i] + 1]
            arc = first + np.searchsorted(homes[first:last], group[j])
            if arc < last and homes[arc] == group[j]:
                chance[i, j], worth[i, j] = less * yes[arc], weights[arc]


@njit(cache=True)
def _best(accepted, worth, two, fall_back):
    """What the worthiest exchange is worth of those that everybody in them accepts."""
    best = 0.0
    for b, c in ((1, 2), (2, 1)):
        if accepted[0, b] and accepted[b, c] and accepted[c, 0]:
            best = max(best, worth[0, b] + worth[b, c] + worth[c, 0])
    if two or fall_back:
        for i, j in ((0, 1), (0, 2), (1, 2)):
            if accepted[i, j] and accepted[j, i]:
                best = max(best, worth[i, j] + worth[j, i])
    return best


@njit(cache=True)
def _stars(count, pairs):
    """Every three rows of which one is in a pair with both others."""
    others = [[row for _ in range(0)] for row in range(count)]
    for pair in pairs:
        a, b = pair[0], pair[1]
        others[a].append(b)
        others[b].append(a)
    found = []
    for row in range(count):
        for k, one in enumerate(others[row]):
            for other in others[row][:k]:
                found.append((row, one, other))
    return found
