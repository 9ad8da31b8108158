"""Asking to be told when a date changes."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import watching
from ..models import Watch
from .finding import facilitated_space, reads, space_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def watches(person: "Person | AnonymousUser", space: Space) -> bool:
    """Whether they are told when a date of the space changes."""
    return person.is_authenticated and Watch.objects.filter(space=space, person=person).exists()


@throttled(rate="30/m")
@require_POST
def watch(request: PersonRequest, slug: str) -> HttpResponse:
    """Be told, or not any more."""
    space = space_of(slug)
    if not reads(request, space) and space.initiative.published_at is None:
        raise PermissionDenied
    if "stop" in request.POST:
        watching.stop_watching(space=space, person=request.user, by=request.user)
        messages.success(request, _("C’est noté : nous ne vous préviendrons plus."))
    else:
        said = _("C’est noté : nous vous prévenons si une date change.")
        done(request, watching.watch, said, space=space, person=request.user, by=request.user)
    return redirect("agenda:agenda", slug)


@require_POST
def watch_for(request: PersonRequest, slug: str, person: UUID) -> HttpResponse:
    """The same, for someone who asked by telephone or on the spot."""
    space = facilitated_space(request, slug)
    taking_part = space.participations.current().select_related("person")
    participation = get_object_or_404(taking_part, person__public_id=person)
    what = {"space": space, "person": participation.person, "by": request.user}
    if "stop" in request.POST:
        done(request, watching.stop_watching, _("C’est noté."), **what)
    else:
        done(request, watching.watch, _("C’est noté."), **what)
    return redirect(participation)
