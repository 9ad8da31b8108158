"""What documents do by themselves, every quarter of an hour. Safe to repeat."""

import datetime

from .models import PaperCopy, Reading
from .reading import read

COPIES_KEPT = datetime.timedelta(days=90)
NOBODY = "–"
READ_WITHIN = datetime.timedelta(hours=1)
TRIED_FOR = datetime.timedelta(hours=6)


def forget_copies(now: datetime.datetime) -> None:
    """Three months after a copy was handed over, nobody needs to know to whom."""
    old = PaperCopy.objects.filter(handed_at__lt=now - COPIES_KEPT)
    old.exclude(person=None, name=NOBODY).update(person=None, name=NOBODY, by=None)


def read_what_is_left(now: datetime.datetime) -> None:
    """Read what a machine that stopped left unread."""
    waiting = Reading.objects.filter(
        state=Reading.State.WAITING,
        version__at__range=(now - TRIED_FOR, now - READ_WITHIN),
    )
    for version in waiting.values_list("version", flat=True).order_by("version"):
        read.enqueue(version)
