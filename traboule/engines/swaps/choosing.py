"""The worthiest groups that share nobody, among groups all written down, and a bound on any other.

Prices of listings come from a linear programme to which groups are added while they are worth more
than their listings cost; a whole-number programme then chooses among the groups that the prices
hardly rule out.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from .master import Silent, run

ADDED_AT_ONCE = 3000
CONSIDERED = 5
"""For each listing, groups among which whole numbers are sought."""
ALL_CONSIDERED = 5000
"""With no more groups than that, all of them are: the choice is then the best there is."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The ranks of the groups chosen, what they are worth, and a bound on any other choice."""

    ranks: np.ndarray
    value: float
    upper_bound: float

    @property
    def gap(self) -> float:
        """How much more another choice may be worth at most, as a share of this one."""
        return self.upper_bound / self.value - 1 if self.value else 0.0


def choose(
    groups: np.ndarray, values: np.ndarray, *, gap: float = 1e-3, time_limit: float = 60.0
) -> Choice:
    """Choose among groups, rows of listings that end with -1 when shorter, worth ``values``.

    It stops when the bound is so near, or when time is up: only then may two runs differ.
    """
    if not len(groups):
        return Choice(np.zeros(0, np.int64), 0.0, 0.0)
    held, listing = groups >= 0, np.zeros_like(groups)
    names, listing[held] = np.unique(groups[held], return_inverse=True)
    excess, bound = _price(len(names), held, listing, values)
    most = max(ALL_CONSIDERED, CONSIDERED * len(names))
    considered = np.sort(np.argsort(-excess, kind="stable")[:most])
    programme = _programme(len(names))
    programme.setOptionValue("mip_rel_gap", gap)
    programme.setOptionValue("time_limit", time_limit)
    _add(programme, held[considered], listing[considered], values[considered])
    every = np.arange(len(considered), dtype=np.int32)
    whole = np.full(len(every), highspy.HighsVarType.kInteger)
    programme.changeColsIntegrality(len(every), every, whole)
    run(programme)
    ranks = considered[np.array(programme.getSolution().col_value) > 0.5]
    return Choice(ranks, float(values[ranks].sum()), bound)


def _price(
    listings: int, held: np.ndarray, listing: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, float]:
    """What each group is worth above the prices of its listings, at best, and their sum."""
    programme = _programme(listings)
    excess, new = values / held.sum(axis=1), np.argsort(-values, kind="stable")[:ADDED_AT_ONCE]
    inside = np.zeros(len(values), np.bool_)
    while len(new):
        inside[new] = True
        _add(programme, held[new], listing[new], values[new])
        run(programme)
        prices = np.maximum(programme.getSolution().row_dual, 0)
        excess = values - np.where(held, prices[listing], 0).sum(axis=1)
        worth_it = np.flatnonzero((excess > 1e-7) & ~inside)
        new = worth_it[np.argsort(-excess[worth_it], kind="stable")[:ADDED_AT_ONCE]]
    return excess, float(prices.sum())


def _programme(listings: int) -> highspy.Highs:
    """Each listing at most once, no group yet."""
    programme = Silent()
    programme.changeObjectiveSense(highspy.ObjSense.kMaximize)
    # One, as in ``master``: a process that has run HiGHS with some threads runs it with no other.
    programme.setOptionValue("threads", 1)
    none, zeros = np.zeros(0), np.zeros(listings, np.int32)
    lower, upper = np.full(listings, -highspy.kHighsInf), np.ones(listings)
    programme.addRows(listings, lower, upper, 0, zeros, none.astype(np.int32), none)
    return programme


def _add(
    programme: highspy.Highs, held: np.ndarray, listing: np.ndarray, values: np.ndarray
) -> None:
    """Let these groups be chosen."""
    count, entries = len(values), listing[held].astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(held.sum(axis=1))[:-1]]).astype(np.int32)
    lower, upper = np.zeros(count), np.full(count, highspy.kHighsInf)
    costs = values.astype(float)
    programme.addCols(
        count, costs, lower, upper, len(entries), starts, entries, np.ones(len(entries))
    )
