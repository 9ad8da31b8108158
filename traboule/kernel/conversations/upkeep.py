"""What conversations do by themselves. Safe to repeat."""

import datetime

from .models import Conversation

KEPT = datetime.timedelta(days=365)


def forget(now: datetime.datetime) -> None:
    """A year after the last message, a conversation is of no more use."""
    Conversation.objects.filter(last_at__lt=now - KEPT).delete()
