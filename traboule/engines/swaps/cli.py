"""``traboule swaps``: ask a file of listings what its exchanges are, and why."""

import argparse
import json
import sys
from collections.abc import Sequence

from . import answers
from .listings import Unreadable, read

UNREADABLE, UNKNOWN = 1, 2


def main(argv: Sequence[str]) -> int:
    """Answer one question about a file; 1 when it cannot be read, 2 when it has no such listing."""
    parser = argparse.ArgumentParser(prog="traboule swaps", description="Échanges de logements.")
    answers.add_to(parser.add_subparsers(required=True, metavar="COMMANDE"))
    options = parser.parse_args(argv)
    try:
        market = read(options.listings)
    except (OSError, Unreadable) as problem:
        sys.stderr.write(f"{problem}\n")
        return UNREADABLE
    for one in (options.id, options.home):
        if one is not None and one not in market.rows:
            sys.stderr.write(f"Aucune annonce {one} dans {options.listings}.\n")
            return UNKNOWN
    answer = options.answer(market, options)
    text = json.dumps(answer.data) if options.json else "\n".join(answer.lines)
    sys.stdout.write(f"{text}\n")
    return 0
