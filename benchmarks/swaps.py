"""``python -m benchmarks.swaps``: our packing of exchanges beside two other ways, in one run.

On the same markets: ours, ``kep-solver`` (cycle model, CBC) and a plain CP-SAT model over all
cycles, up to 5,000 listings; what is not installed is skipped. Seconds are those of the processor;
ratios are to ours. ``--plot FILE.svg`` draws them and the proven gap by number of listings.
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from traboule.engines.swaps import Market, parse, read
from traboule.engines.swaps.certificate import verify
from traboule.engines.swaps.compatibility import Moves, find_moves
from traboule.engines.swaps.cycles import find_cycles
from traboule.engines.swaps.parts import solve, warm

from .towns import listings

Answer = tuple[int, float]
"""What the plan is worth, and the bound."""
PEERS_END = 5_000
"""Listings beyond which the others would not end."""


def main() -> None:
    """Solve each market each way; one line each, then the plot."""
    parser = argparse.ArgumentParser()
    parser.add_argument("markets", nargs="*", help="files of listings, or numbers to make")
    parser.add_argument("--max-length", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    ours = []
    for name in options.markets or ["1000", "3600"]:
        market = read(Path(name)) if Path(name).exists() else parse(_made(int(name)))
        moves = find_moves(market)
        warm(market, options.max_length)  # Compiled before the clock starts.
        base, (weight, bound) = _timed(partial(_ours, market, options))
        gap = (bound - weight) / bound
        ours.append((len(market), base, gap))
        print(f"{name}: {len(market)} listings, {len(moves.homes)} moves", flush=True)
        print(f"  ours        {base:8.1f} s  {weight} ≤ {bound:.0f}  gap {gap:.3%}", flush=True)
        others = (("kep-solver", _kep_solver), ("CP-SAT", _cp_sat))
        for label, way in others if len(market) <= PEERS_END else ():
            try:
                spent, (weight, bound) = _timed(partial(way, moves, options))
            except ImportError:
                print(f"  {label:11} not installed: skipped")
                continue
            text = f"{weight} ≤ {bound:.0f}  {spent / base:.1f} times ours"
            print(f"  {label:11} {spent:8.1f} s  {text}", flush=True)
    if options.plot:
        options.plot.write_text(_plot(ours))


def _made(count: int) -> list[str]:
    return [json.dumps(one) for one in listings(count, seed=1)]


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    begun = os.times()
    answer = work()
    ended = os.times()
    return sum(ended[:4]) - sum(begun[:4]), answer  # With children: CBC is one.


def _ours(market: Market, options: argparse.Namespace) -> Answer:
    """Our plan; its bound is what the checker proves."""
    plan = solve(market, options.max_length, options.seconds)
    ids = market.ids.tolist()
    cycles = [[ids[row] for row in rows if row >= 0] for rows in plan.cycles.rows.tolist()]
    proof = plan.proof(ids, options.max_length)
    verdict = verify(market, {"k": options.max_length, "cycles": cycles}, proof)
    assert not verdict.errors
    return verdict.weight, verdict.upper_bound or np.inf


def _kep_solver(moves: Moves, options: argparse.Namespace) -> Answer:
    from kep_solver.entities import Donor, Instance, Recipient, Transplant
    from kep_solver.model import Objective, Sense
    from kep_solver.programme import Programme

    class Weight(Objective):
        sense = Sense.MAX

        def __init__(self) -> None:
            pass

        def edgeValue(self, graph, edge, position=None):  # noqa: N802 (theirs)
            return edge.getProperty("weight")

        def describe(self):
            return "weight"

    instance = Instance()
    people = [Recipient(str(row)) for row in range(len(moves))]
    homes = [Donor(str(row)) for row in range(len(moves))]
    for person, home in zip(people, homes, strict=True):
        home.recipient = person
        person.addDonor(home)
        instance.addRecipient(person)
    arcs = (moves.households.tolist(), moves.homes.tolist(), moves.weights.tolist())
    for row, home, weight in zip(*arcs, strict=True):
        instance.addTransplant(Transplant(homes[home], people[row], weight))
    programme = Programme([Weight()], options.max_length, 0, "swaps", full_details=False)
    solution, _ = programme.solve_single(instance)
    worth = round(solution.values[0])
    return worth, worth


def _cp_sat(moves: Moves, options: argparse.Namespace) -> Answer:
    from ortools.sat.python import cp_model

    cycles = find_cycles(moves, options.max_length)
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(len(cycles))]
    through: list[list[cp_model.IntVar]] = [[] for _ in range(len(moves))]
    for variable, rows in zip(taken, cycles.rows.tolist(), strict=True):
        for row in rows:
            if row >= 0:
                through[row].append(variable)
    for variables in through:
        model.add_at_most_one(variables)
    model.maximize(sum(v * x for v, x in zip(cycles.values.tolist(), taken, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 3 * options.seconds
    solver.solve(model)
    return round(solver.objective_value), solver.best_objective_bound


def _plot(points: list[tuple[int, float, float]]) -> str:
    """Processor seconds and proven gap, each a line against the number of listings."""
    counts, seconds, gaps = zip(*sorted(points), strict=True)
    across = _scaled(counts, 70, 500)
    drawn = _line(across, _scaled(seconds, 200, 40), [f"{one:.0f} s" for one in seconds], "#1a5")
    drawn += _line(across, _scaled(gaps, 200, 40), [f"{one:.3%}" for one in gaps], "#a3c")
    drawn += "".join(
        f'<text x="{x:.0f}" y="245" text-anchor="middle" fill="#555">{count:,}</text>'
        for x, count in zip(across, counts, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 570 260" font-family="sans-serif" '
        'font-size="12"><rect width="570" height="260" fill="#fff"/>'
        "<title>Processor seconds and proven gap by number of listings</title>"
        '<text x="10" y="20" fill="#1a5">seconds of the processor</text>'
        f'<text x="180" y="20" fill="#a3c">proven gap</text>{drawn}</svg>\n'
    )


def _scaled(values: Sequence[float], low: float, high: float) -> list[float]:
    """On a scale of powers, from ``low`` to ``high`` of the drawing."""
    powers = np.log10(np.maximum(values, 1e-5))
    span = max(float(np.ptp(powers)), 1e-9)
    return [float(low + (high - low) * (one - powers.min()) / span) for one in powers]


def _line(across: list[float], down: list[float], words: list[str], colour: str) -> str:
    points = list(zip(across, down, words, strict=True))
    path = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}"/>' + "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colour}"/>'
        f'<text x="{x:.0f}" y="{y - 9:.0f}" text-anchor="middle" fill="{colour}">{said}</text>'
        for x, y, said in points
    )


if __name__ == "__main__":
    main()
