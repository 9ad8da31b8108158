"""A market kept open: listings arrive, change and leave, and their exchanges are known at once.

Nothing is built again: what a listing makes possible is looked up on the shelves of its communes,
in milliseconds among hundreds of thousands. The best set of all exchanges is the work of a night
(``packing``); in between, ``repairing`` mends it where someone declined.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .compatibility import ROOMS
from .listings import Market
from .shelves import Shelves, exchanges_of, homes_for, shelve, takers_of

Refusal = tuple[str, str]
"""A household, and the home that it does not want after all, by their listings."""


@dataclass(frozen=True)
class Exchange:
    """Listings each of which takes the home of the next, and what their moves are worth.

    A chain ends with an empty home, and leaves the first home free.
    """

    ids: tuple[str, ...]
    weight: int


class Index:
    """The listings of a market that are open, found by where they are and what they look for.

    Whoever is under way in an exchange is ``held``: nobody meets them until they are released.
    """

    def __init__(self, market: Market) -> None:
        self.ids: list[str] = []
        self.rows: dict[str, int] = {}
        self.communes: dict[str, int] = {}
        self.commune_names: list[str] = []
        self.shelves = _no_shelves()
        self.positions = np.zeros((0, 3))  # Of each commune: sums of x and y, and how many.
        self._refused = np.zeros(0, np.int64)
        self.arrive(market)

    def arrive(self, listings: Market) -> None:
        """Open these listings; one whose id is known takes the place of what it said before."""
        ranks = np.array([self._rank(name) for name in listings.commune_names], np.int32)
        first, last = len(self.ids), len(self.ids) + len(listings)
        self._make_room(last, len(listings.wished))
        commune = ranks[listings.commune] if len(listings) else listings.commune
        s, wished = self.shelves, self.shelves.wish_starts[first]
        s.wished[wished : wished + len(listings.wished)] = ranks[listings.wished]
        s.wish_starts[first : last + 1] = wished + listings.wish_starts
        s.homes[first:last], s.wishes[first:last] = _tables(listings)
        s.commune[first:last] = commune
        s.rooms[first:last] = listings.rooms
        s.priority[first:last] = listings.priority
        s.empty[first:last] = listings.empty
        s.open[first:last] = True
        ones = np.ones(len(listings))
        np.add.at(self.positions, commune, np.stack([listings.x, listings.y, ones], axis=1))
        for row, one in enumerate(listings.ids.tolist(), start=first):
            if (before := self.rows.get(one)) is not None:
                s.open[before] = False
            self.rows[one] = row
            self.ids.append(one)
        shelve(s, first, last)

    def leave(self, one: str) -> None:
        """Close a listing for good. Raises KeyError when there is none of that id."""
        self.shelves.open[self.rows.pop(one)] = False

    def hold(self, ids: Iterable[str]) -> None:
        """Keep these out of other exchanges: theirs is under way."""
        self.shelves.open[[self.rows[one] for one in ids]] = False

    def release(self, ids: Iterable[str]) -> None:
        """Let these be met again."""
        self.shelves.open[[self.rows[one] for one in ids]] = True

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Never propose these homes to these households again, until one of the two changes."""
        pairs = [(self.rows[household], self.rows[home]) for household, home in refusals]
        keys = np.array([_key(*pair) for pair in pairs], np.int64)
        self._refused = np.union1d(self._refused, keys)

    def homes(self, one: str) -> list[str]:
        """The listings whose homes fit the wish of this one."""
        row = self.rows[one]
        found = homes_for(self.shelves, row, *self.wish(row), True)
        return self._names(found[~self._is_refused(row, found)])

    def takers(self, one: str) -> list[str]:
        """The listings whose households would, and may, move into this home."""
        row = self.rows[one]
        found = takers_of(self.shelves, row)
        return self._names(found[~self._is_refused(found, row)])

    def exchanges(self, one: str, *, max_length: int = 3, most: int | None = None) -> list[Exchange]:
        """The exchanges that this listing makes possible, the best first, and no more than that."""
        row = self.rows[one]
        homes = homes_for(self.shelves, row, *self.wish(row), True)
        rows, worth = self.cycles(self.shelves, row, homes, max_length)
        best = np.lexsort((rows[:, 1], rows[:, 0], rows[:, 2] >= 0, -worth))[:most]
        return [self.exchange(rows[at], worth[at]) for at in best]

    def cycles(
        self, shelves: Shelves, row: int, homes: np.ndarray, max_length: int = 3
    ) -> tuple[np.ndarray, np.ndarray]:
        """The exchanges of a row with these homes that nobody refused, as rows, and their worth."""
        rows, worth = exchanges_of(shelves, row, homes, max_length)
        if not len(self._refused):
            return rows, worth
        two = rows[:, 2] < 0
        after = np.stack([rows[:, 1], np.where(two, rows[:, 0], rows[:, 2]), rows[:, 0]], axis=1)
        wanted = ~self._is_refused(rows.astype(np.int64), after).any(axis=1)
        return rows[wanted], worth[wanted]

    def exchange(self, rows: np.ndarray, worth: int) -> Exchange:
        """The exchange of these rows, by the ids of its listings."""
        return Exchange(tuple(self._names(rows[rows >= 0])), int(worth))

    def wish(self, row: int) -> tuple[np.ndarray, np.ndarray]:
        """What a row looks for, and in which communes."""
        starts = self.shelves.wish_starts
        return self.shelves.wishes[row], self.shelves.wished[starts[row] : starts[row + 1]]

    def _names(self, rows: np.ndarray) -> list[str]:
        return [self.ids[row] for row in rows]

    def _is_refused(self, household: np.ndarray | int, home: np.ndarray | int) -> np.ndarray:
        return np.isin(_key(household, home), self._refused)

    def _rank(self, name: str) -> int:
        rank = self.communes.setdefault(name, len(self.communes))
        if rank == len(self.commune_names):
            self.commune_names.append(name)
        return rank

    def _make_room(self, rows: int, more_wished: int) -> None:
        """Double the columns that would not hold so many rows, wishes and communes."""
        s = self.shelves
        by_row = s._fields[: s._fields.index("wish_starts")]
        wished = int(s.wish_starts[len(self.ids)]) + more_wished
        needs = dict.fromkeys((*by_row, "next_home"), rows) | {
            "wish_starts": rows + 1,
            **dict.fromkeys(("wished", "wisher", "next_wish"), wished),
            **dict.fromkeys(("first_home", "first_wish"), len(self.communes)),
        }
        self.shelves = s._replace(
            **{name: _longer(getattr(s, name), need) for name, need in needs.items()}
        )
        self.positions = _longer(self.positions, len(self.communes), fill=0)


def _key(household: np.ndarray | int, home: np.ndarray | int) -> np.ndarray | int:
    return household << 32 | home


def _longer(column: np.ndarray, need: int, fill: int = -1) -> np.ndarray:
    """The same column, or one that holds as much as is needed and half as much again."""
    if need <= len(column):
        return column
    longer = np.full((need + need // 2, *column.shape[1:]), fill, column.dtype)
    longer[: len(column)] = column
    return longer


def _no_shelves() -> Shelves:
    def column(kind: type, *shape: int) -> np.ndarray:
        return np.zeros(shape or (0,), kind)

    whole, flag = np.int32, np.bool_
    return Shelves(
        homes=column(whole, 0, 7),
        wishes=column(whole, 0, 8),
        commune=column(whole),
        rooms=column(whole),
        priority=column(whole),
        empty=column(flag),
        open=column(flag),
        wish_starts=column(np.int64, 1),
        wished=column(whole),
        wisher=column(whole),
        next_home=column(whole),
        next_wish=column(np.int64),
        first_home=column(whole, 0, 2, ROOMS),
        first_wish=column(np.int64),
    )


def _tables(market: Market) -> tuple[np.ndarray, np.ndarray]:
    """Homes and wishes as ``fits`` compares them."""
    step_free = (market.floor == 0) | market.lift
    homes = [market.area, market.rent, market.financing, market.features, market.floor,
             market.accessible, step_free]  # fmt: skip
    wishes = [market.area_min, market.max_rent, market.resources, market.must, market.need,
              market.no_ground, market.rooms_min, market.rooms_max]  # fmt: skip
    return np.stack(homes, axis=1).astype(np.int32), np.stack(wishes, axis=1).astype(np.int32)
