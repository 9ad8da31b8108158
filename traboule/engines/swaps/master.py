"""The programme over listed cycles: its prices in fractions, its best set in whole cycles.

HiGHS solves both. It must not run in a process that is forked later.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from scipy.sparse import csr_matrix, hstack

from .cuts import OddSet, covered
from .cycles import Cycles
from .prices import paid

INFINITY = highspy.kHighsInf


class Master:
    """Shares of cycles that fill no listing and no odd set beyond what it holds."""

    def __init__(self, count: int, cycles: Cycles, sets: Sequence[OddSet] = ()) -> None:
        self.count, self.cycles, self.sets = count, cycles, list[OddSet]()
        self.highs = _highs()
        self.highs.addRows(count, np.full(count, -INFINITY), np.ones(count), 0, *_nothing(count))
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._add_columns(cycles)
        self.add_sets(sets)

    def add(self, cycles: Cycles) -> None:
        """More cycles."""
        self._add_columns(cycles)
        self.cycles = Cycles(
            np.concatenate([self.cycles.rows, cycles.rows]),
            np.concatenate([self.cycles.values, cycles.values]),
        )

    def _add_columns(self, cycles: Cycles) -> None:
        columns = incidence(cycles.rows, self.count, self.sets)
        many = len(cycles)
        self.highs.addCols(
            many, cycles.values.astype(float), np.zeros(many), np.full(many, INFINITY),
            columns.nnz, columns.indptr[:-1], columns.indices, columns.data,
        )  # fmt: skip

    def add_sets(self, sets: Sequence[OddSet]) -> None:
        """More odd sets, each a row."""
        for one in sets:
            pairs = covered(self.cycles.rows, one, self.count)
            held = np.flatnonzero(pairs).astype(np.int32)
            most = float(len(one) // 2)
            self.highs.addRow(-INFINITY, most, len(held), held, pairs[held].astype(float))
        self.sets += sets

    def solve(self, seconds: float) -> bool:
        """Whether the best shares were found in that time; ``shares`` and prices follow."""
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(0.01, seconds))
        run(self.highs)
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        solution = self.highs.getSolution()
        self.shares = np.array(solution.col_value)
        duals = np.abs(np.array(solution.row_dual))
        self.prices, self.set_prices = duals[: self.count], duals[self.count :]
        self.worth = float(self.highs.getInfo().objective_function_value)
        return True


def best_set(
    count: int,
    cycles: Cycles,
    sets: Sequence[OddSet],
    chosen: np.ndarray,
    *,
    nodes: int,
    seconds: float,
) -> np.ndarray:
    """Ranks of the best disjoint cycles that are found soon, no worse than ``chosen``."""
    rows = np.unique(cycles.rows[cycles.rows >= 0])
    columns = incidence(cycles.rows, count, sets)
    kept = np.concatenate([rows, count + np.arange(len(sets))])
    columns = columns[:, kept].tocsr()
    highs = _highs()
    most = np.concatenate([np.ones(len(rows)), [len(one) // 2 for one in sets]])
    highs.addRows(len(most), np.full(len(most), -INFINITY), most, 0, *_nothing(len(most)))
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    many = len(cycles)
    highs.addCols(
        many, cycles.values.astype(float), np.zeros(many), np.ones(many),
        columns.nnz, columns.indptr[:-1], columns.indices, columns.data,
    )  # fmt: skip
    whole = np.full(many, highspy.HighsVarType.kInteger)
    highs.changeColsIntegrality(many, np.arange(many, dtype=np.int32), whole)
    highs.setOptionValue("mip_max_nodes", nodes)
    highs.setOptionValue("time_limit", max(0.01, seconds))
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setSolution(len(chosen), chosen.astype(np.int32), np.ones(len(chosen)))
    run(highs)
    found = np.flatnonzero(np.array(highs.getSolution().col_value) > 0.5)
    return found if cycles.values[found].sum() >= cycles.values[chosen].sum() else chosen


def incidence(rows: np.ndarray, count: int, sets: Sequence[OddSet]) -> csr_matrix:
    """One row a cycle: the listings that it holds, then how many pairs of each set."""
    cycle, place = np.nonzero(rows >= 0)
    listings = csr_matrix(
        (np.ones(len(cycle)), (cycle, rows[cycle, place])), shape=(len(rows), count)
    )
    if not sets:
        return _small(listings)
    pairs = [csr_matrix(covered(rows, one, count)[:, None].astype(float)) for one in sets]
    return _small(hstack([listings, *pairs]).tocsr())


def lacking(
    cycles: Cycles, prices: np.ndarray, sets: Sequence[OddSet], set_prices: np.ndarray
) -> np.ndarray:
    """By how much each cycle is worth less than it costs."""
    lack = paid(cycles.rows, prices) - cycles.values
    for one, price in zip(sets, set_prices, strict=True):
        if price > 0:
            lack += price * covered(cycles.rows, one, len(prices))
    return lack


def _small(matrix: csr_matrix) -> csr_matrix:
    matrix.indptr, matrix.indices = matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32)
    return matrix


def run(highs: highspy.Highs) -> None:
    """Solve, or raise RuntimeError: what HiGHS holds after an error is no solution."""
    if highs.run() == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused to run")


def _highs() -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("log_to_console", False)
    highs.setOptionValue("threads", 1)
    return highs


def _nothing(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.zeros(count, np.int32), np.zeros(0, np.int32), np.zeros(0)
