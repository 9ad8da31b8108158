"""What reports do by themselves, every quarter of an hour. Safe to repeat."""

import datetime

from django.utils import timezone

from . import messages
from .models import Follow, Report
from .models.report import CLOSED

NUMBERS_KEPT = datetime.timedelta(days=30)


def remind(now: datetime.datetime) -> None:
    """Remind whoever sees to a problem that its day is past; once for each day chosen."""
    late = Report.objects.overdue(timezone.localdate(now)).filter(
        owner__isnull=False, hidden_at__isnull=True, space__closed_at__isnull=True
    )
    for report in late.select_related("owner", "space__purse", "space__initiative", "zone"):
        messages.overdue(report)


def forget_numbers(now: datetime.datetime) -> None:
    """A month after the end, the numbers that strangers left are of no more use."""
    settled = {"report__state__in": CLOSED, "report__closed_at__lt": now - NUMBERS_KEPT}
    Follow.objects.filter(**settled).exclude(reach="").update(reach="")
