"""The capabilities that spaces can use. A block announces itself; the kernel imports none."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person

    from .models import Space


@dataclass(frozen=True, kw_only=True)
class Period:
    """From a day to another, both included; open where it is None."""

    start: datetime.date | None = None
    end: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A named, defined figure that a block measures in a space.

    ``key`` begins with its block's (``agenda.sessions-held``); ``unit(n)`` is what is counted, as
    said of so many; ``counts`` says in a sentence what counts and what does not.
    ``value(space, period)`` is the figure; ``people(space, period)``, where the figure is about
    persons, gives those counted, so that totals can be split by neighbourhood, gender or age band.
    """

    key: str
    name: str | Promise
    unit: Callable[[int], str]
    counts: str | Promise
    value: "Callable[[Space, Period], float]"
    people: "Callable[[Space, Period], QuerySet[Person]] | None" = None


@dataclass(frozen=True, kw_only=True)
class Block:
    """One capability: what it is called, its front door, how a recipe seeds and reads it.

    ``schema`` turns the recipe's table for this block into the block's own frozen dataclass and
    raises pydantic's ValidationError for what it does not know. ``seed(space, data, by=)`` makes
    the starting content from it; ``export(space)`` gives back the table, without any personal
    data, such that seeding it again makes the same. ``url_name`` takes the space's slug.
    """

    key: str
    label: str | Promise
    summary: str | Promise
    icon: str
    url_name: str
    schema: Callable[[Mapping[str, Any]], Any]
    seed: "Callable[..., None]"
    export: "Callable[[Space], dict[str, Any]]"
    announce: Callable[..., list[str]] = field(default=lambda data, *, start: [])
    """What seeding would make in a space that starts on the day ``start``, in words."""
    indicators: tuple[Indicator, ...] = ()


known: dict[str, Block] = {}
"""Every block that announced itself, by its key."""


def register(*blocks: Block) -> None:
    """Announce blocks; called from ``apps.ready()``, as ``admin.register`` is."""
    known.update((block.key, block) for block in blocks)


def indicator(key: str) -> Indicator:
    """The indicator of that key. Raises KeyError."""
    return next(one for one in all_indicators() if one.key == key)


def all_indicators() -> list[Indicator]:
    """Every indicator of every block."""
    return [one for block in known.values() for one in block.indicators]
