"""The tables: ratios first, then what was aimed at."""

from collections.abc import Iterator
from dataclasses import dataclass

from .crowd import RESIDENTS, SEATS
from .measuring import Cost
from .signups import STEPS, Rush
from .weighing import Weight

MOST_CPU = {"sheet": 1.0}
MOST_CPU_ELSEWHERE = 1.5
MOST_GROWTH = 1.3
MOST_QUERIES = 6
MOST_AT_ONCE = 20
"""How many times the floor's the 95th of a hundred who sign up at once may wait."""
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
    if not tables:
        return ""
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


def rush(rushes: list[Rush]) -> str:
    """Everybody at once, one database beside the other."""
    return "\n".join(_rush(rushes)) if rushes else ""


def _rush(rushes: list[Rush]) -> Iterator[str]:
    yield f"\n### {RESIDENTS} residents at once for {SEATS} seats\n"
    yield (
        "| step | database | p50 × floor | p95 × floor | aim | CPU × floor | CPU ms (floor) "
        "| p50 ms (floor) | p95 ms (floor) | errors |"
    )
    yield "|---|---|---:|---:|---|---:|---:|---:|---:|---:|"
    for step in STEPS:
        for one in rushes:
            p50, p95, cpu = (one.ratio(step, name) for name in ("p50_ms", "p95_ms", "cpu_ms"))
            yield (
                f"| {step} | {one.kind} | {p50:.1f} | **{p95:.1f}** | {_kept(p95, MOST_AT_ONCE)} "
                f"| {cpu:.1f} | {_beside(one, step, 'cpu_ms', 1)} "
                f"| {_beside(one, step, 'p50_ms')} | {_beside(one, step, 'p95_ms')} "
                f"| {one.errors(step)} |"
            )
    yield ""
    for one in rushes:
        ends = "; ".join(sorted({str(end) for end in one.ends}))
        yield f"{'✓' if one.is_right else '✗'} {one.kind}, {len(one.ends)} events: {ends}."


def _beside(one: Rush, step: str, value: str, digits: int = 0) -> str:
    floor, site = one.middle(step, value)
    return f"{site:.{digits}f} ({floor:.{digits}f})"


def _kept(value: float, most: float, unit: float = 1) -> str:
    return f"{'✓' if value <= most else '✗'} ≤ {most / unit:g}"
