"""Small plausible events to test with."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from traboule.blocks.agenda.actions.presence import Line, note
from traboule.blocks.agenda.models import Event, Presence, Series
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_space


def in_days(days: float, hour: int = 18) -> datetime.datetime:
    """That hour, so many days from now, in France."""
    day = timezone.localtime() + datetime.timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def make_event(space: Space | None = None, *, days: float = 7, **fields: Any) -> Event:
    """An open workshop of two hours, next week unless said otherwise."""
    start = fields.pop("starts_at", in_days(days))
    return Event.objects.create(
        space=space or make_space(blocks=("agenda",)),
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=2),
        **{"title": "Créer son site", "place_name": "Maison des associations", **fields},
    )


def make_series(space: Space | None = None, *, sessions: int = 3, **fields: Any) -> Series:
    """A series of weekly sessions that one follows whole; ``capacity`` is each one's."""
    space = space or make_space(blocks=("agenda",))
    capacity = fields.pop("capacity", None)
    first = in_days(7)
    series = Series.objects.create(
        space=space,
        rule={
            "frequency": "weekly",
            "start": f"{first:%Y-%m-%d}",
            "count": sessions,
            "weekdays": [first.weekday()],
        },
        **{"title": "Coder à l’école", "is_whole": True, **fields},
    )
    for rank in range(sessions):
        make_event(
            space, days=7 * (rank + 1), series=series, rank=rank + 1, capacity=capacity,
            title=series.title,
        )  # fmt: skip
    return series


def make_people(count: int) -> list[Person]:
    """So many neighbours, without any way to be reached."""
    return [make_person(f"Voisine {number}") for number in range(1, count + 1)]


def past_event(space: Space | None = None, **fields: Any) -> Event:
    """A workshop of two hours that ended an hour ago."""
    start = timezone.now() - datetime.timedelta(hours=3)
    return make_event(space, starts_at=start, **fields)


def present(event: Event, *people: Person, state: str = "present") -> None:
    """Note these people at the event, by the first of them."""
    lines = [
        Line(client_id=uuid.uuid4(), person_id=one.pk, state=state, noted_at=timezone.now())
        for one in people
    ]
    note(event=event, lines=lines, by=people[0], source=Presence.Source.ROLL_CALL)
