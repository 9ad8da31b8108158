"""``traboule swaps``: solve a file of listings, check what a solution proves, ask it why."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from . import answers
from .listings import Market, Unreadable, read

UNREADABLE, UNKNOWN = 1, 2


def main(argv: Sequence[str]) -> int:
    """Run one command; 0 when all is well, 1 for a file in which something is wrong, 2 unknown."""
    parser = argparse.ArgumentParser(prog="traboule swaps", description="Échanges de logements.")
    parser.set_defaults(run=_answer)
    commands = parser.add_subparsers(required=True, metavar="COMMANDE")
    answers.add_to(commands)
    solving = commands.add_parser("solve", help="le meilleur ensemble d’échanges, et sa preuve")
    solving.add_argument("listings", type=Path)
    solving.add_argument("--max-length", type=int, default=3, choices=(2, 3, 4))
    solving.add_argument("--time-limit", type=float, default=60, help="en secondes")
    solving.add_argument("--seed", type=int, default=0)
    solving.add_argument("--workers", type=int, help="processus (autant que de cœurs)")
    solving.add_argument("--fixed", type=Path, help="annonces déjà engagées, une par ligne")
    solving.add_argument("--out", type=Path, required=True)
    solving.add_argument("--prices", type=Path, help="où écrire la preuve")
    solving.set_defaults(run=_solve)
    checking = commands.add_parser("verify", help="vérifie une solution et sa preuve")
    checking.add_argument("listings", type=Path)
    checking.add_argument("solution", type=Path)
    checking.add_argument("--prices", type=Path, required=True)
    checking.add_argument("--search", action="store_true", help="rien de mieux n’existe-t-il ?")
    checking.set_defaults(run=_verify)
    options = parser.parse_args(argv)
    try:
        return int(options.run(options))
    except (OSError, Unreadable) as error:
        _say(str(error))
        return UNREADABLE


def _answer(options: argparse.Namespace) -> int:
    market = read(options.listings)
    for one in (options.id, options.home):
        if one is not None and one not in market.rows:
            _say(f"Aucune annonce {one} dans {options.listings}.")
            return UNKNOWN
    answer = options.answer(market, options)
    text = json.dumps(answer.data) if options.json else "\n".join(answer.lines)
    sys.stdout.write(f"{text}\n")
    return 0


def _solve(options: argparse.Namespace) -> int:
    begun = time.monotonic()
    market = read(options.listings)
    _say(f"{len(market)} annonces lues en {time.monotonic() - begun:.1f} s")
    # Late: the compiler takes a second to load, which bad lines need not wait for.
    from .parts import solve, warm

    begun = time.monotonic()
    warm(market, options.max_length)
    _say(f"Prêt à calculer en {time.monotonic() - begun:.1f} s")
    begun = time.monotonic()  # Neither reading nor compiling counts.

    def progress(stage: str, weight: float, bound: float) -> None:
        gap = (bound - weight) / max(1, bound)
        spent = time.monotonic() - begun
        _say(f"{spent:7.1f} s  {stage:9} {weight:>12.0f} ≤ {bound:.0f}  ({gap:.3%})")

    left_out = _left_out(market, options.fixed)
    plan = solve(
        market,
        options.max_length,
        options.time_limit,
        seed=options.seed,
        progress=progress,
        left_out=left_out,
        workers=options.workers,
    )
    ids = market.ids.tolist()
    cycles = [[ids[row] for row in rows if row >= 0] for rows in plan.cycles.rows.tolist()]
    _write(
        options.out,
        {
            "k": options.max_length,
            "cycles": cycles,
            "weight": plan.weight,
            "upper_bound": plan.upper_bound,
            "gap": plan.gap,
            "optimal": plan.optimal,
        },
    )
    if options.prices:
        engaged = [] if left_out is None else market.ids[left_out].tolist()
        proof = plan.proof(ids, options.max_length)
        _write(options.prices, proof | {"left_out": engaged})
    best = ", rien de mieux n’existe" if plan.optimal else ""
    spent = time.monotonic() - begun
    _say(f"{spent:7.1f} s  {len(cycles)} échanges, écart prouvé {plan.gap:.3%}{best}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from .certificate import verify  # Late, as above.

    solution = json.loads(options.solution.read_bytes())
    proof = json.loads(options.prices.read_bytes())
    verdict = verify(read(options.listings), solution, proof, search=options.search)
    for error in verdict.errors:
        _say(error)
    sys.stdout.write(
        json.dumps(
            {
                "ok": not verdict.errors,
                "weight": verdict.weight,
                "upper_bound": verdict.upper_bound,
                "gap": verdict.gap,
                "optimal": verdict.optimal,
            }
        )
        + "\n"
    )
    return int(bool(verdict.errors))


def _left_out(market: Market, fixed: Path | None) -> np.ndarray | None:
    if fixed is None:
        return None
    return np.isin(market.ids, fixed.read_text().split())


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False))


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 (a command speaks)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
