"""TOML as recipes need it: where each key stands, and writing what was read."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w.-]+)\s*=\s*(.*)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_FENCES = ('"""', "'''")


def places(text: str) -> dict[Place, int]:
    """The line of each key of a correct text: ``("pages", 1, "title")`` to 12.

    What stands inside an inline table or a list has no line of its own.
    """
    found: dict[Place, int] = {}
    items: Counter[Place] = Counter()
    table: Place = ()
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if fence:
            fence = "" if fence in line else fence
        elif header := _HEADER.fullmatch(line):
            table = _enter(header[2].split("."), items, new_item=header[1] == "[[")
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found[(*table, *key[1].split("."))] = number
            fence = next((mark for mark in _FENCES if key[2].count(mark) == 1), "")
    return found


def line_of(place: Place, found: Mapping[Place, int]) -> int:
    """The line of the nearest part that has one."""
    while place and place not in found:
        place = place[:-1]
    return found.get(place, 1)


def _enter(names: list[str], items: Counter[Place], *, new_item: bool) -> Place:
    """The table that a header opens, each list on the way being at its last item."""
    here: Place = ()
    for depth, name in enumerate(names, start=1):
        here += (name.strip(),)
        items[here] += new_item and depth == len(names)
        if items[here]:
            here += (items[here] - 1,)
    return here


def write(table: Mapping[str, Any]) -> str:
    """The table as TOML, which read again gives it back; nothing for a value that is None."""
    return "\n".join(_written(table, "")).strip() + "\n"


def _written(table: Mapping[str, Any], path: str) -> Iterator[str]:
    """Plain values first, then the tables: TOML knows no other order."""
    values = {key: value for key, value in table.items() if value is not None}
    beneath = {key: value for key, value in values.items() if _is_table(value) or _is_list(value)}
    for key, value in values.items():
        if key not in beneath:
            yield f"{_name(key)} = {_value(value)}"
    for key, value in beneath.items():
        inner = f"{path}.{_name(key)}" if path else _name(key)
        for part in value if isinstance(value, list | tuple) else [value]:
            yield f"\n[[{inner}]]" if _is_list(value) else f"\n[{inner}]"
            yield from _written(part, inner)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_list(value: Any) -> bool:
    """Whether it is a list of tables, which has headers of its own."""
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_table, value))


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        return _text(value)
    return json.dumps(value)


def _text(value: str) -> str:
    """JSON’s way with a text is TOML’s, the delete character apart."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
