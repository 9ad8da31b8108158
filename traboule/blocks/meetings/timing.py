"""When each point of an agenda begins, from how long the points before it take."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from traboule.blocks.agenda.wording import hour
from traboule.blocks.documents.models import Document
from traboule.blocks.documents.rules import can_see

from .models import Item, Meeting


@dataclass(frozen=True)
class Timed:
    """A point, its number, and its hour while every point before it has a duration."""

    item: Item
    number: int
    at: str
    documents: list[Document] = field(default_factory=list)
    """What is read beforehand, as far as the reader may."""


def timed(meeting: Meeting, items: Iterable[Item], *, reader: Any = None) -> list[Timed]:
    """The agenda with its hours; for a ``reader``, with the documents that they may open."""
    start: datetime.datetime | None = meeting.event.starts_at
    points = []
    for number, item in enumerate(items, 1):
        documents = _readable(meeting, item, reader) if reader else []
        points.append(Timed(item, number, hour(start) if start else "", documents))
        known = start is not None and item.duration
        start = start + datetime.timedelta(minutes=item.duration or 0) if start and known else None
    return points


def _readable(meeting: Meeting, item: Item, reader: Any) -> list[Document]:
    documents = list(item.documents.all())
    for document in documents:
        document.space = meeting.space  # It is the same, and known already.
    return [one for one in documents if can_see(reader, one)]


def runs_over(meeting: Meeting, items: Iterable[Item]) -> int:
    """By how many minutes the agenda is longer than the meeting; 0 when it fits."""
    return max(0, sum(one.duration or 0 for one in items) - meeting.event.minutes)
