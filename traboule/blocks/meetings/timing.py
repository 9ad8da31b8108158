"""When each point of an agenda begins, from how long the points before it take."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from traboule.blocks.agenda.wording import hour

from .models import Item, Meeting


@dataclass(frozen=True)
class Timed:
    """A point, its number, and its hour while every point before it has a duration."""

    item: Item
    number: int
    at: str


def timed(meeting: Meeting, items: Iterable[Item]) -> list[Timed]:
    """The agenda with its hours."""
    start: datetime.datetime | None = meeting.event.starts_at
    points = []
    for number, item in enumerate(items, 1):
        points.append(Timed(item, number, hour(start) if start else ""))
        known = start is not None and item.duration
        start = start + datetime.timedelta(minutes=item.duration or 0) if start and known else None
    return points


def runs_over(meeting: Meeting, items: Iterable[Item]) -> int:
    """By how many minutes the agenda is longer than the meeting; 0 when it fits."""
    return max(0, sum(one.duration or 0 for one in items) - meeting.event.minutes)
