"""``python -m benchmarks.payroll``: payslips per second of one core, ours beside two packages.

In one run, from the same wages to the same lines: ours in columns and one by one, OpenFisca-France
in columns, modele-social one by one in a warm process. What cannot be installed is named and left
out.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import median

import numpy as np

from traboule.engines.payroll import Basis, Case, payslip
from traboule.engines.payroll.columns import columns

from .referees import Wage, ready

MONTH = "2026-03"
HOURS = 20
MOST_FOR_ONE = 0.001
TIMES = 3
FEW = {"modele-social": 200}
"""How many wages are enough of those that take them one by one."""


def main() -> None:
    """Measure each; one line each, the ratio last."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.payroll", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    count = parser.parse_args().count
    wages = [Wage(MONTH, 1000 + place % 8000, place % 7 == 0) for place in range(count)]
    cases = [_case(wage) for wage in wages]
    columns_of_ours = _seconds(lambda: _in_columns(wages)) / count
    one_of_ours = _seconds(lambda: _one_by_one(cases)) / count
    heads = f"{'of ' + MONTH:26} {'payslips':>9} {'a second':>10} {'ms each':>8}"
    print(f"{heads} {'× columns':>10} × one")

    def show(name: str, some: int, each: float) -> None:
        ratios = f"{each / columns_of_ours:10,.1f} {each / one_of_ours:5,.2f}"
        print(f"{name:26} {some:9,} {1 / each:10,.0f} {1000 * each:8.4f} {ratios}", flush=True)

    show("ours, in columns", count, columns_of_ours)
    show("ours, one by one", count, one_of_ours)
    aims = {"one payslip under 1 ms": one_of_ours < MOST_FOR_ONE}
    for referee in ready():
        some = wages[: FEW.get(referee.name.split()[0], count)]
        theirs = median(referee.ask(some, times=TIMES).seconds) / len(some)
        show(referee.name, len(some), theirs)
        if len(some) == count:
            aims[f"{count:,} faster than {referee.name}"] = columns_of_ours < theirs
    for aim, is_kept in aims.items():
        print(f"{'✓' if is_kept else '✗'} {aim}")


def _case(wage: Wage) -> Case:
    return Case(
        month=wage.month, basis=Basis.GROSS_MONTH, rate=Decimal(wage.gross), hours=Decimal(HOURS),
        alsace_moselle=wage.local,
    )  # fmt: skip


def _in_columns(wages: Sequence[Wage]) -> np.ndarray:
    gross = np.array([wage.gross for wage in wages]) * 100
    local = np.array([wage.local for wage in wages])
    return columns(MONTH, gross, np.full(len(wages), HOURS), alsace_moselle=local).cost


def _one_by_one(cases: Sequence[Case]) -> Decimal:
    return sum((payslip(case).cost for case in cases), Decimal(0))


def _seconds(work: Callable[[], object]) -> float:
    """Of processor: the middle of three times, once warm."""
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return median(took)


if __name__ == "__main__":
    main()
