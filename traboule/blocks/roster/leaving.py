"""Whoever is erased sits no more, and is called no more; a year on, candidates are forgotten."""

import datetime
from typing import Any

from traboule.kernel.journal.models import Entry
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .actions.answers import decline
from .actions.members import leave
from .models import Because, DrawCandidate, Member, Roster

KEPT = datetime.timedelta(days=365)
"""After a draw, how long the names stay of those who were not called."""


def give_back(sender: Any, *, entry: Entry, subject: Any, **kwargs: Any) -> None:
    """Free the seats of an erased person, and call who comes next where theirs was kept."""
    if entry.act != "erase" or not isinstance(subject, Person):
        return
    for member in Member.objects.current().filter(person=subject).select_related("space"):
        Roster.locked(member.space)
        leave(member, because=Because.OTHER)
    running = Space.objects.running()
    asked = DrawCandidate.objects.asked().filter(person=subject, draw__space__in=running)
    for candidate in asked.select_related("draw__space").order_by("pk"):
        decline(candidate=candidate, by=subject)


def forget_candidates(now: datetime.datetime) -> int:
    """Part names from numbers a year after the draw, for those who were never called."""
    old = DrawCandidate.objects.filter(draw__created_at__lt=now - KEPT, answer="")
    named = old.exclude(person=None)
    return named.update(person=None, features={})
