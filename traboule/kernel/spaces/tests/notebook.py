"""A block for tests, as small as a block can be, and verified as a real one would be."""

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.blocks import Block
from traboule.kernel.spaces.models import Space

_kept: dict[int, "Notes"] = {}


@dataclass(frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Notes:
    """The notebook's part of a recipe."""

    lines: tuple[str, ...] = ()


def read(table: Mapping[str, Any]) -> Notes:
    """The notes that a recipe's table describes."""
    return Notes(**table)


def seed(space: Space, data: Notes, *, by: Person) -> None:
    """Write the notes down."""
    _kept[space.pk] = data


def export(space: Space) -> dict[str, Any]:
    """The notes again; nothing at all when there are none."""
    notes = _kept.get(space.pk, Notes())
    return {"lines": list(notes.lines)} if notes.lines else {}


NOTEBOOK = Block(
    key="notebook",
    label="Cahier",
    summary="On y note ce que l’on veut.",
    icon="pencil",
    url_name="spaces:space",
    schema=read,
    seed=seed,
    export=export,
    announce=lambda data, *, start: list(data.lines),
)
