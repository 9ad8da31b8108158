"""Groups of people that a space can speak to, whoever keeps them: its roll, a college, a segment.

A block announces its own from ``apps.ready()``; invitations, mailings, convocations and surveys
offer all of them, and know none of the blocks behind.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person

from .models import Role

if TYPE_CHECKING:
    from .models import Space


@dataclass(frozen=True, kw_only=True)
class Audience:
    """One group of people in a space, by a key that keeps its sense: ``roster:bureau``.

    ``people()`` gives them, each once; it is read when the message leaves, not when it is written.
    """

    key: str
    label: str | Promise
    people: Callable[[], QuerySet[Person]]


Source = Callable[["Space"], Iterable[Audience]]

_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Announce the groups of a block: ``source(space)`` gives those of one space."""
    _sources[key] = source


def of(space: "Space") -> list[Audience]:
    """Every group of the space: its roll first, then those of its blocks."""
    given = [*_of_roll(space)]
    for key, source in _sources.items():
        if key in {block.key for block in space.open_blocks}:
            given.extend(source(space))
    return given


def named(space: "Space", key: str) -> Audience | None:
    """The group of that key, if the space has it today."""
    return next((one for one in of(space) if one.key == key), None)


def _of_roll(space: "Space") -> Iterable[Audience]:
    def everyone() -> QuerySet[Person]:
        return Person.objects.filter(participations__in=space.roll())

    def team() -> QuerySet[Person]:
        return everyone().filter(participations__in=space.roll().at_least(Role.FACILITATOR))

    yield Audience(key="roll", label=_("Toutes les personnes de l’espace"), people=everyone)
    yield Audience(key="team", label=_("L’équipe"), people=team)
