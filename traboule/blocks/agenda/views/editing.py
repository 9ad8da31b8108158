"""Planning dates, confirming, changing and calling them off, for those who facilitate."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done

from ..actions import events as acts
from ..actions.signups import change_capacity
from ..attendance import concerned, concerned_onward, cost_of_telling
from ..forms.event import CallOffForm, ChangeForm, PlanForm
from ..forms.series import SeriesForm
from ..messages import CANCELLED, CHANGED, CHANGED_ONWARD, values_of
from ..models import Event
from .finding import facilitated_space, held_event


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: PersonRequest, slug: str) -> HttpResponse:
    """Plan one date; it is open at once."""
    space = facilitated_space(request, slug)
    form = PlanForm(request.POST or None, initial={"place_name": space.initiative.place_name})
    if form.is_valid() and (event := _create(request, space, form)):
        messages.success(request, _("C’est dans l’agenda."))
        return redirect(event)
    return render(request, "agenda/event_form.html", {"space": space, "form": form})


def _create(request: PersonRequest, space: Space, form: PlanForm) -> Event | None:
    """The event, or nothing: the form then says why not."""
    try:
        must_be_open(space)
        fields = form.event_fields() | form.hours()
        return acts.create_event(space=space, by=request.user, **fields)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_series(request: PersonRequest, slug: str) -> HttpResponse:
    """Plan dates that come back: they are all shown, then made."""
    space = facilitated_space(request, slug)
    initial = {"place_name": space.initiative.place_name}
    form = SeriesForm(request.POST or None, space=space, initial=initial)
    if form.is_valid():
        if form.was_shown and "create" in request.POST and _create_series(request, form):
            return redirect("agenda:agenda", slug)
        if not form.errors:
            form = _showing(form)
    context = {"space": space, "form": form, "plan": form.plan}
    return render(request, "agenda/series_form.html", context)


def _create_series(request: PersonRequest, form: SeriesForm) -> bool:
    """Make the series; when it is refused, the form says why."""
    try:
        must_be_open(form.space)
        acts.create_series(space=form.space, by=request.user, **form.series_fields())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    messages.success(request, _("Toutes les dates sont dans l’agenda."))
    return True


def _showing(form: SeriesForm) -> SeriesForm:
    """The same form, which remembers which dates it shows."""
    shown = SeriesForm(form.data_to_show(), space=form.space)
    shown.is_valid()
    return shown


@require_POST
def confirm(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm a date that was to be confirmed, or its whole series."""
    event = held_event(request.user, slug, pk)
    if "series" in request.POST and event.series:
        opened = acts.open_series(series=event.series, by=request.user)
        said = ngettext("%(n)d date est confirmée.", "%(n)d dates sont confirmées.", opened)
        messages.success(request, said % {"n": opened})
    else:
        done(
            request, acts.open_event, _("La date est confirmée : on peut s’inscrire."),
            event=event, by=request.user,
        )  # fmt: skip
    return redirect("agenda:agenda", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Change a date; when people are to be told, it is said first how many and at what cost."""
    event = held_event(request.user, slug, pk)
    form = ChangeForm(request.POST or None, event=event)
    if form.is_valid() and "again" not in request.POST:
        if "sure" not in request.POST and (asked := _asked_first(event, form)):
            return render(request, "agenda/change_confirm.html", asked)
        if _change(request, event, form):
            messages.success(request, _("C’est changé."))
            return redirect(event)
    number = concerned(event).count()
    context = {"event": event, "space": event.space, "form": form, "number": number}
    return render(request, "agenda/change.html", context)


def _asked_first(event: Event, form: ChangeForm) -> dict[str, Any] | None:
    """Who would be told of what, by which ways and for how much; None when nobody would."""
    told = concerned_onward(event) if form.is_onward else concerned(event)
    if not form.moves or event.state != Event.State.OPEN or not (number := told.count()):
        return None
    planned = Event(space=event.space, **form.changes())
    text = str(CHANGED_ONWARD if form.is_onward else CHANGED) % values_of(planned)
    return {
        "event": event,
        "space": event.space,
        "form": form,
        "planned": planned,
        "number": number,
        "text": text,
        "forecast": cost_of_telling(told, event, text),
    }


def _change(request: PersonRequest, event: Event, form: ChangeForm) -> bool:
    """Change the date, its seats too; or nothing at all, and the form says why."""
    act = acts.change_onward if form.is_onward else acts.change_event
    try:
        with transaction.atomic():
            act(event=event, by=request.user, **form.changes())
            if form.new_capacity != event.capacity:
                change_capacity(event=event, capacity=form.new_capacity, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Call a date off: why, and who will be told."""
    event = held_event(request.user, slug, pk)
    form = CallOffForm(request.POST or None)
    if form.is_valid():
        said = _("C’est annulé. Les personnes concernées sont prévenues.")
        reason = form.cleaned_data["reason"]
        if done(request, acts.cancel_event, said, event=event, by=request.user, reason=reason):
            return redirect(event)
    told = concerned(event)
    context = {
        "event": event,
        "space": event.space,
        "form": form,
        "number": told.count(),
        "forecast": cost_of_telling(told, event, str(CANCELLED) % values_of(event)),
    }
    return render(request, "agenda/call_off.html", context)
