"""Whom an event may still be told to, and in which words."""

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Person

from . import messages
from .models import Event, Signup


def not_asked_yet(event: Event) -> list[Person]:
    """Who takes part in the space, has not been asked to this event, and has not said anything."""
    answered = Signup.objects.filter(event=event).values("person")
    asked = Notice.objects.filter(kind="agenda.invitation", data__event=event.pk)
    roll = event.space.roll().exclude(person__in=answered)
    return [one.person for one in roll.exclude(person__in=asked.values("person"))]


def open_for(person: Person) -> "list[Notice]":
    """The invitations that this person has not answered, for themselves or a child."""
    notices = Notice.objects.filter(kind="agenda.invitation", recipient=person, answered_at=None)
    return list(notices.asking().select_related("person").order_by("created_at", "pk"))


def words(event: Event) -> str:
    """What an invitation says, to reckon what it costs."""
    return str(messages.INVITATION) % messages.values_of(event)
