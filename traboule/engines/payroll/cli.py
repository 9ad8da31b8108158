"""``traboule payslip`` and ``traboule tax-credit``: JSON lines in, JSON lines out."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from .cases import Unusable, read_case
from .payslips import payslip
from .taxes import read_year, tax_credit

COMMANDS: dict[str, Callable[[object], dict[str, Any]]] = {
    "payslip": lambda given: payslip(read_case(given)).as_json(),
    "tax-credit": lambda given: tax_credit(read_year(given)).as_json(),
}


def answers(command: str, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The answer to each line, or what is wrong with it; lines left blank are left out."""
    for line in filter(str.strip, lines):
        try:
            yield COMMANDS[command](json.loads(line, parse_float=Decimal))
        except json.JSONDecodeError as problem:
            yield {"error": f"Ce n’est pas du JSON : {problem.msg}, caractère {problem.pos + 1}."}
        except Unusable as problem:
            yield {"error": str(problem)}


def main(command: str) -> int:
    """Answer each line of the standard input on the standard output."""
    for answer in answers(command, sys.stdin):
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0
