"""Income ceilings, as dated data: what a household may earn to enter a home."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .models import Financing

DATA = Path(__file__).parent / "data" / "ceilings.toml"


@dataclass(frozen=True)
class Ceiling:
    """So many euros a year, since a day, according to a source that may want checking."""

    euros: int
    since: datetime.date
    source: str
    is_uncertain: bool


def ceiling(financing: int, people: int, on: datetime.date) -> Ceiling | None:
    """The ceiling of a home for so many people on that day; None before the first table."""
    table = next((one for one in _tables() if one["from"] <= on), None)
    if table is None:
        return None
    name = Financing(financing).label
    known: list[int] = table[name]
    more = max(0, people - len(known))
    euros = known[min(people, len(known)) - 1] + more * table[f"{name}_more"]
    return Ceiling(euros, table["from"], table["source"], table["uncertain"])


@cache
def _tables() -> list[dict[str, Any]]:
    """The tables, the latest first."""
    tables: list[dict[str, Any]] = tomllib.loads(DATA.read_text())["table"]
    return sorted(tables, key=lambda one: one["from"], reverse=True)
