"""The programme over listed cycles: its prices in fractions, its best set in whole cycles.

HiGHS solves both. It must not run in a process that is forked later.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from scipy.sparse import csr_matrix, hstack

from .cuts import Cut, needed, taken_alone, taken_of
from .cycles import Cycles
from .prices import paid

INFINITY = highspy.kHighsInf
SEEN = 1e-6


class Master:
    """Shares of cycles that fill no listing and no cut beyond what it allows."""

    def __init__(self, count: int, cycles: Cycles) -> None:
        self.count, self.cycles, self.cuts = count, cycles, list[Cut]()
        self.taken, self.solved = taken_of((), cycles.rows, count), False
        self.highs = _highs()
        self.highs.addRows(count, np.full(count, -INFINITY), np.ones(count), 0, *_nothing(count))
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._add_columns(cycles, self.taken)

    def add(self, cycles: Cycles) -> None:
        """More cycles."""
        taken = taken_of(self.cuts, cycles.rows, self.count)
        self._add_columns(cycles, taken)
        self.taken = np.concatenate([self.taken, taken], axis=1)
        self.cycles = self.cycles.join(cycles)

    def _add_columns(self, cycles: Cycles, taken: np.ndarray) -> None:
        columns = incidence(cycles.rows, self.count, taken)
        many = len(cycles)
        self.highs.addCols(
            many, cycles.values.astype(float), np.zeros(many), np.full(many, INFINITY),
            columns.nnz, columns.indptr[:-1], columns.indices, columns.data,
        )  # fmt: skip

    def add_cuts(self, cuts: Sequence[Cut]) -> None:
        """More cuts, each a row; what they are made of is here already."""
        known = self.taken
        self.cuts += cuts
        self.taken = taken_of(self.cuts, self.cycles.rows, self.count, known)
        for cut, taken in zip(cuts, self.taken[len(known) :], strict=True):
            held = np.flatnonzero(taken).astype(np.int32)
            self.highs.addRow(
                -INFINITY, float(cut.most), len(held), held, taken[held].astype(float)
            )

    def solve(self, seconds: float) -> bool:
        """Whether the best shares were found in that time; ``shares`` and prices follow."""
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(0.01, seconds))
        run(self.highs)
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        solution = self.highs.getSolution()
        self.shares = np.array(solution.col_value)
        duals = np.abs(np.array(solution.row_dual))
        self.prices, self.cut_prices = duals[: self.count], duals[self.count :]
        self.solved = True
        return True


def best_set(
    count: int,
    cycles: Cycles,
    chosen: np.ndarray,
    *,
    nodes: int | None = None,
    seconds: float,
    cuts: Sequence[Cut] = (),
) -> tuple[np.ndarray, bool]:
    """Ranks of the best disjoint cycles that are found in so many nodes, no worse than ``chosen``.

    And whether there are none better. Cuts make that sooner known.
    """
    rows = np.unique(cycles.rows[cycles.rows >= 0])
    columns = incidence(cycles.rows, count, taken_of(cuts, cycles.rows, count))
    kept = np.concatenate([rows, count + np.arange(len(cuts))])
    columns = columns[:, kept].tocsr()
    highs = _highs()
    most = np.concatenate([np.ones(len(rows)), [cut.most for cut in cuts]])
    highs.addRows(len(most), np.full(len(most), -INFINITY), most, 0, *_nothing(len(most)))
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    many = len(cycles)
    highs.addCols(
        many, cycles.values.astype(float), np.zeros(many), np.ones(many),
        columns.nnz, columns.indptr[:-1], columns.indices, columns.data,
    )  # fmt: skip
    whole = np.full(many, highspy.HighsVarType.kInteger)
    highs.changeColsIntegrality(many, np.arange(many, dtype=np.int32), whole)
    if nodes:
        highs.setOptionValue("mip_max_nodes", nodes)
    else:  # To begin again from what was ruled out finds more, and proves later.
        highs.setOptionValue("mip_allow_restart", False)
    highs.setOptionValue("time_limit", max(0.01, seconds))
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 1 - SEEN)  # Weights are whole.
    highs.setSolution(len(chosen), chosen.astype(np.int32), np.ones(len(chosen)))
    run(highs)
    proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = np.flatnonzero(np.array(highs.getSolution().col_value) > 0.5)
    better = cycles.values[found].sum() >= cycles.values[chosen].sum()
    return found if better else chosen, proven


def incidence(rows: np.ndarray, count: int, taken: np.ndarray) -> csr_matrix:
    """One row a cycle: the listings that it holds, then what it takes of each cut."""
    cycle, place = np.nonzero(rows >= 0)
    listings = csr_matrix(
        (np.ones(len(cycle)), (cycle, rows[cycle, place])), shape=(len(rows), count)
    )
    return _small(hstack([listings, csr_matrix(taken.T.astype(float))]).tocsr())


def lacking(
    cycles: Cycles, prices: np.ndarray, cuts: Sequence[Cut], cut_prices: np.ndarray
) -> np.ndarray:
    """By how much each cycle is worth less than it costs."""
    lack = paid(cycles.rows, prices) - cycles.values
    ranks = needed(cuts, np.flatnonzero(cut_prices > 0).tolist())
    if ranks:
        taken = taken_of(taken_alone(cuts, ranks), cycles.rows, len(prices))
        lack += cut_prices[ranks] @ taken
    return lack


def _small(matrix: csr_matrix) -> csr_matrix:
    matrix.indptr, matrix.indices = matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32)
    return matrix


def run(highs: highspy.Highs) -> None:
    """Solve, or raise RuntimeError: what HiGHS holds after an error is no solution."""
    if highs.run() == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused to run")


class Silent(highspy.Highs):
    """It would print its licence when it sets up its callbacks: silence comes first."""

    def enableCallbacks(self) -> None:  # noqa: N802 - its name.
        self.silent()
        super().enableCallbacks()


def _highs() -> highspy.Highs:
    highs = Silent()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("log_to_console", False)
    highs.setOptionValue("threads", 1)
    return highs


def _nothing(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.zeros(count, np.int32), np.zeros(0, np.int32), np.zeros(0)
