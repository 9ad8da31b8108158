"""The front door: today's queue for the team, one's own follow-up for whoever is followed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_read
from traboule.kernel.spaces.views.fetching import space_for

from ..models import Contact
from ..queue import queue_of
from ..rules import can_go_towards
from ..slots import follow_ups_of


@never_cache
@require_safe
def today(request: PersonRequest, slug: str) -> HttpResponse:
    """What waits today; ``?qui=equipe`` for all of the team."""
    space = space_for(request, slug, can_read)
    if not can_go_towards(request.user, space):
        return _mine(request, space)
    everyone = request.GET.get("qui") == "equipe"
    queue = queue_of(space, None if everyone else request.user)
    context = {"space": space, "queue": queue, "everyone": everyone}
    return render(request, "outreach/today.html", context)


def _mine(request: PersonRequest, space: Space) -> HttpResponse:
    """What somebody reads of their own file, and the way to be left alone."""
    files = Contact.objects.live().filter(space=space, person=request.user)
    contact = files.select_related("owner", "stage", "person").first()
    context = {
        "space": space,
        "contact": contact,
        "follow_ups": follow_ups_of(request.user, space),
    }
    return render(request, "outreach/own.html", context)
