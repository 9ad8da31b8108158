"""Who may do what with the agenda."""

from typing import TYPE_CHECKING

from traboule.kernel.people.models import MandateScope
from traboule.kernel.people.rules import can_act_for
from traboule.kernel.spaces.rules import can_facilitate, can_read

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person

    from .models import Event


def can_hold(person: "Person | AnonymousUser", event: "Event") -> bool:
    """Whether they hold the event: change it, sign people up, call the roll."""
    return can_facilitate(person, event.space)


def can_see(person: "Person | AnonymousUser", event: "Event") -> bool:
    """Whether they may read the event's page."""
    if can_hold(person, event):
        return True
    if event.state == event.State.DRAFT:
        return False
    published = event.space.initiative.published_at is not None
    return (event.is_public and published) or can_read(person, event.space)


def can_sign_up(by: "Person", person: "Person", event: "Event") -> bool:
    """Whether ``by`` may give ``person`` a seat: oneself, one's own, or as who holds the event."""
    if can_hold(by, event):
        return True
    return can_see(by, event) and can_act_for(by, person, MandateScope.SIGN_UP)
