"""The proof of a bound, and who checks it: nothing here is shared with the solver but the reader.

The proof is a file of prices in whole millionths: one for each listing, and one for each set. Of a
set, a cycle takes half of what it holds, in whole numbers: of its listings, and of earlier sets as
it takes of them. All disjoint cycles together take at most half of what its listings and these sets
allow. When every cycle of the market costs at least its weight (its listings, and what it takes of
each set), no disjoint cycles are worth more than all listings and all that the sets allow. The
checker reads the listings, finds the moves by their plain definition, walks every cycle once, and
computes in whole numbers only. What is paid too little is added to the price, never forgiven.

A better plan than the one at hand has no cycle that lacks more of its price than this one falls
short of the bound. Where these are few, the checker can search them all, as a programme in whole
numbers of its own: when there is none, the plan is the best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .listings import NEEDS, Market

SCALE = 1_000_000
WHEELCHAIR, STEP_FREE = NEEDS.index("wheelchair"), NEEDS.index("step_free")
NONE_EXISTS = 2
"""What ``milp`` says of what cannot be."""
MOST = 2_000_000
"""Cycles that listings alone do not pay for, beyond which the prices prove nothing."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a solution is worth and what its prices prove; ``errors`` is empty when all holds."""

    weight: int
    upper_bound: int | None
    errors: tuple[str, ...]
    optimal: bool | None = None
    """Nothing is better; ``None`` when it was not searched."""

    @property
    def gap(self) -> float | None:
        """By how much of the bound the solution may fall short."""
        return (
            None
            if self.upper_bound is None
            else (self.upper_bound - self.weight) / max(1, self.upper_bound)
        )


class Priced(NamedTuple):
    """Cycles, what each is worth, takes of each set and lacks to be paid, and what all may cost."""

    cycles: np.ndarray
    values: np.ndarray
    taken: np.ndarray
    most: list[int]
    short: np.ndarray
    total: int


def verify(
    market: Market, solution: Mapping[str, Any], proof: Mapping[str, Any], *, search: bool = False
) -> Verdict:
    """Whether the cycles are exchanges of disjoint listings, and what the prices prove."""
    longest = solution["k"]
    present = np.ones(len(market), np.bool_)
    present[[market.rows[one] for one in proof.get("left_out", ())]] = False
    moves = _moves(*_columns(market, present))
    weight, errors = _walk_solution(market, solution["cycles"], longest, *moves)
    most, lies = _bound(market, proof, longest, *moves)
    bound = None if most is None else most // SCALE
    optimal = None
    if search and most is not None and not errors:
        short = most - (weight + 1) * SCALE
        optimal = short < 0 or _is_best(market, proof, longest, *moves, short=short, weight=weight)
    return Verdict(weight=weight, upper_bound=bound, errors=(*errors, *lies), optimal=optimal)


def _walk_solution(
    market: Market, cycles: Sequence[Sequence[str]], longest: int, starts, homes, weights
) -> tuple[int, list[str]]:
    weight, errors, seen = 0, list[str](), set[str]()
    for cycle in cycles:
        if not 2 <= len(cycle) <= longest:
            errors.append(f"{cycle} : {len(cycle)} annonces")
        for one, other in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            if one in seen:
                errors.append(f"{one} est deux fois dans la solution")
            seen.add(one)
            row, home = market.rows.get(one), market.rows.get(other)
            if row is None or home is None:
                errors.append(f"{one} ou {other} n’est pas dans le fichier")
                continue
            if market.empty[row] and one == cycle[-1]:
                continue
            arc = starts[row] + np.searchsorted(homes[starts[row] : starts[row + 1]], home)
            if arc == starts[row + 1] or homes[arc] != home:
                errors.append(f"{one} ne prend pas le logement de {other}")
                continue
            weight += int(weights[arc])
    return weight, errors


def _bound(
    market: Market, proof: Mapping[str, Any], longest: int, starts, homes, weights
) -> tuple[int | None, list[str]]:
    """What these prices prove, in millionths, or why they prove nothing."""
    if proof["k"] < longest or proof["scale"] != SCALE:
        return None, ["les prix ne sont pas faits pour cette longueur ou cette échelle"]
    if min(proof["prices"].values(), default=0) < 0 or any(
        one["price"] < 0 for one in proof["sets"]
    ):
        return None, ["un prix est négatif"]
    if any(
        not all(0 <= earlier < rank for earlier in one["sets"])
        for rank, one in enumerate(proof["sets"])
    ):
        return None, ["un ensemble compte un ensemble qui vient après lui"]
    priced = _priced(market, proof, longest, starts, homes, weights, lack=0)
    if priced is None:
        return None, ["trop d’échanges valent plus que leur prix"]
    raised = np.zeros(len(market), np.int64)
    np.maximum.at(raised, priced.cycles[:, 0], np.maximum(priced.short, 0))
    return priced.total + int(raised.sum()), []


def _priced(
    market: Market, proof: Mapping[str, Any], longest: int, starts, homes, weights, *, lack: int
) -> Priced | None:
    """The cycles that lack less than so much of their price, or ``None`` when they are too many."""
    prices = np.zeros(len(market), np.int64)
    for one, price in proof["prices"].items():
        prices[market.rows[one]] = price
    back = np.argsort(homes, kind="stable")
    households = np.repeat(np.arange(len(market)), np.diff(starts))
    back_starts = np.searchsorted(homes[back], np.arange(len(market) + 1))
    cycles, short = _unpaid(
        starts, homes, weights * np.int64(SCALE), back_starts, households[back],
        weights[back] * np.int64(SCALE), prices, market.empty, longest, lack,
    )  # fmt: skip
    if len(short) == MOST:
        return None
    values = (short + np.append(prices, 0)[cycles].sum(axis=1)) // SCALE
    taken = np.zeros((len(proof["sets"]), len(cycles)), np.int64)
    most, total = list[int](), int(prices.sum())
    inside = np.zeros(len(market) + 1, np.int64)
    for rank, one in enumerate(proof["sets"]):
        rows, earlier = [market.rows[listing] for listing in one["listings"]], one["sets"]
        inside[rows] = 1
        taken[rank] = (inside[cycles].sum(axis=1) + taken[earlier].sum(axis=0)) // 2
        inside[rows] = 0
        most.append((len(rows) + sum(most[other] for other in earlier)) // 2)
        price = int(one["price"])
        short = short - price * taken[rank]
        total += price * most[rank]
    near = short > -lack
    return Priced(cycles[near], values[near], taken[:, near], most, short[near], total)


def _is_best(
    market: Market,
    proof: Mapping[str, Any],
    longest: int,
    *moves: np.ndarray,
    short: int,
    weight: int,
) -> bool:
    """Whether no disjoint cycles are worth more than ``weight``, ``short`` being the bound's.

    HiGHS is asked, through SciPy, for some that are: it has to say that there are none.
    """
    priced = _priced(market, proof, longest, *moves, lack=short + 1)
    if priced is None:
        return False
    cycle, place = np.nonzero(priced.cycles >= 0)
    where = priced.cycles[cycle, place], cycle
    holds = csr_array((np.ones(len(cycle)), where), shape=(len(market), len(priced.cycles)))
    found = milp(
        -priced.values,
        integrality=np.ones(len(priced.values)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(holds, ub=1),
            LinearConstraint(csr_array(priced.taken.astype(float)), ub=priced.most),
            LinearConstraint(priced.values[None], lb=weight + 1),
        ],
    )
    return bool(found.status == NONE_EXISTS)


def _columns(market: Market, present: np.ndarray) -> tuple[np.ndarray, ...]:
    order = np.argsort(market.commune, kind="stable").astype(np.int32)
    first = np.searchsorted(market.commune[order], np.arange(len(market.commune_names) + 1))
    homes = np.stack(
        [market.rooms, market.area, market.rent, market.financing, market.accessible,
         market.floor, market.lift, market.features]
    ).T.astype(np.int32)  # fmt: skip
    wishes = np.stack(
        [market.rooms_min, market.rooms_max, market.area_min, market.max_rent, market.resources,
         market.need, market.no_ground, market.must, market.priority]
    ).T.astype(np.int32)  # fmt: skip
    return order, first, homes, wishes, market.wish_starts, market.wished, present


@njit(cache=True)
def _moves(order, first, homes, wishes, wish_starts, wished, present):
    """Starts, homes in rising order and weights, by the plain definition of a move."""
    count = len(wishes)
    starts = np.zeros(count + 1, np.int64)
    found, weights = np.empty(1024, np.int32), np.empty(1024, np.int64)
    total = 0
    for i in range(count):
        low, high, area, rent, resources, need, no_ground, must, priority = wishes[i]
        for place in range(wish_starts[i], wish_starts[i + 1]):
            for j in order[first[wished[place]] : first[wished[place] + 1]]:
                home = homes[j]
                if (
                    i == j
                    or not (present[i] and present[j])
                    or not low <= home[0] <= high
                    or home[1] < area
                    or home[2] > rent
                    or resources > home[3]
                    or (need == WHEELCHAIR and not home[4])
                    or (need == STEP_FREE and home[5] != 0 and not home[6])
                    or (no_ground and home[5] == 0)
                    or (must & home[7]) != must
                ):
                    continue
                if total == len(found):
                    more, heavier = np.empty(2 * total, np.int32), np.empty(2 * total, np.int64)
                    more[:total], heavier[:total] = found, weights
                    found, weights = more, heavier
                # Communes come in the order of the wish; homes must come in their own.
                at = total
                while at > starts[i] and found[at - 1] > j:
                    found[at], weights[at] = found[at - 1], weights[at - 1]
                    at -= 1
                found[at] = j
                weights[at] = 10 + priority + (3 if place == wish_starts[i] else 0)
                total += 1
        starts[i + 1] = total
    return starts, found[:total].copy(), weights[:total].copy()


@njit(cache=True)
def _unpaid(starts, homes, weights, back_starts, back, back_weights, prices, empty, longest, lack):
    """Cycles that lack less than so much of what they cost, and how much is missing.

    From each row, along rows above it, back to it; from an empty home, backwards along any rows.
    """
    cycles, short = np.full((MOST, 4), -1, np.int32), np.empty(MOST, np.int64)
    count = 0
    closing = np.full(len(prices), -1, np.int64)
    path, at, end = np.zeros(5, np.int64), np.zeros(5, np.int64), np.zeros(5, np.int64)
    missing = np.zeros(5, np.int64)
    for root in range(len(prices)):
        chain = empty[root]
        for arc in range(back_starts[root], back_starts[root + 1]):
            closing[back[arc]] = back_weights[arc]
        path[0], missing[0], depth = root, -prices[root], 0
        if chain:
            at[0], end[0] = back_starts[root], back_starts[root + 1]
        else:
            at[0], end[0] = starts[root], starts[root + 1]
        while depth >= 0:
            arc = at[depth]
            if arc == end[depth]:
                depth -= 1
                continue
            at[depth] += 1
            row = back[arc] if chain else homes[arc]
            if (row <= root and not chain) or row == path[depth] or (depth > 1 and row == path[1]):
                continue
            now = missing[depth] - prices[row] + (back_weights[arc] if chain else weights[arc])
            last = 0 if chain else closing[row]
            if last >= 0 and now + last > -lack and count < MOST:
                cycles[count, : depth + 1] = path[: depth + 1]
                cycles[count, depth + 1] = row
                short[count] = now + last
                count += 1
            if depth + 2 < longest:
                depth += 1
                path[depth], missing[depth] = row, now
                if chain:
                    at[depth], end[depth] = back_starts[row], back_starts[row + 1]
                else:
                    at[depth], end[depth] = starts[row], starts[row + 1]
        for arc in range(back_starts[root], back_starts[root + 1]):
            closing[back[arc]] = -1
    return cycles[:count].copy(), short[:count].copy()
