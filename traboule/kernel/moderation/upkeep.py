"""What moderation does by itself, every quarter of an hour. Safe to repeat."""

import datetime

from .actions import expire
from .models import Hiding

AT_ONCE = 200


def show_what_is_due(now: datetime.datetime) -> None:
    """Show again what was hidden until now, the oldest first."""
    for hiding in Hiding.objects.due(now).order_by("expires_at", "pk")[:AT_ONCE]:
        expire(hiding=hiding)
