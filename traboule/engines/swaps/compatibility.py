"""Who would, and may, move into which home: every pair that fits, and what it is worth.

Homes are kept by commune and number of rooms, cheapest first, so that each household meets only
homes where it looks, of the size that it wants, at a rent that it can pay: the time is linear in
those. Two listings fit when ``fits`` says so, and nothing else decides.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit

from .listings import NEEDS, Market

MOVE = 10
"""What any move is worth; the priority of the household is added to it."""
FAVOURITE = 3
"""What is added when the home is in the favourite commune."""
WHEELCHAIR, STEP_FREE = NEEDS.index("wheelchair"), NEEDS.index("step_free")
ROOMS = 32
"""More than any number of rooms that a listing may have."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Arcs of the market: household ``i`` would move into ``homes[starts[i]:starts[i + 1]]``.

    Homes are in rising order; ``weights`` go with them. ``empty`` says which rows are empty homes:
    a cycle through one of them is a chain, whose last home becomes free, for nothing.
    """

    starts: np.ndarray
    homes: np.ndarray
    weights: np.ndarray
    empty: np.ndarray

    def __len__(self) -> int:
        return len(self.empty)

    @cached_property
    def households(self) -> np.ndarray:
        """The row that each arc leaves."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    @cached_property
    def backwards(self) -> tuple[np.ndarray, np.ndarray]:
        """Starts by home, and the arcs that enter each home, in the order of households."""
        return _backwards(self.starts, self.homes)


def find_moves(market: Market, left_out: np.ndarray | None = None) -> Moves:
    """Every move that fits, without the rows of the mask ``left_out``."""
    absent = np.zeros(len(market), np.bool_) if left_out is None else left_out
    bucket = market.commune * ROOMS + market.rooms
    order = np.lexsort((market.rent, bucket)).astype(np.int32)
    order = order[~absent[order]]
    ends = np.searchsorted(bucket[order], np.arange(len(market.commune_names) * ROOMS + 1))
    step_free = (market.floor == 0) | market.lift
    homes = np.stack(
        [market.area, market.rent, market.financing, market.features, market.floor,
         market.accessible, step_free]
    ).T.astype(np.int32)  # fmt: skip
    wishes = np.stack(
        [market.area_min, market.max_rent, market.resources, market.must, market.need,
         market.no_ground, market.rooms_min, market.rooms_max]
    ).T.astype(np.int32)  # fmt: skip
    starts, found, favourite = _find(
        market.wish_starts, market.wished, wishes, homes, order, ends, absent | market.empty
    )
    weights = np.repeat((MOVE + market.priority).astype(np.int32), np.diff(starts))
    weights += np.int32(FAVOURITE) * favourite
    rising = _rising(starts, found)
    return Moves(starts, found[rising], weights[rising], market.empty & ~absent)


def _rising(starts: np.ndarray, homes: np.ndarray) -> np.ndarray:
    """The arcs of each household by rising home: what is turned round twice is in order."""
    arc_starts, arcs = _backwards(starts, homes)
    households = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    return arcs[_backwards(arc_starts, households[arcs])[1]]


@njit(cache=True)
def fits(wish, home):
    """Whether a home of a wished commune and size fits a wish; both as rows of ``find_moves``."""
    area_min, max_rent, resources, must, need, no_ground = wish[:6]
    area, rent, financing, features, floor, accessible, step_free = home
    return (
        area >= area_min
        and rent <= max_rent
        and resources <= financing
        and must & ~features == 0
        and not (need == WHEELCHAIR and not accessible)
        and not (need == STEP_FREE and not step_free)
        and not (no_ground and floor == 0)
    )


@njit(cache=True)
def _longer(column):
    """The same column with as much room again."""
    longer = np.empty(2 * len(column), column.dtype)
    longer[: len(column)] = column
    return longer


@njit(cache=True)
def _find(wish_starts, wished, wishes, homes, order, ends, still):
    """Starts, homes and whether the commune is the favourite, of all that fits."""
    count = len(wishes)
    starts = np.zeros(count + 1, np.int64)
    found = np.empty(max(16, 8 * count), np.int32)
    favourite = np.empty(len(found), np.int32)
    total = 0
    for i in range(count):
        if not still[i]:
            wish = wishes[i]
            for place in range(wish_starts[i], wish_starts[i + 1]):
                low = wished[place] * ROOMS + wish[6]
                for bucket in range(low, low + wish[7] - wish[6] + 1):
                    for at in range(ends[bucket], ends[bucket + 1]):
                        j = order[at]
                        if homes[j, 1] > wish[1]:
                            break
                        if j != i and fits(wish, homes[j]):
                            if total == len(found):
                                found, favourite = _longer(found), _longer(favourite)
                            found[total] = j
                            favourite[total] = place == wish_starts[i]
                            total += 1
        starts[i + 1] = total
    return starts, found[:total].copy(), favourite[:total].copy()


@njit(cache=True)
def _backwards(starts, homes):
    count = len(starts) - 1
    ends = np.zeros(count + 1, np.int64)
    for home in homes:
        ends[home + 1] += 1
    ends = np.cumsum(ends)
    free, arcs = ends[:-1].copy(), np.empty(len(homes), np.int64)
    for arc in range(len(homes)):
        arcs[free[homes[arc]]] = arc
        free[homes[arc]] += 1
    return ends, arcs
