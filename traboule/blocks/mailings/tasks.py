"""What goes on in the background, one part after another, so that others have their turn."""

import datetime

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from .actions.listing import list_some
from .actions.sending import send_some
from .models import Mailing, State

ASLEEP = datetime.timedelta(minutes=10)
"""After that long without a step, whoever was at it has died."""


@task(priority=-10)
def go_on(pk: int) -> None:
    """Take one more step of a mailing, then ask for the next. Safe to repeat, at any moment.

    It asks after the messages of this step did, so that they leave before the next step.
    """
    if list_some(pk) or send_some(pk):
        go_on.enqueue(pk)


def go_on_after_commit(pk: int) -> None:
    """Start, or start again, once what was decided is certain."""
    transaction.on_commit(lambda: go_on.enqueue(pk))


def wake(now: datetime.datetime) -> None:
    """Resume what stopped by itself: the worker died, the machine restarted."""
    under_way = Q(state=State.SENDING) | Q(state=State.READY, listed_at=None)
    asleep = Mailing.objects.filter(under_way, worked_at__lt=now - ASLEEP)
    for pk in asleep.order_by("pk").values_list("pk", flat=True):
        go_on.enqueue(pk)
