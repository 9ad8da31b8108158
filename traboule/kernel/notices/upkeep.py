"""What apps have to do every quarter of an hour, such as reminding people."""

import datetime
import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

Chore = Callable[[datetime.datetime], object]

_chores: dict[str, Chore] = {}


def register(chore: Chore) -> None:
    """Have ``chore(now)`` called every quarter of an hour; it must be safe to repeat."""
    _chores[f"{chore.__module__}.{chore.__qualname__}"] = chore


def do_all(now: datetime.datetime) -> None:
    """Do every chore; one that fails is logged and stops no other."""
    for name, chore in _chores.items():
        try:
            chore(now)
        except Exception:
            logger.exception("the chore %s failed", name)
