"""Yes or no to a seat: one's own, or as told on the telephone or on paper; and who comes next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import answers
from ..answers import said
from ..models import DrawCandidate
from ..rules import can_answer, can_compose
from .finding import candidate_of, roster_space, seen_draw


@throttled(rate="60/m")
@require_POST
def answer(request: PersonRequest, slug: str, pk: int, candidate: int) -> HttpResponse:
    """Take the seat, or leave it to who comes next."""
    draw = seen_draw(request, slug, pk)
    found = candidate_of(draw, candidate)
    if not can_answer(request.user, found):
        raise PermissionDenied
    try:
        messages.success(request, _answered(request, found))
    except Refused as refused:
        messages.error(request, refused.messages[0])
    return redirect(draw)


def _answered(request: PersonRequest, candidate: DrawCandidate) -> str:
    """Note the answer, and what to say back to who gave it."""
    is_oneself = candidate.person_id == request.user.pk
    if request.POST.get("answer") == "yes":
        member = answers.accept(candidate=candidate, by=request.user)
        return said(member) if is_oneself else _("C’est noté : oui.")
    called = answers.decline(candidate=candidate, by=request.user)
    if is_oneself:
        return _("C’est noté : vous ne prenez pas cette place. Merci de l’avoir dit.")
    if called is None:
        return _("C’est noté : non.")
    return _("C’est noté : non. Le numéro %(n)d est appelé à son tour.") % {"n": called.number}


@require_POST
def call_next(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask the next of the reserve to take a vacant seat."""
    space = roster_space(request, slug, can_compose)
    college = get_object_or_404(space.colleges, pk=pk)
    said = _("C’est demandé à la personne suivante de la réserve.")
    done(request, answers.call_next, said, college=college, by=request.user)
    return redirect("roster:roster", slug)
