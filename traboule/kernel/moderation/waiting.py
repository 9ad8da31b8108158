"""What waits for somebody of the team: flags, gathered by what they are about, and appeals."""

from dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from . import rules
from .models import Flag, Hiding


@dataclass(frozen=True)
class Flagged:
    """One thing that people flagged, with everything they said of it."""

    first: Flag
    flags: list[Flag]
    url: str
    """Where it is read; none when it is gone."""


def flagged(space: Space, most: int) -> list[Flagged]:
    """The things that were flagged and wait, the oldest first."""
    rows = Flag.objects.open().filter(space=space).order_by("at", "pk")[:most]
    groups: dict[tuple[int, str], list[Flag]] = {}
    for row in rows:
        groups.setdefault((row.subject_type_id, row.subject_key), []).append(row)
    return [Flagged(flags[0], flags, _url_of(flags[0])) for flags in groups.values()]


def _url_of(flag: Flag) -> str:
    return flag.kind.url(flag.subject) if flag.kind and flag.subject is not None else ""


@dataclass(frozen=True)
class Appeal:
    """One appeal, and whether whoever reads may decide it."""

    hiding: Hiding
    is_mine: bool


def appeals(space: Space, reader: Person) -> list[Appeal]:
    """What is contested and waits, the oldest first."""
    rows = Hiding.objects.filter(space=space, state=Hiding.State.APPEALED).for_page()
    waiting = rows.order_by("appealed_at", "pk")
    return [Appeal(one, rules.can_decide(reader, one)) for one in waiting]


def number_for(space: Space, reader: Person) -> int:
    """How many things wait for this reader of the team."""
    keys = Flag.objects.open().filter(space=space).order_by()
    mine = [one for one in appeals(space, reader) if one.is_mine]
    return keys.values("subject_type", "subject_key").distinct().count() + len(mine)
