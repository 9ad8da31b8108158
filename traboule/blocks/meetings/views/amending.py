"""Changes to the minutes that those who were there ask for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import approving
from ..attendance import attendance_of
from ..forms.minutes import AnswerForm, ProposeForm
from ..models import Amendment, Meeting
from ..rules import can_amend, can_hold
from .finding import held_meeting, item_of, seen_meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Ask for a change; the team types what was said by telephone or on paper."""
    meeting = seen_meeting(request, slug, ref)
    if not can_amend(request.user, meeting):
        raise PermissionDenied
    item = item_of(meeting, pk)
    others = _others(meeting, request.user) if can_hold(request.user, meeting) else []
    form = ProposeForm(request.POST or None, others=others)
    if form.is_valid():
        said = _("C’est noté. Vous saurez ce qu’il en advient.")
        asked = form.asked(request.user)
        if done(request, approving.propose, said, item=item, by=request.user, **asked):
            return redirect(meeting)
    context = {"meeting": meeting, "space": meeting.space, "item": item, "form": form}
    return render(request, "meetings/propose.html", context)


def _others(meeting: Meeting, me: Person) -> list[Person]:
    """Who was there or was represented, besides oneself."""
    there = attendance_of(meeting)
    people = [*there.present, *(one.giver for one in there.carried)]
    return [one for one in people if one.pk != me.pk]


@never_cache
@require_safe
def amendments(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Every change asked for, those that wait first."""
    meeting = held_meeting(request, slug, ref)
    asked = Amendment.objects.filter(item__meeting=meeting).select_related("item", "person")
    rows = list(asked.order_by("asked_at", "pk"))
    context = {
        "meeting": meeting,
        "space": meeting.space,
        "waiting": [one for one in rows if one.state == Amendment.State.PROPOSED],
        "answered": [one for one in rows if one.state != Amendment.State.PROPOSED],
    }
    return render(request, "meetings/amendments.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Accept a change, with the text as it will read; or keep the text, and say why."""
    meeting = held_meeting(request, slug, ref)
    rows = Amendment.objects.select_related("item__meeting", "person")
    amendment = get_object_or_404(rows, pk=pk, item__meeting=meeting)
    form = AnswerForm(request.POST or None, amendment=amendment)
    if form.is_valid():
        given = form.cleaned_data
        what: dict[str, Any] = {"amendment": amendment, "by": request.user}
        if "accept" in request.POST:
            said = _("Le compte-rendu est corrigé.")
            did = done(request, approving.accept, said, **what, notes=given["notes"])
        else:
            said = _("C’est noté, la personne est prévenue.")
            did = done(request, approving.refuse, said, **what, reason=given["reason"])
        if did:
            return redirect("meetings:amendments", slug, ref)
    context = {"meeting": meeting, "space": meeting.space, "amendment": amendment, "form": form}
    return render(request, "meetings/answer.html", context)
