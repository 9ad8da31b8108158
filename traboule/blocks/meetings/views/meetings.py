"""The meetings of a space, and one of them: what everyone reads, and the team's one screen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.blocks.agenda.models import Event, Kind, Signup
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate, can_take_part

from ..actions import preparing
from ..attendance import attendance_of
from ..content import content_of, public_content, to_show
from ..forms.meeting import MeetingForm, PastForm
from ..life import counts_of, steps_of
from ..models import Amendment, Meeting, Proxy
from ..rules import can_amend, can_hold, can_read_minutes, can_reply
from ..timing import timed
from .finding import held_meeting, reads, seen_meeting, space_of, team_space

MOST_SHOWN = 60
State = Meeting.State


@login_not_required
@never_cache
@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings to come, and the minutes of those that were held."""
    space = space_of(slug)
    facilitates = can_facilitate(request.user, space)
    if not reads(request, space) and space.initiative.published_at is None:
        raise Http404
    rows = Meeting.objects.filter(space=space)
    next_ones = rows.for_listing().upcoming().filter(state__in=[State.PREPARING, State.CONVENED])
    if not facilitates:
        next_ones = next_ones.exclude(state=State.PREPARING)
    if not reads(request, space):
        next_ones = next_ones.filter(event__is_public=True)
    context = {
        "space": space,
        "facilitates": facilitates,
        "is_member": can_take_part(request.user, space),
        "next": list(next_ones[:MOST_SHOWN]),
        "past": _past(request, space),
        "years": list(rows.published().order_by("-year").values_list("year", flat=True).distinct()),
        "dates": _dates(space) if facilitates else [],
    }
    return render(request, "meetings/meetings.html", context)


def _past(request: HttpRequest, space: Space) -> list[Meeting]:
    """Those whose minutes this reader has some use of; all of them for the team."""
    rows = Meeting.objects.filter(space=space).for_listing()
    if can_facilitate(request.user, space):
        coming = rows.upcoming().filter(state__in=[State.PREPARING, State.CONVENED])
        return list(rows.exclude(pk__in=coming.values("pk"))[:MOST_SHOWN])
    if can_take_part(request.user, space):
        return list(rows.filter(state__in=[State.AMENDING, State.ADOPTED, State.PUBLISHED])
                    [:MOST_SHOWN])  # fmt: skip
    return list(rows.published()[:MOST_SHOWN])


def _dates(space: Space) -> list[Event]:
    """Meetings of the agenda that nobody prepares yet."""
    dates = space.events.gatherings().filter(kind=Kind.MEETING, meeting__isnull=True)
    planned = dates.exclude(state=Event.State.CANCELLED).filter(slot_minutes__isnull=True)
    return list(planned.upcoming()[:6])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, slug: str) -> HttpResponse:
    """Plan a meeting: it is in the agenda at once, and its preparation begins."""
    space = team_space(request, slug)
    initial = {"title": _("Réunion"), "place_name": space.initiative.place_name}
    form = MeetingForm(request.POST or None, models=space.meeting_models.all(), initial=initial)
    if form.is_valid() and (meeting := _planned(request, space, form)):
        messages.success(request, _("La réunion est dans l’agenda. Préparez-la ici."))
        return redirect("meetings:life", slug, meeting.ref)
    return render(request, "meetings/new.html", {"space": space, "form": form})


def _planned(request: PersonRequest, space: Space, form: MeetingForm) -> Meeting | None:
    """The meeting, or nothing: the form then says why not."""
    try:
        fields = form.event_fields()
        return preparing.plan(space=space, by=request.user, model=form.chosen_model, **fields)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


@require_POST
def from_event(request: PersonRequest, slug: str, event: int) -> HttpResponse:
    """Prepare a meeting whose date stands in the agenda."""
    space = team_space(request, slug)
    date = get_object_or_404(Event, pk=event, space=space)
    model = space.meeting_models.order_by("pk").first()
    try:
        meeting = preparing.prepare(event=date, by=request.user, model=model)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("meetings:meetings", slug)
    return redirect("meetings:life", slug, meeting.ref)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_past(request: PersonRequest, slug: str) -> HttpResponse:
    """Type a meeting that was held, from its paper minutes."""
    space = team_space(request, slug)
    initial = {"title": _("Réunion"), "place_name": space.initiative.place_name}
    form = PastForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            meeting = preparing.type_past(space=space, by=request.user, **form.past_fields())
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("C’est recopié. Complétez, puis notez l’approbation."))
            return redirect("meetings:life", slug, meeting.ref)
    return render(request, "meetings/type_past.html", {"space": space, "form": form})


@login_not_required
@never_cache
@require_safe
def meeting(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One meeting: its agenda before it takes place, its minutes afterwards."""
    found = seen_meeting(request, slug, ref)
    context = {
        "meeting": found,
        "space": found.space,
        "holds": can_hold(request.user, found),
        "reader": request.user,
    }
    if found.is_written and can_read_minutes(request.user, found):
        return render(request, "meetings/minutes.html", context | _minutes(request, found))
    return render(request, "meetings/meeting.html", context | _to_come(request, found))


def _minutes(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The minutes: those approved, as they were; before that as they stand, for those who have
    a part in them."""
    is_member = can_take_part(request.user, meeting.space)
    content = (
        public_content(meeting) if meeting.is_approved else content_of(meeting, names=is_member)
    )
    version = meeting.versions.order_by("-number").first()
    return {
        "content": to_show(content),
        "amends": can_amend(request.user, meeting),
        "there": attendance_of(meeting) if is_member else None,
        "version": version if meeting.is_approved else None,
    }


def _to_come(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The agenda with its hours, and what this reader has answered."""
    items = meeting.items.select_related(
        "presenter", "approves__event", "approves__space__initiative"
    )
    points = timed(
        meeting,
        items.prefetch_related("documents").order_by("position", "pk"),
        reader=request.user,
    )
    context: dict[str, Any] = {
        "points": points,
        "replies": can_reply(request.user, meeting) and not meeting.has_begun,
        "is_member": can_take_part(request.user, meeting.space),
        "comes": False,
        "excused": False,
        "voice": None,
        "carried": [],
    }
    if isinstance(request.user, Person):
        mine = {"meeting": meeting, "withdrawn_at": None}
        going = Signup.objects.going().filter(event=meeting.event_id, person=request.user)
        voices = Proxy.objects.select_related("carrier", "giver")
        context |= {
            "comes": going.exists(),
            "excused": meeting.excuses.filter(person=request.user).exists(),
            "voice": voices.filter(giver=request.user, **mine).first(),
            "carried": list(voices.filter(carrier=request.user, **mine)),
        }
    return context


@never_cache
@require_safe
def life(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """The team's one screen: every step of the meeting, and the next thing to do."""
    found = held_meeting(request, slug, ref)
    counts = counts_of(found)
    context = {
        "meeting": found,
        "space": found.space,
        "steps": steps_of(found, counts=counts),
        "versions": list(found.versions.order_by("number")),
        "waiting": Amendment.objects.filter(
            item__meeting=found, state=Amendment.State.PROPOSED
        ).exists(),
    }
    return render(request, "meetings/life.html", context)
