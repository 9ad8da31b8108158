"""Calendars to subscribe to, and what is printed for doors, walls and fridges."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.initiatives.search.filters import Filters
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.downloads import paper
from traboule.ui.throttle import throttled

from ..calendars import MOST_EVENTS, as_icalendar
from ..models import Event, PersonalFeed
from ..models.event import EventQuerySet
from ..models.feed import new_token
from ..nearby import of_territory, own_dates
from ..printing import documents
from ..rules import can_hold
from .finding import reads, seen_event, space_of

KEPT = datetime.timedelta(days=60)
"""How far back a calendar goes: what was cancelled last week must still say so."""


@login_not_required
@require_safe
def space_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The public dates of a space."""
    space = space_of(slug)
    return _calendar(Event.objects.filter(space=space).public(), name=str(space))


@login_not_required
@require_safe
def event_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One event, to put in one's agenda."""
    event = seen_event(request.user, slug, pk)
    return _file(as_icalendar([event], name=event.title), f"{slugify(event.title)}.ics")


@login_not_required
@require_safe
@throttled(rate="60/m")
def territory_calendar(request: HttpRequest) -> HttpResponse:
    """The public dates of the territory, or around a commune."""
    return _calendar(of_territory(Filters.from_query(request.GET)), name=_("Agenda des quartiers"))


@login_not_required
@require_safe
@throttled(rate="60/m")
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whoever the secret address belongs to, and of those they answer for."""
    feed = get_object_or_404(PersonalFeed.objects.select_related("person"), token=token)
    return _calendar(own_dates(feed.person), name=_("Mes dates"))


@require_safe
def personal_feed(request: PersonRequest) -> HttpResponse:
    """How to see one's dates in the agenda of one's telephone."""
    feed = PersonalFeed.objects.filter(person=request.user).first()
    return render(request, "agenda/personal_feed.html", {"feed": feed})


@require_POST
def renew_feed(request: PersonRequest) -> HttpResponse:
    """Make the secret address, or change it: the former one stops answering."""
    PersonalFeed.objects.update_or_create(person=request.user, defaults={"token": new_token()})
    messages.success(
        request, _("L’adresse est prête. L’ancienne, s’il y en avait une, ne répond plus.")
    )
    return redirect("agenda:personal-feed")


@login_not_required
@require_safe
@throttled(rate="60/m")
def poster(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The event on a wall: what, when, where, and three ways to sign up."""
    event = seen_event(request.user, slug, pk)
    return paper(documents.poster(event), _("affiche"), event.title)


@login_not_required
@require_safe
@throttled(rate="60/m")
def door_sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The event on the door of the room: it is here, and until when."""
    event = seen_event(request.user, slug, pk)
    return paper(documents.door_sheet(event), _("porte"), event.title)


@require_safe
def expected_list(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who is expected, on paper, for those who hold the event."""
    event = seen_event(request.user, slug, pk)
    if not can_hold(request.user, event):
        raise PermissionDenied
    return paper(documents.expected_list(event), _("inscriptions"), event.title)


@login_not_required
@require_safe
@throttled(rate="30/m")
def month(request: HttpRequest) -> HttpResponse:
    """A month of the neighbourhood on a sheet of paper."""
    filters = Filters.from_query(request.GET)
    first = _month_of(request.GET.get("mois", ""))
    return paper(documents.month(filters, first), _("agenda"), f"{first:%Y-%m}")


@login_not_required
@require_safe
@throttled(rate="30/m")
def space_month(request: HttpRequest, slug: str) -> HttpResponse:
    """A month of one space on a sheet of paper, for its gate."""
    space = space_of(slug)
    events = space.events.announced() if reads(request, space) else space.events.public()
    first = _month_of(request.GET.get("mois", ""))
    content = documents.month_of_space(space, events.gatherings(), first)
    return paper(content, _("agenda"), slug, f"{first:%Y-%m}")


def _month_of(text: str) -> datetime.date:
    """``2026-12`` as its first day; this month for anything else."""
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


def _calendar(events: EventQuerySet, name: str) -> HttpResponse:
    recent = events.filter(ends_at__gte=timezone.now() - KEPT).for_page()
    return _file(as_icalendar(recent.order_by("starts_at", "pk")[:MOST_EVENTS], name=name), "")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
