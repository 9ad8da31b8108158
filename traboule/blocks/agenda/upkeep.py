"""What the agenda does by itself, every quarter of an hour. Safe to repeat."""

import datetime

from django.utils import timezone

from . import messages
from .models import Event

REMIND_BEFORE = datetime.timedelta(hours=26)
"""A day and two hours: whoever works late still reads it before the last evening."""


def remind() -> None:
    """Remind those who come to an event of the next day; each once."""
    now = timezone.now()
    soon = Event.objects.open().filter(starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE)
    for event in soon.for_page().order_by("starts_at", "pk"):
        messages.reminder(event)
