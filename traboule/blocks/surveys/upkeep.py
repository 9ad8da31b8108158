"""What surveys do by themselves, every quarter of an hour. Safe to repeat."""

import datetime

from django.db.models import Q
from django.utils import timezone

from .actions.holding import move
from .models import Response, SmsThread, Survey
from .models.survey import HASHES_KEPT
from .texting import THREADS_KEPT


def close_ended(now: datetime.datetime) -> None:
    """Close the surveys whose last day is over."""
    today = timezone.localtime(now).date()
    ended = Survey.objects.filter(
        state=Survey.State.OPEN, closes_on__lt=today, space__closed_at__isnull=True
    )
    for survey in ended.select_related("space").order_by("pk"):
        move(survey=survey, to=Survey.State.CLOSED, by=None)


def forget(now: datetime.datetime) -> None:
    """Forget prints a month after the end, what was never sent, and numbers that stopped."""
    SmsThread.objects.filter(asked_at__lt=now - THREADS_KEPT).delete()
    old = Survey.objects.filter(closed_at__lt=now - HASHES_KEPT)
    Response.objects.filter(survey__in=old, finished_at=None).delete()
    printed = Response.objects.filter(survey__in=old).exclude(Q(source="") & Q(network=""))
    printed.update(source="", network="")
    old.exclude(salt="").update(salt="", salt_on=None)
