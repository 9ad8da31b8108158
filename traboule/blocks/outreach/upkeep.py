"""What outreach does by itself, every quarter of an hour. Safe to repeat."""

import datetime

from django.db.models import Count, Min
from django.utils import timezone

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from . import messages
from .actions.contacts import forget_old
from .models import ContactImport, NextAction

CONTENT_KEPT = datetime.timedelta(days=7)
REPORT_KEPT = datetime.timedelta(days=365)


def remind_owners(now: datetime.datetime) -> None:
    """Once a week, tell each adviser what waits for them; nothing when nothing does."""
    today = timezone.localdate(now)
    year, week, _day = today.isocalendar()
    due = NextAction.objects.due(today).filter(
        owner__isnull=False, contact__space__closed_at__isnull=True
    )
    rows = (
        due.order_by()
        .values("owner", "contact__space")
        .annotate(n=Count("pk"), first=Min("due_on"))
    )
    for row in rows:
        messages.due(
            Person.objects.get(pk=row["owner"]),
            Space.objects.for_page().get(pk=row["contact__space"]),
            row["n"],
            key=f"outreach.due:{row['owner']}:{row['contact__space']}:{year}-{week}",
        )


def forget(now: datetime.datetime) -> None:
    """Let go of files with whom nothing was exchanged for three years, and of lists sent in."""
    forget_old(now)
    ContactImport.objects.filter(at__lt=now - CONTENT_KEPT).exclude(content="").update(content="")
    ContactImport.objects.filter(at__lt=now - REPORT_KEPT).delete()
