"""Reading the agenda of a space, and one event."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.spaces.rules import can_facilitate, role_in

from ..attendance import held_by, household
from ..models import Enrolment, Event, Signup
from ..rules import can_hold
from .finding import PAGE_SIZE, page_after, reads, seen, space_of
from .watching import watches

MOST_DRAFTS = 100
MOST_PAST = 20


@login_not_required
@never_cache
@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next in a space; those who facilitate it see also what is to be confirmed."""
    space = space_of(slug)
    is_reader, facilitates = reads(request, space), can_facilitate(request.user, space)
    if not is_reader and space.initiative.published_at is None:
        raise Http404
    events = space.events.gatherings().for_listing()
    announced = events.announced() if is_reader else events.public()
    upcoming = page_after(request, announced.upcoming())
    rows = list(upcoming[: PAGE_SIZE + 1])
    context: dict[str, Any] = {
        "space": space,
        "facilitates": facilitates,
        "next": rows[:PAGE_SIZE],
        "following": f"?apres={rows[PAGE_SIZE - 1].pk}" if len(rows) > PAGE_SIZE else "",
        "past": list(announced.past()[:MOST_PAST]),
    }
    context["watches"] = watches(request.user, space)
    if is_reader:
        context["polls"] = list(space.date_polls.undecided())
    if facilitates:
        drafts = events.filter(state=Event.State.DRAFT).upcoming()
        context["drafts"] = _by_series(drafts[:MOST_DRAFTS])
    return render(request, "agenda/agenda.html", context)


def _by_series(events: Iterable[Event]) -> list[list[Event]]:
    """Dates to confirm, those of a series together, the nearest first."""
    groups: dict[tuple[int | None, int], list[Event]] = {}
    for event in events:
        alone = 0 if event.series_id else event.pk
        groups.setdefault((event.series_id, alone), []).append(event)
    return list(groups.values())


@login_not_required
@never_cache
@require_safe
def event(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One event: what, when, where, and how to come."""
    found = seen(request, slug, pk)
    if found.parent_id:
        return redirect("agenda:event", slug, found.parent_id)
    return render(request, "agenda/event.html", _page(request, found))


def _page(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What the event's page shows to whoever reads it."""
    space = event.space
    people = household(request.user)
    held = held_by(people, event)
    role = role_in(request.user, space)
    referent = space.referent
    context: dict[str, Any] = {
        "event": event,
        "space": space,
        "holds": can_hold(request.user, event),
        "reader": request.user,
        "held": held,
        "others_may_come": len(held) < len(people),
        "sessions": _sessions(event),
        "enrolments": _enrolments(event, people),
        "waiting": event.signups.waiting().count(),
        "referent": referent,
        "referent_name": referent.name_for(role) if referent else "",
        "watches": watches(request.user, space),
        "address": request.build_absolute_uri(reverse("agenda:short", args=[event.code])),
    }
    if event.is_slotted:
        context["slots"] = list(event.slots.order_by("starts_at", "pk"))
    return context


def _sessions(event: Event) -> list[Event]:
    """The other dates of its series, for those who choose one or follow them all."""
    if event.series is None:
        return []
    return list(event.series.events.announced().order_by("starts_at", "pk"))


def _enrolments(event: Event, people: list[Any]) -> list[Enrolment]:
    """Who of the reader's own follows the whole series."""
    if event.series is None or not people:
        return []
    theirs = event.series.enrolments.exclude(state=Signup.State.CANCELLED)
    return list(theirs.filter(person__in=people).select_related("person").order_by("pk"))
