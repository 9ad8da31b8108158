"""Who may do what with people."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from .channels import BY_MACHINE

if TYPE_CHECKING:
    from .models import Channel, Person


def is_editor(person: "Person | AnonymousUser", department_code: str | None = None) -> bool:
    """Whether they edit that department's sheets, or any when none is given.

    Costs one query a person at most, none for someone who has not signed in.
    """
    if not (person.is_authenticated and person.is_active):
        return False
    charges = person.editor_of
    if department_code is None:
        return bool(charges)
    return "" in charges or department_code in charges


def can_remove_channel(person: "Person", channel: "Channel") -> bool:
    """Whether the channel is theirs and they can still sign in without it."""
    if channel.person_id != person.pk:
        return False
    doors = person.channels.verified().filter(kind__in=BY_MACHINE)
    return not doors.filter(pk=channel.pk).exists() or doors.exclude(pk=channel.pk).exists()
