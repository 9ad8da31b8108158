"""What waits for somebody of the team: flags, gathered by what they are about, and appeals."""

from collections import defaultdict
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
    groups: dict[tuple[int, str], list[Flag]] = defaultdict(list)
    for row in rows:
        groups[row.subject_type_id, row.subject_key].append(row)
    urls = _urls(groups)
    return [Flagged(flags[0], flags, urls.get(key, "")) for key, flags in groups.items()]


def _urls(groups: dict[tuple[int, str], list[Flag]]) -> dict[tuple[int, str], str]:
    """Where what was flagged is read, if it still exists: one query a kind."""
    by_type: dict[int, list[str]] = defaultdict(list)
    for type_id, key in groups:
        by_type[type_id].append(key)
    return {
        (type_id, key): kind.url(thing)
        for type_id, keys in by_type.items()
        if (kind := groups[type_id, keys[0]][0].kind)
        for key, thing in kind.found(keys).items()
    }


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
