"""What two rows that become one person, or two again, change in the agenda: seats are recounted."""

from typing import Any

from django.db.models import Q

from traboule.kernel.people.models import Merge

from ..models import Event, Signup
from ..models.signup import seats
from .signups import promote, tell_those_seated


def recount(sender: Any, *, merge: Merge, **kwargs: Any) -> None:
    """Count the seats of the dates to which either came; a seat that frees goes to who waits.

    Parted again, they may hold a seat more than there is: who comes back waits, first in line.
    """
    either = Q(signups__person=merge.kept_id) | Q(signups__person=merge.absorbed_id)
    touched = Event.objects.filter(either).order_by("pk").values_list("pk", flat=True).distinct()
    aside = [row["fields"] for row in merge.conflicts if row["model"] == Signup._meta.label_lower]
    keys = {*touched, *(fields["event"] for fields in aside)}
    events = Event.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    for event in events:
        _recount(event, merge)
    tell_those_seated(promote(events))


def _recount(event: Event, merge: Merge) -> None:
    going = Signup.objects.going().filter(event=event)
    held = seats(going)
    if event.capacity is not None and held > event.capacity:
        back = going.filter(person=merge.absorbed_id)
        held -= seats(back)
        back.update(state=Signup.State.WAITING)
    event.seats_taken = held
    event.save(update_fields=["seats_taken"])
