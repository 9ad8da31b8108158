"""Giving a draft to read again, noting its approval, publishing it, sending it."""

import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.blocks.agenda.attendance import cost_of_telling
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.views.fetching import done

from ..actions import approving
from ..attendance import attendance_of
from ..forms.coming import SendForm
from ..forms.minutes import AdoptForm, UntilForm
from ..messages import minutes_text
from ..models import HouseRules, Meeting
from ..plain import remarks
from .finding import held_meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_to_amendments(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Until when; who is told."""
    meeting = held_meeting(request, slug, ref)
    days = HouseRules.of(meeting.space).amend_days
    until = timezone.localdate() + datetime.timedelta(days=days)
    form = UntilForm(request.POST or None, initial={"until": until})
    if form.is_valid():
        said = _("Le compte-rendu est à relire. Les personnes présentes sont prévenues.")
        until = form.cleaned_data["until"]
        act = approving.open_to_amendments
        if done(request, act, said, meeting=meeting, until=until, by=request.user):
            return redirect("meetings:life", slug, ref)
    context = {
        "meeting": meeting,
        "space": meeting.space,
        "form": form,
        "there": attendance_of(meeting),
        "remarks": remarks(meeting.summary),
    }
    return render(request, "meetings/open_amendments.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Where, when and how the minutes were approved."""
    meeting = held_meeting(request, slug, ref)
    later = Meeting.objects.filter(
        space=meeting.space, event__starts_at__gt=meeting.event.starts_at,
        event__starts_at__lte=timezone.now(),
    ).select_related("event").order_by("event__starts_at", "pk")  # fmt: skip
    form = AdoptForm(request.POST or None, later=later)
    if form.is_valid():
        said = _("Le compte-rendu est approuvé : il ne change plus. Vous pouvez le publier.")
        what = {"meeting": meeting, "by": request.user, **form.approval()}
        if done(request, approving.adopt, said, **what):
            return redirect("meetings:life", slug, ref)
    context = {"meeting": meeting, "space": meeting.space, "form": form}
    return render(request, "meetings/adopt.html", context)


@require_POST
def publish(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Let everyone read the approved minutes."""
    meeting = held_meeting(request, slug, ref)
    said = _("Le compte-rendu est publié : tout le monde peut le lire.")
    done(request, approving.publish, said, meeting=meeting, by=request.user)
    return redirect("meetings:life", slug, ref)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """To whom, then by which ways and for how much, then it leaves."""
    meeting = held_meeting(request, slug, ref)
    form = SendForm(request.POST or None, space=meeting.space)
    context = {"meeting": meeting, "space": meeting.space, "form": form, "checked": None}
    if form.is_valid():
        key = form.cleaned_data["audience"]
        if "send" in request.POST:
            said = _("Le compte-rendu part. Les lettres sont à imprimer dans le suivi.")
            what = {"meeting": meeting, "audience": key, "by": request.user}
            if done(request, approving.send, said, **what):
                return redirect("meetings:life", slug, ref)
        elif meeting.state == Meeting.State.PUBLISHED:
            context["checked"] = _checked(meeting, key)
    return render(request, "meetings/send.html", context)


def _checked(meeting: Meeting, key: str) -> dict[str, object] | None:
    """Who would have it, by which ways and for how much."""
    group = audiences.named(meeting.space, key)
    if group is None:
        return None
    people = list(group.people().distinct().order_by("pk"))
    text = minutes_text(meeting, long=False)
    return {
        "key": key,
        "number": len(people),
        "group": group.label,
        "forecast": cost_of_telling(people, meeting.event, text),
        "letter": minutes_text(meeting, long=True),
    }
