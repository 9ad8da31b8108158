"""What the agenda does by itself, every quarter of an hour. Safe to repeat."""

import datetime

from . import messages
from .models import Event, PollAnswer

REMIND_BEFORE = datetime.timedelta(hours=26)
"""A day and two hours: whoever works late still reads it before the last evening."""

NAMES_KEPT = datetime.timedelta(days=90)
"""How long after its last date a poll still says who answered what."""


def remind(now: datetime.datetime) -> None:
    """Remind those who come to an event of the next day; each once."""
    soon = Event.objects.open().filter(starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE)
    for event in soon.for_page().order_by("starts_at", "pk"):
        messages.reminder(event)


def forget_names(now: datetime.datetime) -> None:
    """Leave of old polls their tally, without the names."""
    lately = {"poll__dates__ends_at__gte": now - NAMES_KEPT}
    PollAnswer.objects.exclude(name="").exclude(**lately).update(name="", person=None, by=None)
