"""What runs by itself."""

import datetime

from django.utils import timezone
from django_tasks import task

from . import digest, receiving, upkeep
from .delivering import deliver_notice
from .models import Inbound, LetterBatch, Notice

KEPT_FOR = datetime.timedelta(days=365)
MOST_AT_ONCE = 500


@task()
def quarter_hourly() -> None:
    """Write the week's digests, send what is due, remind, forget. Safe to repeat."""
    now = timezone.now()
    upkeep.do_all(now)
    digest.gather_all(now=now)
    for pk in Notice.objects.due(now=now).values_list("pk", flat=True)[:MOST_AT_ONCE]:
        deliver_notice.enqueue(pk)
    receiving.reply_again(now)
    purge_old(now=now)


def purge_old(*, now: datetime.datetime) -> None:
    """Let go of what is older than a year."""
    before = now - KEPT_FOR
    Notice.objects.filter(created_at__lt=before).delete()
    Inbound.objects.filter(received_at__lt=before).delete()
    LetterBatch.objects.filter(created_at__lt=before).delete()
