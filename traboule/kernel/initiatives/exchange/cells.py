"""A sheet as one line of a spreadsheet, and back without loss.

One column a field; a part of a part is named with a dot (``holder.name``). Words stand on one
line, separated by `` | ``. A list of things stands in one cell, one thing a line, its parts
separated by `` | `` in the order of ``TABLES``; in it ``\\|``, ``\\n`` and ``\\\\`` write a
bar, a new line and a backslash.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from ..sheet import Contact, Holder, Link, Milestone, Partner, Place, Result, Sheet, Source
from .sheets import COMPUTED

OBJECTS: dict[str, type[BaseModel]] = {
    "holder": Holder,
    "place": Place,
    "contact": Contact,
    "source": Source,
}
TABLES: dict[str, type[BaseModel]] = {
    "partners": Partner,
    "results": Result,
    "milestones": Milestone,
    "links": Link,
}
WORDS = ("audiences", "tool_kinds", "inspired_by")
REQUIRED = (
    "slug", "title", "summary", "theme", "state", "holder.name", "place.commune", "description"
)  # fmt: skip
"""The columns without which no line can be right."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_FRENCH_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_ESCAPED = {"\\": "\\", "|": "|", "n": "\n"}
_NUMBERS = {"place.latitude", "place.longitude", "results.figure", "results.figure_max"}
_DATES = {
    "started", "ended", "confirmed", "source.date", "results.source_date", "milestones.date",
    "milestones.end",
}  # fmt: skip


def _columns() -> list[str]:
    columns: list[str] = []
    for name in Sheet.model_fields:
        parts = OBJECTS[name].model_fields if name in OBJECTS else ()
        columns += [f"{name}.{part}" for part in parts] or [name]
    return columns


COLUMNS = _columns()
ALL_COLUMNS = [*COLUMNS, *COMPUTED]


def to_cells(fields: Mapping[str, Any]) -> list[str]:
    """The cells of a sheet's fields, in the order of ``ALL_COLUMNS``."""
    return [_guard(_cell(fields, column)) for column in ALL_COLUMNS]


def from_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields that these cells (by column) say; an empty cell says nothing."""
    fields: dict[str, Any] = {}
    for column, cell in cells.items():
        text = _unguard(cell).strip()
        if not text or column in COMPUTED:
            continue
        name, dot, part = column.partition(".")
        if dot:
            fields.setdefault(name, {})[part] = _tidy(column, text)
        elif name in TABLES:
            fields[name] = [_read_line(name, line) for line in text.splitlines() if line.strip()]
        elif name in WORDS:
            fields[name] = [word.strip() for word in text.split("|") if word.strip()]
        else:
            fields[name] = _tidy(name, text)
    return fields


def _cell(fields: Mapping[str, Any], column: str) -> str:
    name, _dot, part = column.partition(".")
    value = fields.get(name)
    if part:
        value = value and value.get(part)
    if value is None:
        return ""
    if name in TABLES:
        return "\n".join(_write_line(name, item) for item in value)
    return " | ".join(value) if name in WORDS else str(value)


def _write_line(name: str, item: Mapping[str, Any]) -> str:
    parts = [_escape(item.get(part)) for part in TABLES[name].model_fields]
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _read_line(name: str, line: str) -> dict[str, str]:
    """The parts of one thing; what goes beyond the last part keeps a name that does not exist."""
    names = list(TABLES[name].model_fields)
    parts = _split(line)
    names += [f"colonne {n}" for n in range(len(names) + 1, len(parts) + 1)]
    return {
        part_name: _tidy(f"{name}.{part_name}", part)
        for part_name, part in zip(names, parts, strict=False)
        if part
    }


def _escape(value: Any) -> str:
    if value is None:
        return ""
    return str(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _split(line: str) -> list[str]:
    if "\\" not in line:
        return [part.strip() for part in line.split("|")]
    parts, current, rest = [], "", iter(line)
    for letter in rest:
        if letter == "\\":
            following = next(rest, "\\")
            current += _ESCAPED.get(following, "\\" + following)
        elif letter == "|":
            parts.append(current.strip())
            current = ""
        else:
            current += letter
    return [*parts, current.strip()]


def _guard(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: an apostrophe goes before it."""
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _unguard(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _tidy(column: str, text: str) -> str:
    """Undo what a French spreadsheet does by itself to numbers, dates and leading zeros."""
    if column in _NUMBERS and _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    if column in _DATES and (date := _FRENCH_DATE.fullmatch(text)):
        return "-".join(reversed(date.groups()))
    if column == "place.commune" and text.isascii() and text.isdecimal():
        return text.zfill(5)
    return text
