"""Whoever is erased comes to nothing more: their seats to come go to those who wait."""

from typing import Any

from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.people.models import Person

from ..models import Enrolment, Event
from .signups import cancel, leave_series


def give_back(sender: Any, *, entry: Entry, subject: Any, **kwargs: Any) -> None:
    """Give back what an erased person still held; past dates count as they were."""
    if entry.act != "erase" or not isinstance(subject, Person):
        return
    to_come = Event.objects.filter(starts_at__gt=timezone.now())
    followed = Enrolment.objects.filter(person=subject, series__in=to_come.values("series"))
    for enrolment in followed.select_related("series", "person").order_by("pk"):
        leave_series(enrolment=enrolment, by=subject)
    held = subject.signups.live().filter(event__in=to_come)
    for signup in held.select_related("event__series", "person").order_by("pk"):
        cancel(signup=signup, by=subject)
