"""Why a home fits a wish, why nothing does, and what a little more room in the wish would open.

Nothing here is a sentence: criteria and changes are codes, for others to say in their words. What
a household cannot do without, an income ceiling or a need to come in without steps, is explained
and never bargained over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numba import njit

from .compatibility import STEP_FREE, WHEELCHAIR
from .listings import FEATURES
from .online import Index
from .shelves import MAX_ROOMS, MIN_ROOMS, homes_for, takers_of

AREA_MIN, MAX_RENT, RESOURCES, MUST, NEED, NO_GROUND = range(6)
AREA, RENT, FINANCING, HAS, FLOOR, ACCESSIBLE, WITHOUT_STEPS = range(7)
"""Where the rows of wishes and of homes hold what."""


class Criterion(StrEnum):
    """What a home is judged on, in the order of the bits of ``_unmet``."""

    COMMUNE = "commune"
    ROOMS = "rooms"
    AREA = "area"
    RENT = "rent"
    CEILING = "ceiling"
    STEP_FREE = "step_free"
    WHEELCHAIR = "wheelchair"
    NO_GROUND = "no_ground"
    BALCONY = "balcony"
    PARKING = "parking"
    GARDEN = "garden"
    CELLAR = "cellar"
    BATH = "bath"
    SHOWER = "shower"
    SEPARATE_KITCHEN = "separate_kitchen"
    BIKE_ROOM = "bike_room"


CRITERIA = len(Criterion)
FEATURE_BIT = CRITERIA - len(FEATURES)


@dataclass(frozen=True)
class Point:
    """What is wanted, what is there, and whether that will do.

    Wanted are communes, the least and the most rooms, the least area, the highest rent, the
    household's own rank of income (for a home of that rank or more), or a plain yes.
    """

    criterion: Criterion
    wanted: object
    there: object
    met: bool


@dataclass(frozen=True)
class Reasons:
    """Of so many homes in reach, how many fit, and how many more but for one criterion alone.

    ``takers`` would move into the home that is left: where it is 0, no exchange can be.
    """

    in_reach: int
    fitting: int
    takers: int
    alone: tuple[tuple[Criterion, int], ...]


class Change(StrEnum):
    """How a wish may give way, a little and on one point."""

    COMMUNE = "commune"
    FEWER_ROOMS = "fewer_rooms"
    MORE_ROOMS = "more_rooms"
    RENT = "rent"
    AREA = "area"
    GROUND = "ground"
    FEATURE = "feature"


@dataclass(frozen=True)
class Opening:
    """With this change, to ``value``, so many more homes and exchanges are open."""

    change: Change
    value: object
    homes: int
    exchanges: int


def why(index: Index, one: str, home: str) -> tuple[Point, ...]:
    """How a home meets each criterion that a listing has set; it fits when all are met."""
    s, row, other = index.shelves, index.rows[one], index.rows[home]
    wish, wished = index.wish(row)
    there = s.homes[other]
    met = _unmet(wish, there, s.rooms[other], s.commune[other] in wished)
    names, commune = index.commune_names, s.commune[other]
    pairs = {
        Criterion.COMMUNE: (tuple(names[rank] for rank in wished), names[commune]),
        Criterion.ROOMS: ((int(wish[MIN_ROOMS]), int(wish[MAX_ROOMS])), int(s.rooms[other])),
        Criterion.AREA: (int(wish[AREA_MIN]), int(there[AREA])),
        Criterion.RENT: (int(wish[MAX_RENT]), int(there[RENT])),
        Criterion.CEILING: (int(wish[RESOURCES]), int(there[FINANCING])),
        Criterion.STEP_FREE: (wish[NEED] == STEP_FREE, bool(there[WITHOUT_STEPS])),
        Criterion.WHEELCHAIR: (wish[NEED] == WHEELCHAIR, bool(there[ACCESSIBLE])),
        Criterion.NO_GROUND: (bool(wish[NO_GROUND]), bool(there[FLOOR])),
        **{
            Criterion(name): (bool(wish[MUST] >> bit & 1), bool(there[HAS] >> bit & 1))
            for bit, name in enumerate(FEATURES)
        },
    }
    return tuple(
        Point(criterion, wanted, found, not met >> bit & 1)
        for bit, (criterion, (wanted, found)) in enumerate(pairs.items())
        if criterion == Criterion.CEILING or wanted
    )


def why_none(index: Index, one: str, *, within: float = 30.0) -> Reasons:
    """What keeps a listing from the homes so many kilometres around where it lives or looks."""
    row = index.rows[one]
    wish, wished = index.wish(row)
    in_reach = _distances(index, row) <= within
    is_wished = np.zeros(len(in_reach), np.bool_)
    is_wished[wished] = True
    seen, counts = _count(index.shelves, row, len(index.ids), wish, in_reach, is_wished)
    alone = [(criterion, int(counts[at])) for at, criterion in enumerate(Criterion) if counts[at]]
    return Reasons(
        in_reach=seen,
        fitting=int(counts[-1]),
        takers=len(takers_of(index.shelves, row)),
        alone=tuple(sorted(alone, key=lambda one: -one[1])),
    )


def what_if(index: Index, one: str, *, communes: int = 12) -> list[Opening]:
    """What each small change would open, those that open most exchanges, then homes, first.

    Of the communes not asked for, the nearest to where the listing lives or looks are tried.
    """
    row = index.rows[one]
    before = homes_for(index.shelves, row, *index.wish(row), True)
    openings = []
    for change, value, wish, wished in _relaxed(index, row, communes):
        fitting = homes_for(index.shelves, row, wish, wished, True)
        homes = np.setdiff1d(fitting, before, assume_unique=True)
        if len(homes):
            exchanges = len(index.cycles(index.shelves, row, homes)[0])
            openings.append(Opening(change, value, len(homes), exchanges))
    return sorted(openings, key=lambda one: (-one.exchanges, -one.homes))


def _relaxed(
    index: Index, row: int, communes: int
) -> Iterator[tuple[Change, object, np.ndarray, np.ndarray]]:
    """Each change with its value, and the wish as it would be; of new communes, those alone."""
    wish, wished = index.wish(row)

    def giving(column: int, value: int) -> np.ndarray:
        changed = wish.copy()
        changed[column] = value
        return changed

    for rank in _nearest(index, row, communes):
        yield Change.COMMUNE, index.commune_names[rank], wish, np.array([rank], np.int32)
    fewer, more = int(wish[MIN_ROOMS]) - 1, int(wish[MAX_ROOMS]) + 1
    if fewer:
        yield Change.FEWER_ROOMS, fewer, giving(MIN_ROOMS, fewer), wished
    yield Change.MORE_ROOMS, more, giving(MAX_ROOMS, more), wished
    rent, area = int(wish[MAX_RENT]) * 11 // 10, int(wish[AREA_MIN]) * 9 // 10
    yield Change.RENT, rent, giving(MAX_RENT, rent), wished
    yield Change.AREA, area, giving(AREA_MIN, area), wished
    if wish[NO_GROUND]:
        yield Change.GROUND, True, giving(NO_GROUND, 0), wished
    for bit, name in enumerate(FEATURES):
        if wish[MUST] >> bit & 1:
            yield Change.FEATURE, name, giving(MUST, wish[MUST] & ~(1 << bit)), wished


def _distances(index: Index, row: int) -> np.ndarray:
    """From every commune to the nearest of those where a listing lives or looks, in kilometres.

    A commune is where its homes are on average; one that never had a home is infinitely far.
    """
    x, y, homes = index.positions[: len(index.commune_names)].T
    homes = np.where(homes > 0, homes, np.nan)
    x, y = x / homes, y / homes
    squares = np.full(len(homes), np.inf)
    for rank in {int(index.shelves.commune[row]), *index.wish(row)[1].tolist()}:
        squares = np.fmin(squares, (x - x[rank]) ** 2 + (y - y[rank]) ** 2)
    return np.sqrt(squares)


def _nearest(index: Index, row: int, most: int) -> list[int]:
    """The communes nearest to where a listing lives or looks, among those not asked for."""
    away = _distances(index, row)
    away[index.wish(row)[1]] = np.inf
    order = np.argsort(away, kind="stable")[:most]
    return [int(rank) for rank in order if np.isfinite(away[rank])]


@njit(cache=True)
def _unmet(wish, home, rooms, in_commune):
    """The criteria that a home does not meet, one bit each."""
    unmet = 0
    if not in_commune:
        unmet |= 1
    if not wish[MIN_ROOMS] <= rooms <= wish[MAX_ROOMS]:
        unmet |= 2
    if home[AREA] < wish[AREA_MIN]:
        unmet |= 4
    if home[RENT] > wish[MAX_RENT]:
        unmet |= 8
    if home[FINANCING] < wish[RESOURCES]:
        unmet |= 16
    if wish[NEED] == STEP_FREE and not home[WITHOUT_STEPS]:
        unmet |= 32
    if wish[NEED] == WHEELCHAIR and not home[ACCESSIBLE]:
        unmet |= 64
    if wish[NO_GROUND] and home[FLOOR] == 0:
        unmet |= 128
    return unmet | (wish[MUST] & ~home[HAS]) << FEATURE_BIT


@njit(cache=True)
def _count(s, row, rows, wish, in_reach, is_wished):
    """How many homes are in reach; of them, per criterion, those it alone rules out; who fit."""
    seen, counts = 0, np.zeros(CRITERIA + 1, np.int64)
    for home in range(rows):
        if s.open[home] and home != row and in_reach[s.commune[home]]:
            seen += 1
            unmet = _unmet(wish, s.homes[home], s.rooms[home], is_wished[s.commune[home]])
            if unmet == 0:
                counts[-1] += 1
            elif unmet & (unmet - 1) == 0:
                bit = 0
                while unmet >> bit != 1:
                    bit += 1
                counts[bit] += 1
    return seen, counts
