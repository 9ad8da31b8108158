"""Cuts: what prices of single listings cannot see.

Each listing is in one cycle at most. Of an odd set of listings, disjoint cycles can hold two at a
time, and one is always left over: the sum over cycles of ``len(cycle & set) // 2`` is at most
``len(set) // 2``. A cut is such a sum; it may count earlier cuts beside listings, each with what it
allows. A fraction of cycles may break it while it breaks none of those that it is made of; then it
gets a price of its own. Cuts are found by elimination modulo two over what the fraction fills.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit

ORDERS = 8
"""How many orders of elimination are tried at a time."""
NOISE = 0.3
LARGEST = 99
AT_ONCE, PER_MEMBER = 200, 6
NEARLY_FULL = 0.3
"""What a cut may have to spare to be part of another."""
FOUND = 400
"""Sums that one order may find."""
SEEN, BROKEN = 1e-6, 1e-3


class Cut(NamedTuple):
    """Rows of listings and ranks of earlier cuts, and the most that disjoint cycles take of it."""

    listings: tuple[int, ...]
    cuts: tuple[int, ...]
    most: int


def new_cut(listings: Sequence[int], cuts: Sequence[int], earlier: Sequence[Cut]) -> Cut:
    """Half of what all these allow together."""
    most = (len(listings) + sum(earlier[rank].most for rank in cuts)) // 2
    return Cut(tuple(listings), tuple(cuts), most)


def taken_of(
    cuts: Sequence[Cut], rows: np.ndarray, count: int, known: np.ndarray | None = None
) -> np.ndarray:
    """How much of each cut each cycle takes, one line a cut; the first lines may be known."""
    first = 0 if known is None else len(known)
    taken = np.zeros((len(cuts), len(rows)), np.int16)
    if known is not None:
        taken[:first] = known
    inside = np.zeros(count + 1, np.int16)
    for rank, cut in enumerate(cuts[first:], first):
        listings = list(cut.listings)
        inside[listings] = 1
        taken[rank] = (inside[rows].sum(axis=1) + taken[list(cut.cuts)].sum(axis=0)) // 2
        inside[listings] = 0
    return taken


def needed(cuts: Sequence[Cut], priced: Sequence[int]) -> list[int]:
    """The ranks of these cuts and of all that they are made of, in order."""
    kept, waiting = set(priced), list(priced)
    while waiting:
        for rank in cuts[waiting.pop()].cuts:
            if rank not in kept:
                kept.add(rank)
                waiting.append(rank)
    return sorted(kept)


def taken_alone(cuts: Sequence[Cut], ranks: Sequence[int]) -> list[Cut]:
    """The cuts of these ranks, which hold all that they are made of, as a list of their own."""
    place = {rank: at for at, rank in enumerate(ranks)}
    return [
        cuts[rank]._replace(cuts=tuple(place[one] for one in cuts[rank].cuts)) for rank in ranks
    ]


def broken_cuts(
    rows: np.ndarray,
    shares: np.ndarray,
    cuts: Sequence[Cut],
    taken: np.ndarray,
    count: int,
    chance: np.random.Generator,
) -> list[Cut]:
    """Cuts that these shares of cycles break, the most broken first, few by listing."""
    there = shares > SEEN
    full = np.zeros(count + 1)
    np.add.at(full, rows[there], shares[there, None])
    part = there & (shares < 1 - SEEN)
    listings = np.unique(rows[part][rows[part] >= 0])
    most = np.array([cut.most for cut in cuts], np.int64)
    spare = most - taken[:, there] @ shares[there]
    near = np.flatnonzero(spare < NEARLY_FULL)
    odd = (taken[near] & 1).astype(np.bool_)
    cycles = np.flatnonzero(part | (there & odd.any(axis=0)))
    holds = np.zeros((count + 1, len(cycles)), np.bool_)
    cycle, place = np.nonzero(rows[cycles] >= 0)
    holds[rows[cycles][cycle, place], cycle] = True
    matrix = np.concatenate([holds[listings], odd[:, cycles]])
    loose = np.maximum(0, np.concatenate([1 - full[listings], spare[near]]))
    parity = np.concatenate([np.ones(len(listings), np.bool_), most[near] % 2 == 1])
    sums, excesses = list[np.ndarray](), list[np.ndarray]()
    for attempt in range(ORDERS):
        noise = NOISE * bool(attempt) * chance.random(len(cycles))
        order = np.argsort(noise - shares[cycles], kind="stable")
        members, excess = _eliminate(matrix, shares[cycles], loose, parity, order)
        sums.append(members)
        excesses.append(excess)
    members, order = np.concatenate(sums), np.argsort(-np.concatenate(excesses), kind="stable")
    kept = [np.flatnonzero(members[rank]) for rank in _spread(members, order)]
    return [
        new_cut(
            listings[ranks[ranks < len(listings)]].tolist(),
            near[ranks[ranks >= len(listings)] - len(listings)].tolist(),
            cuts,
        )
        for ranks in kept
    ]


@njit(cache=True, fastmath={"reassoc", "contract"})
def _eliminate(matrix, shares, spare, parity, order):
    """Odd sums that are broken, on the way: what each is made of, and by how much."""
    count, width = matrix.shape
    matrix, loose, odd = matrix.copy(), spare.copy(), parity.copy()
    combined = np.eye(count, dtype=np.bool_)
    alive, filled = np.ones(count, np.bool_), matrix.sum(axis=1)
    members, excess = np.empty((FOUND, count), np.bool_), np.empty(FOUND)
    found = 0
    for cycle in order:
        pivot, least = -1, np.inf
        for row in range(count):
            if alive[row] and matrix[row, cycle] and loose[row] + 1e-3 * filled[row] < least:
                pivot, least = row, loose[row] + 1e-3 * filled[row]
        if pivot < 0:
            continue
        alive[pivot] = False
        for row in range(count):
            if not alive[row] or not matrix[row, cycle]:
                continue
            left, slack, many, full = 0.0, 0.0, 0, 0
            for at in range(count):
                combined[row, at] ^= combined[pivot, at]
                many += combined[row, at]
                slack += spare[at] * combined[row, at]
            loose[row] = slack
            odd[row] ^= odd[pivot]
            if slack >= 1:
                alive[row] = False
                continue
            for at in range(width):
                matrix[row, at] ^= matrix[pivot, at]
                full += matrix[row, at]
                left += shares[at] * matrix[row, at]
            filled[row] = full
            much = 1 - left - slack
            if odd[row] and much > BROKEN and many <= LARGEST and found < FOUND:
                members[found], excess[found] = combined[row], much
                found += 1
    return members[:found], excess[:found]


@njit(cache=True)
def _spread(members, order):
    """The first of them, none twice, so that no listing and no earlier cut is in many."""
    times = np.zeros(members.shape[1], np.int64)
    kept, count = np.empty(AT_ONCE, np.int64), 0
    for rank in order:
        new = count < AT_ONCE and not (members[rank] & (times >= PER_MEMBER)).any()
        for other in kept[:count]:
            new = new and (members[rank] != members[other]).any()
        if new:
            kept[count] = rank
            count += 1
            times += members[rank]
    return kept[:count]
