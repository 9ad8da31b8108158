"""Whom an event may still be told to, and in which words."""

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.audiences import Audience

from . import messages
from .models import Event, Signup

MOST_INVITED = 200
"""How many people one page offers to invite; those invited leave room for the next ones."""


def not_asked_yet(event: Event, group: Audience) -> list[Person]:
    """Who of the group has not been asked to this event, and has not said anything."""
    answered = Signup.objects.filter(event=event).values("person")
    asked = Notice.objects.filter(kind="agenda.invitation", data__event=event.pk)
    people = group.people().filter(erased_at__isnull=True, is_active=True)
    left = people.exclude(pk__in=answered).exclude(pk__in=asked.values("person"))
    chosen = Person.objects.filter(pk__in=left.order_by().values("pk"))
    return list(chosen.order_by("name", "pk")[:MOST_INVITED])


def group_of(event: Event, key: str) -> Audience:
    """The group of that key, be it of another block; everyone of the space without one."""
    groups = audiences.of(event.space)
    return next((one for one in groups if one.key == key), groups[0])


def open_for(person: Person) -> "list[Notice]":
    """The invitations that this person has not answered, for themselves or a child."""
    notices = Notice.objects.filter(kind="agenda.invitation", recipient=person, answered_at=None)
    return list(notices.asking().select_related("person").order_by("created_at", "pk"))


def words(event: Event) -> str:
    """What an invitation says, to reckon what it costs."""
    return str(messages.INVITATION) % messages.values_of(event)
