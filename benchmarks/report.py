"""The tables: ratios first, then what was aimed at."""

from collections.abc import Iterator
from dataclasses import dataclass

from .measuring import Cost
from .weighing import Weight

MOST_CPU = {"sheet": 1.0}
MOST_CPU_ELSEWHERE = 1.5
MOST_GROWTH = 1.3
MOST_QUERIES = 6
FIRST_VISIT, LATER_VISIT = 75_000, 15_000


@dataclass(frozen=True)
class Table:
    """What was measured of one installation."""

    kind: str
    size: int
    costs: dict[str, Cost]
    bare: dict[str, float]
    queries: dict[str, int]
    weights: dict[str, Weight]


def show(table: Table) -> str:
    """One installation, as Markdown."""
    return "\n".join(["", *_costs(table), "", *_weights(table)])


def _costs(table: Table) -> Iterator[str]:
    floor = sorted(cost.floor_ms for cost in table.costs.values())
    below = "; ".join(f"{name} {ratio:.2f} ×" for name, ratio in table.bare.items())
    yield f"### {table.kind}, {table.size:,} initiatives\n"
    yield f"Floor: {floor[len(floor) // 2]:.1f} ms of CPU a page ({below}).\n"
    yield "| page | CPU × floor | aim | p95 × floor | pages/s × floor | CPU ms | queries | aim |"
    yield "|---|---:|---|---:|---:|---:|---:|---|"
    for page, cost in table.costs.items():
        most, queries = MOST_CPU.get(page, MOST_CPU_ELSEWHERE), table.queries[page]
        yield (
            f"| {page} | **{cost.cpu:.2f}** | {_kept(cost.cpu, most)} | {cost.p95:.2f} "
            f"| {cost.per_second:.2f} | {cost.cpu_ms:.1f} "
            f"| {queries} | {_kept(queries, MOST_QUERIES)} |"
        )


def _weights(table: Table) -> Iterator[str]:
    yield "| page | HTML kB (plain) | first visit kB | aim | later visit kB | aim |"
    yield "|---|---:|---:|---|---:|---|"
    for page, weight in table.weights.items():
        yield (
            f"| {page} | {weight.html / 1000:.1f} ({weight.html_plain / 1000:.1f}) "
            f"| {weight.first / 1000:.1f} | {_kept(weight.first, FIRST_VISIT, 1000)} "
            f"| {weight.later / 1000:.1f} | {_kept(weight.later, LATER_VISIT, 1000)} |"
        )


def growth(tables: list[Table]) -> str:
    """How much dearer each page is in the largest installation than in the smallest."""
    lines = ["", "### Growth of CPU × floor from the smallest to the largest\n"]
    for kind in dict.fromkeys(table.kind for table in tables):
        sizes = sorted((t for t in tables if t.kind == kind), key=lambda table: table.size)
        if len(sizes) > 1:
            lines += [*_growth(sizes[0], sizes[-1]), ""]
    return "\n".join(lines)


def _growth(small: Table, large: Table) -> Iterator[str]:
    yield f"| {small.kind}, {small.size:,} → {large.size:,} | × | aim |"
    yield "|---|---:|---|"
    for page in small.costs:
        ratio = large.costs[page].cpu / small.costs[page].cpu
        yield f"| {page} | **{ratio:.2f}** | {_kept(ratio, MOST_GROWTH)} |"


def _kept(value: float, most: float, unit: float = 1) -> str:
    return f"{'✓' if value <= most else '✗'} ≤ {most / unit:g}"
