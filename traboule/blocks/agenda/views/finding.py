"""What an address of the agenda speaks of, for whoever may see it; a page not found otherwise."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate, can_read
from traboule.kernel.spaces.views.fetching import last_read

from ..models import Event
from ..models.event import EventQuerySet
from ..rules import can_hold, can_see

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person

PAGE_SIZE = 20


def page_after(request: HttpRequest, events: EventQuerySet) -> EventQuerySet:
    """What follows the event with which the page before ended, by its own date and key."""
    last = last_read(request, Event.objects.all())
    return events.after(last) if last else events


def space_of(slug: str) -> Space:
    """The space of that name, if it uses the agenda."""
    spaces = Space.objects.for_page().filter(blocks__key="agenda", blocks__put_away_at__isnull=True)
    return get_object_or_404(spaces, initiative__slug=slug)


def facilitated_space(request: HttpRequest, slug: str) -> Space:
    """The same, for those who facilitate it."""
    space = space_of(slug)
    if not can_facilitate(request.user, space):
        raise PermissionDenied
    return space


def seen_event(person: "Person | AnonymousUser", slug: str, pk: int) -> Event:
    """The event, for whoever may read it."""
    event = get_object_or_404(Event.objects.for_page(), pk=pk, space__initiative__slug=slug)
    if not can_see(person, event):
        raise Http404
    return event


def held_event(person: "Person | AnonymousUser", slug: str, pk: int) -> Event:
    """The event, for those who hold it."""
    event = get_object_or_404(Event.objects.for_page(), pk=pk, space__initiative__slug=slug)
    if not can_hold(person, event):
        raise PermissionDenied
    return event


def reads(request: HttpRequest, space: Space) -> bool:
    """Whether they read what is kept for those who take part, be it with the code of the gate."""
    return can_read(request.user, space) or access.opened(request.session, space)


def seen(request: HttpRequest, slug: str, pk: int) -> Event:
    """The event, for whoever may read it, be it with the code of the gate."""
    event = get_object_or_404(Event.objects.for_page(), pk=pk, space__initiative__slug=slug)
    announced = event.state != Event.State.DRAFT
    if not (can_see(request.user, event) or (announced and reads(request, event.space))):
        raise Http404
    return event
