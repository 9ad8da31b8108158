"""Reading the agenda of a space, and one event."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traboule.kernel.spaces.rules import can_facilitate, can_read

from .finding import seen_event, space_of


@login_not_required
@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next in a space; those who facilitate it see also what is to be confirmed."""
    space = space_of(slug)
    events = space.events.gatherings().for_listing()
    if not can_facilitate(request.user, space):
        events = events.announced() if can_read(request.user, space) else events.public()
    return render(
        request, "agenda/agenda.html", {"space": space, "events": list(events.upcoming()[:100])}
    )


@login_not_required
@require_safe
def event(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One event: what, when, where, and how to come."""
    found = seen_event(request.user, slug, pk)
    return render(request, "agenda/event.html", {"event": found, "space": found.space})
