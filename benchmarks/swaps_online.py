"""``python -m benchmarks.swaps_online LISTINGS.jsonl``: a listing arrives, or somebody declines.

Prints how long each takes at the middle and for the slowest in a hundred: as it was waited for,
and of processor alone, which a busy machine does not blur. With ``--plan``, refusals are mended in
a plan made at once from the exchanges of most weight a household; the figures of the file of
360 000 and those of 36 000 are the ones to compare with the targets.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from traboule.engines.swaps import Market, parse, read
from traboule.engines.swaps.compatibility import find_moves
from traboule.engines.swaps.cycles import find_cycles
from traboule.engines.swaps.explaining import what_if, why_none
from traboule.engines.swaps.online import Index
from traboule.engines.swaps.repairing import replan


def main() -> int:
    """Measure arrivals and questions, and repairs when asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.swaps_online", description=__doc__)
    parser.add_argument("listings", type=Path)
    parser.add_argument("--plan", action="store_true", help="mend refusals too")
    parser.add_argument("--times", type=int, default=1000)
    options = parser.parse_args()
    market, chance = read(options.listings), random.Random(1)
    started = time.perf_counter()
    index = Index(market)
    print(f"{len(market)} listings, index built in {time.perf_counter() - started:.1f} s")
    chosen = set(chance.sample(range(len(market)), options.times))
    with options.listings.open() as lines:
        arriving = [json.loads(line) for row, line in enumerate(lines) if row in chosen]

    def arrive(one: dict) -> None:
        index.arrive(parse([json.dumps(one | {"id": "new"})]))
        index.exchanges("new", most=20)

    _measure("a listing arrives: its best exchanges", arrive, arriving)
    index.leave("new")
    ids = [one["id"] for one in arriving[:300]]
    _measure("what if", lambda one: what_if(index, one), ids)
    _measure("why none", lambda one: why_none(index, one), ids)
    if options.plan:
        plan = _plan(market)
        print(f"a plan of {len(plan)} exchanges, {sum(map(len, plan))} tenants")
        _measure(
            "somebody declines: the plan mended",
            lambda ids: replan(index, plan, refused=[ids[:2]]),
            chance.sample(plan, min(300, len(plan))),
        )
    return 0


def _plan(market: Market) -> list[tuple[str, ...]]:
    """Disjoint exchanges, of most weight a household first."""
    cycles = find_cycles(find_moves(market), 3)
    weight = cycles.values / (cycles.rows >= 0).sum(axis=1)
    taken, plan = np.zeros(len(market), np.bool_), []
    for rank in np.argsort(-weight, kind="stable"):
        rows = cycles.rows[rank][cycles.rows[rank] >= 0]
        if not taken[rows].any():
            taken[rows] = True
            plan.append(tuple(market.ids[rows].tolist()))
    return plan


def _measure(what: str, act: Callable, things: Iterable) -> None:
    """Each thing once, after a first that loads what is compiled."""
    first, *others = things
    act(first)
    took = []
    for one in others:
        waited, worked = time.perf_counter(), time.thread_time()
        act(one)
        took.append((time.perf_counter() - waited, time.thread_time() - worked))
    middle, slow = 1000 * np.percentile(took, [50, 99], axis=0)
    print(
        f"{what}: p50 {middle[0]:.1f} ms, p99 {slow[0]:.1f} ms "
        f"(processor {middle[1]:.1f} and {slow[1]:.1f})",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
