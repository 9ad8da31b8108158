"""Signing someone up while they are on the telephone: who, what for, read back, done."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.actions import add_person
from traboule.ui.throttle import throttled

from ..actions.for_others import sign_up_for
from ..answers import said
from ..callers import find_callers
from ..forms.phone import CallerForm, ReadBackForm
from ..models import Event, Via
from ..models.event import EventQuerySet
from .finding import facilitated_space, held_event

MOST_SHOWN = 40


@never_cache
@throttled(rate="60/m", when=lambda request: "q" in request.GET)
@require_safe
def find(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is calling? By name among the space's people, by whole number among everyone."""
    space = facilitated_space(request, slug)
    asked = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:120]
    context = {
        "space": space,
        "q": asked,
        "found": find_callers(space, asked) if asked else [],
        "chosen": _chosen(request),
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
            return _on_to(request, slug, person)
    context = {"space": space, "form": form, "chosen": _chosen(request)}
    return render(request, "agenda/phone_new.html", context)


def _heard(request: PersonRequest) -> dict[str, str]:
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


def _on_to(request: PersonRequest, slug: str, person: Person) -> HttpResponse:
    """The next screen: which date, unless one was chosen at the start."""
    if chosen := _chosen(request):
        return redirect("agenda:phone-read-back", slug, person.public_id, chosen)
    return redirect("agenda:phone-event", slug, person.public_id)


@never_cache
@require_safe
def choose_event(request: PersonRequest, slug: str, person: uuid.UUID) -> HttpResponse:
    """What does the caller want to come to? Free hours stand under their date."""
    space = facilitated_space(request, slug)
    caller = _caller(person)
    taken = caller.signups.live().filter(event__space=space)
    dates: EventQuerySet = space.events.open().upcoming().filter(takes_signups=True)
    context = {
        "space": space,
        "person": caller,
        "held": list(taken.filter(event__in=dates.order_by()).select_related("event")),
        "events": _bookable(dates.exclude(pk__in=taken.values("event"))),
    }
    return render(request, "agenda/phone_event.html", context)


def _bookable(events: EventQuerySet) -> list[Event]:
    """Dates that one can sign up for, and the free hours of those that are cut into slots."""
    rows = events.for_listing().filter(slot_minutes__isnull=True)
    return [one for one in rows[:MOST_SHOWN] if one.parent_id is None or one.free]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_back(request: PersonRequest, slug: str, person: uuid.UUID, pk: int) -> HttpResponse:
    """Read everything back to the caller, then sign them up."""
    event, caller = held_event(request.user, slug, pk), _caller(person)
    form = ReadBackForm(request.POST or None)
    if event.parent_id:
        del form.fields["extra"]
    if form.is_valid() and _sign_up(request, event, caller, form):
        return redirect("agenda:phone", slug)
    context = {"event": event, "space": event.space, "person": caller, "form": form}
    return render(request, "agenda/phone_read_back.html", context)


def _sign_up(request: PersonRequest, event: Event, caller: Person, form: ReadBackForm) -> bool:
    try:
        signup = sign_up_for(
            event=event,
            person=caller,
            by=request.user,
            via=Via.PHONE,
            extra=form.cleaned_data.get("extra", 0),
            note=form.cleaned_data["note"],
        )
    except Refused as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, f"{caller} : {said(signup)}")
    return True


def _caller(key: uuid.UUID) -> Person:
    return get_object_or_404(Person, public_id=key, erased_at__isnull=True)


def _chosen(request: PersonRequest) -> str:
    """The date that was chosen before the search, kept in the address."""
    asked = request.GET.get("date", "")
    return asked if asked.isdecimal() and len(asked) < 19 else ""
