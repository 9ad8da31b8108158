"""What meetings do by themselves, every quarter of an hour. Safe to repeat."""

import datetime

from django.utils import timezone

from . import messages
from .models import ActionPoint, Meeting

REMIND_BEFORE = datetime.timedelta(days=8)
"""A week and a day: the reminder is in the weekly message that comes before the day."""


def remind(now: datetime.datetime) -> None:
    """Remind those who see to something due soon, of meetings whose draft they could read."""
    soon = timezone.localtime(now).date() + REMIND_BEFORE
    read = [Meeting.State.AMENDING, Meeting.State.ADOPTED, Meeting.State.PUBLISHED]
    due = ActionPoint.objects.for_listing().to_do().filter(
        due_on__lte=soon, owner__isnull=False, owner__erased_at__isnull=True,
        item__meeting__state__in=read, item__meeting__space__closed_at__isnull=True,
    )  # fmt: skip
    for action in due:
        messages.reminder(action)
