"""The territory's agenda, and the short address that posters carry."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.kernel.initiatives.search.filters import RADII, Filters
from traboule.ui.choices import Choice
from traboule.ui.requests import HtmxRequest
from traboule.ui.throttle import throttled

from ..models import Event, Kind
from ..models.event import EventQuerySet
from ..nearby import of_territory
from .finding import PAGE_SIZE, page_after, reads

PERIODS = {
    "7": _("Cette semaine"),
    "30": _("Les 30 prochains jours"),
    "90": _("Les trois prochains mois"),
}


@login_not_required
@throttled(rate="300/m", when=lambda request: "commune" in request.GET)
@require_safe
def territory(request: HtmxRequest) -> HttpResponse:
    """What comes next everywhere, or near a commune, by period and kind."""
    filters = Filters.from_query(request.GET)
    period, kind = request.GET.get("periode", ""), request.GET.get("sorte", "")
    narrowed = {"periode": period} if period in PERIODS else {}
    narrowed |= {"sorte": kind} if kind in Kind.values else {}
    events = _narrowed(of_territory(filters), period, kind).upcoming()
    rows = list(page_after(request, events).for_listing()[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    here = reverse("agenda:territory")
    context: dict[str, Any] = {
        "filters": filters,
        "radii": RADII,
        "periods": _choices(PERIODS, period),
        "kinds": _choices(dict(Kind.choices), kind),
        "is_narrowed": bool(filters.pairs() or narrowed),
        "events": shown,
        "first": here + filters.query_string(**narrowed) if "apres" in request.GET else "",
        "next": "",
        "ics": reverse("agenda:territory-ics") + filters.query_string(),
        "months_on_paper": _months(filters),
    }
    if len(rows) > PAGE_SIZE:
        context["next"] = here + filters.query_string(**narrowed, apres=str(shown[-1].pk))
    fragment = "agenda/_territory_results.html"
    return render(request, fragment if request.htmx else "agenda/territory.html", context)


def _narrowed(events: EventQuerySet, period: str, kind: str) -> EventQuerySet:
    if period in PERIODS:
        end = timezone.now() + datetime.timedelta(days=int(period))
        events = events.filter(starts_at__lte=end)
    return events.filter(kind=kind) if kind in Kind.values else events


def _months(filters: Filters) -> list[tuple[str, str]]:
    """This month and the next one on paper: their names and addresses."""
    first = timezone.localdate().replace(day=1)
    months = [first, (first + datetime.timedelta(days=31)).replace(day=1)]
    month = reverse("agenda:month")
    return [
        (date_format(day, "F Y"), month + filters.query_string(mois=f"{day:%Y-%m}"))
        for day in months
    ]


def _choices(labels: Mapping[str, Any], chosen: str) -> list[Choice]:
    return [
        Choice(value=value, label=label, checked=value == chosen) for value, label in labels.items()
    ]


@login_not_required
@throttled(rate="30/m")
@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """From the code of a poster to its event, however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    event = Event.objects.for_page().announced().filter(code=plain).first()
    public = event and event.is_public and event.space.initiative.published_at
    if event and (public or reads(request, event.space)):
        return redirect(event)
    return render(request, "agenda/code.html", {"code": code, "is_unknown": True}, status=404)


@login_not_required
@throttled(rate="30/m", when=lambda request: "code" in request.GET)
@require_safe
def ask_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a poster."""
    if code := "".join(sign for sign in request.GET.get("code", "") if sign.isalnum())[:20]:
        return redirect("agenda:short", code)
    return render(request, "agenda/code.html", {"code": "", "is_unknown": False})
