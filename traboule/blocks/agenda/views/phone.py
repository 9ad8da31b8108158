"""Signing someone up while they are on the telephone: who, what for, read back, done."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import read_address
from traboule.kernel.people.contacts import note_channel
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.actions import add_person
from traboule.kernel.spaces.models import Space
from traboule.ui.throttle import throttled

from ..actions.for_others import enrol_for, sign_up_for
from ..answers import said, said_of_series
from ..callers import Known, calls_for, find_callers, may_be_helped, shown
from ..forms.phone import CallerForm, ReadBackForm
from ..models import Enrolment, Event, Series, Signup, Via
from ..models.event import EventQuerySet
from .finding import facilitated_space, held_event

MOST_SHOWN = 40


@never_cache
@throttled(rate="60/m", when=lambda request: "q" in request.GET)
@require_safe
def find(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is calling? By name among the space's people, by number among those one may know."""
    space = facilitated_space(request, slug)
    asked = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:120]
    found = find_callers(space, asked, by=request.user) if asked else []
    context = {
        "space": space,
        "q": asked,
        "found": list(shown(found).values()),
        "chosen": _chosen(request, space),
    }
    return render(request, "agenda/phone_find.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_caller(request: PersonRequest, slug: str) -> HttpResponse:
    """Someone new: a name, and whatever way to reach them they are willing to give."""
    space = facilitated_space(request, slug)
    form = CallerForm(request.POST or None, space=space, by=request.user, initial=_heard(request))
    if form.is_valid():
        if form.lookalikes:
            form.ask_whether_known()
        elif person := _added(form):
            return _on_to(request, space, person)
    context = {"space": space, "form": form, "chosen": _chosen(request, space)}
    return render(request, "agenda/phone_new.html", context)


def _heard(request: HttpRequest) -> dict[str, str]:
    """What was already typed while looking for them."""
    asked = request.GET.get("q", "")[:120]
    digits = sum(sign.isdigit() for sign in asked)
    return {"phone" if digits > 3 else "name": asked}


def _added(form: CallerForm) -> Person | None:
    """The person, now of the space; nothing when it is refused, and the form says why."""
    try:
        return add_person(space=form.space, by=form.by, **form.fields_given()).person
    except Refused as refused:
        form.add_error(None, refused)
        return None


def _on_to(request: HttpRequest, space: Space, person: Person) -> HttpResponse:
    """The next screen: which date, unless one was chosen at the start."""
    if chosen := _chosen(request, space):
        return redirect("agenda:phone-read-back", space.slug, person.public_id, chosen.pk)
    return redirect("agenda:phone-event", space.slug, person.public_id)


@never_cache
@require_safe
def choose_event(request: PersonRequest, slug: str, person: uuid.UUID) -> HttpResponse:
    """What does the caller want to come to? Free hours stand under their date."""
    space = facilitated_space(request, slug)
    caller = _caller(request, space, person)
    held = list(_held(caller, space))
    dates = _open_dates(space).exclude(pk__in=[one.event_id for one in held])
    days_held = [one.event.parent_id for one in held if one.event.parent_id]
    context = {
        "space": space,
        "person": caller,
        "known": shown([caller])[caller.pk],
        "for_whom": calls_for(caller),
        "held": held,
        "series": _whole_series(space, caller),
        "events": _bookable(dates.exclude(pk__in=days_held)),
    }
    return render(request, "agenda/phone_event.html", context)


def _held(caller: Person, space: Space) -> QuerySet[Signup]:
    """What the caller is already signed up for."""
    live = caller.signups.live().filter(event__space=space, event__state=Event.State.OPEN)
    to_come = live.filter(event__in=space.events.upcoming().order_by())
    return to_come.select_related("event").order_by("event__starts_at", "pk")


def _open_dates(space: Space) -> EventQuerySet:
    """Dates that one can sign up for, the nearest first."""
    dates: EventQuerySet = space.events.open().gatherings().upcoming()
    return dates.filter(takes_signups=True)


def _bookable(dates: EventQuerySet) -> list[tuple[Event, list[Event]]]:
    """These dates, and the free hours of those that are cut into slots."""
    events = list(dates.for_listing()[:MOST_SHOWN])
    free = Event.objects.open().filter(parent__in=events, seats_taken=0).upcoming()
    hours: dict[int | None, list[Event]] = {}
    for slot in free:
        hours.setdefault(slot.parent_id, []).append(slot)
    return [(one, hours.get(one.pk, [])) for one in events if not one.is_slotted or one.pk in hours]


def _whole_series(space: Space, caller: Person) -> list[Series]:
    """The series of which one follows every session, and the caller does not yet."""
    followed = caller.enrolments.exclude(state=Enrolment.State.CANCELLED)
    series = Series.objects.filter(space=space, is_whole=True, events__in=_open_dates(space))
    return list(series.exclude(pk__in=followed.values("series")).distinct().order_by("pk"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_back(request: PersonRequest, slug: str, person: uuid.UUID, pk: int) -> HttpResponse:
    """Read everything back to the caller, then sign them up."""
    event = held_event(request.user, slug, pk)
    caller = _caller(request, event.space, person)
    if event.is_slotted:  # An hour of it is still to be chosen.
        return redirect("agenda:phone-event", slug, person)
    known = shown([caller], event)[caller.pk]
    sent = request.POST if request.method == "POST" else None
    form = ReadBackForm(sent, event=event, is_reached=known.reach.surely, initial=_said(known))
    if form.is_valid() and _done(
        request, form, caller, lambda: _sign_up(request, event, form, caller)
    ):
        return redirect("agenda:phone-event", slug, person)
    waiting = event.signups.waiting().count()
    is_full = event.capacity is not None and (event.seats_taken >= event.capacity or waiting > 0)
    context = {
        "event": event,
        "space": event.space,
        "person": caller,
        "known": known,
        "form": form,
        "place_in_line": waiting + 1 if is_full and not known.held else 0,
    }
    return render(request, "agenda/phone_read_back.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_back_series(
    request: PersonRequest, slug: str, person: uuid.UUID, series: int
) -> HttpResponse:
    """The same, for every session of a series."""
    space = facilitated_space(request, slug)
    caller = _caller(request, space, person)
    found = get_object_or_404(Series, pk=series, space=space, is_whole=True)
    known = shown([caller])[caller.pk]
    sent = request.POST if request.method == "POST" else None
    form = ReadBackForm(sent, is_reached=known.reach.surely)
    enrol = partial(enrol_for, series=found, person=caller, by=request.user, via=Via.PHONE)
    if form.is_valid() and _done(request, form, caller, lambda: said_of_series(enrol())):
        return redirect("agenda:phone-event", slug, person)
    context = {
        "series": found,
        "sessions": list(found.events.open().upcoming()),
        "space": space,
        "person": caller,
        "known": known,
        "form": form,
    }
    return render(request, "agenda/phone_read_back_series.html", context)


def _said(known: Known) -> dict[str, Any]:
    """What the caller had said of a seat they already hold."""
    held = known.held
    return {"extra": held.extra, "note": held.note} if held else {}


def _sign_up(request: PersonRequest, event: Event, form: ReadBackForm, caller: Person) -> str:
    signup = sign_up_for(
        event=event,
        person=caller,
        by=request.user,
        via=Via.PHONE,
        extra=form.cleaned_data.get("extra", 0),
        note=form.cleaned_data["note"],
    )
    return said(signup)


def _done(
    request: PersonRequest, form: ReadBackForm, caller: Person, act: Callable[[], str]
) -> bool:
    """Note the number, if one was given, and do the rest; the form says why it is refused."""
    try:
        with transaction.atomic():
            if number := form.cleaned_data.get("number"):
                kind, value = read_address(number)
                note_channel(person=caller, kind=kind, value=value, by=request.user)
            told = act()
    except Refused as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, f"{caller} : {told}")
    return True


def _caller(request: PersonRequest, space: Space, key: uuid.UUID) -> Person:
    return get_object_or_404(may_be_helped(request.user, space), public_id=key)


def _chosen(request: HttpRequest, space: Space) -> Event | None:
    """The date that was chosen before the search, kept in the address."""
    asked = request.GET.get("date", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    chosen: Event | None = _open_dates(space).filter(pk=int(asked)).first()
    return chosen
