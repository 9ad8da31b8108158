"""Homes and wishes on shelves, by commune: what fits a wish, who wants a home, what closes.

A shelf is a chain of rows, the latest first. Rows are only ever added: who leaves is no longer
``open``, and whoever reads passes over them. So adding costs the same whatever the market holds.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from .compatibility import FAVOURITE, MOVE, ROOMS, fits

MIN_ROOMS, MAX_ROOMS = 6, 7
"""Where a row of ``wishes`` holds the least and the most rooms."""


class Shelves(NamedTuple):
    """The market, one row a listing; there may be more room than rows.

    ``homes`` and ``wishes`` are what ``fits`` compares. ``first_home`` begins the shelf of a
    commune, of lived-in or empty homes, and of a number of rooms; ``first_wish`` that of the
    wishes for a commune, as places in ``wished``; ``next_home`` and ``next_wish`` go on. -1 ends.
    """

    homes: np.ndarray
    wishes: np.ndarray
    commune: np.ndarray
    rooms: np.ndarray
    priority: np.ndarray
    empty: np.ndarray
    open: np.ndarray
    wish_starts: np.ndarray
    wished: np.ndarray
    wisher: np.ndarray
    next_home: np.ndarray
    next_wish: np.ndarray
    first_home: np.ndarray
    first_wish: np.ndarray


@njit(cache=True)
def shelve(s, first, last):
    """Put the rows from ``first`` until ``last`` where others find them."""
    for row in range(first, last):
        commune, empty, rooms = s.commune[row], int(s.empty[row]), s.rooms[row]
        s.next_home[row] = s.first_home[commune, empty, rooms]
        s.first_home[commune, empty, rooms] = row
        for place in range(s.wish_starts[row], s.wish_starts[row + 1]):
            s.wisher[place] = row
            s.next_wish[place] = s.first_wish[s.wished[place]]
            s.first_wish[s.wished[place]] = place


@njit(cache=True)
def homes_for(s, row, wish, wished, lived_in):
    """The rows whose homes fit this wish of a row; without ``lived_in``, empty homes only."""
    found = [np.int64(row) for _ in range(0)]
    for commune in wished:
        for empty in range(1 - int(lived_in), 2):
            for rooms in range(wish[MIN_ROOMS], wish[MAX_ROOMS] + 1):
                home = s.first_home[commune, empty, rooms]
                while home >= 0:
                    if fits(wish, s.homes[home]) and s.open[home] and home != row:
                        found.append(home)
                    home = s.next_home[home]
    return np.array(found, np.int64)


@njit(cache=True)
def takers_of(s, row):
    """The rows whose households would, and may, move into this home."""
    found = [np.int64(row) for _ in range(0)]
    home, rooms = s.homes[row], s.rooms[row]
    place = s.first_wish[s.commune[row]]
    while place >= 0:
        taker = s.wisher[place]
        if _suits(s.wishes[taker], home, rooms) and s.open[taker] and taker != row:
            found.append(taker)
        place = s.next_wish[place]
    return np.array(found, np.int64)


@njit(cache=True)
def closing(s, row, homes, takers, longest):
    """The exchanges of two or three in which this row takes one of ``homes``, or leaves its own.

    Each is three rows, in the order in which one takes the home of the next; -1 ends an exchange
    of two. An empty home stands last, and nobody has to take the first home.
    """
    found = [(row, row, row) for _ in range(0)]
    if s.empty[row]:
        for taker in takers:
            found.append((taker, row, -1))
            if longest > 2:
                for other in takers_of(s, taker):
                    found.append((other, taker, row))
        return found
    first, following = np.full(len(s.first_wish), -1), np.empty(len(takers), np.int64)
    for k, taker in enumerate(takers):
        following[k] = first[s.commune[taker]]
        first[s.commune[taker]] = k
    for home in homes:
        if s.empty[home]:
            found.append((row, home, -1))
            if longest > 2:
                for taker in takers:
                    found.append((taker, row, home))
            continue
        wish, wished = s.wishes[home], _wished(s, home)
        if longest > 2:
            for empty in homes_for(s, home, wish, wished, False):
                found.append((row, home, empty))
        for commune in wished:
            if commune == s.commune[row] and _suits(wish, s.homes[row], s.rooms[row]):
                found.append((row, home, -1))
            k = first[commune] if longest > 2 else -1
            while k >= 0:
                taker = takers[k]
                if taker != home and _suits(wish, s.homes[taker], s.rooms[taker]):
                    found.append((row, home, taker))
                k = following[k]
    return found


@njit(cache=True)
def exchanges_of(s, row, homes, longest):
    """The exchanges of a row that takes one of ``homes`` or leaves its own, and their worth."""
    found = closing(s, row, homes, takers_of(s, row), longest)
    rows, worth = np.empty((len(found), 3), np.int32), np.zeros(len(found), np.int32)
    for at, exchange in enumerate(found):
        parties = 2 if exchange[2] < 0 else 3
        for k in range(3):
            rows[at, k] = exchange[k]
        for k in range(parties):
            one, other = exchange[k], exchange[(k + 1) % parties]
            if not s.empty[one]:
                worth[at] += MOVE + s.priority[one]
                if s.wished[s.wish_starts[one]] == s.commune[other]:
                    worth[at] += FAVOURITE
    return rows, worth


@njit(cache=True)
def _wished(s, row):
    return s.wished[s.wish_starts[row] : s.wish_starts[row + 1]]


@njit(cache=True)
def _suits(wish, home, rooms):
    """Whether a home of a wished commune suits."""
    return wish[MIN_ROOMS] <= rooms <= wish[MAX_ROOMS] and fits(wish, home)
