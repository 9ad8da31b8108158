"""Open data: the page that explains it, and its files."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from traboule.ui.throttle import throttled

from ..exchange.calendar import as_icalendar
from ..exchange.data_inclusion import as_data_inclusion
from ..exchange.feeds import as_feed
from ..exchange.fields import FILES, LICENCE_URL, documented_fields
from ..exchange.selection import Selection
from ..exchange.writers import as_csv, as_geojson, as_json
from ..search.filters import CHOICES, RADII, Filters

FRESH_FOR = 300
"""Seconds for which a copy may serve: the feeds are polled, and sheets change a few times a day."""


def _open(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Readable by any person and any other site, for a few minutes from a copy."""

    def shared(request: HttpRequest) -> HttpResponseBase:
        response = view(request)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    shared.__module__, shared.__qualname__ = view.__module__, view.__qualname__
    limited = throttled(rate="60/m")(shared)  # type: ignore[arg-type]
    return login_not_required(require_safe(cache_control(public=True, max_age=FRESH_FOR)(limited)))


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What each file holds, how fresh it is, and under which licence."""
    return render(
        request,
        "initiatives/data/open_data.html",
        {
            "filters": Filters.from_query(request.GET),
            "files": FILES,
            "fields": documented_fields(),
            "vocabularies": {name: values.choices for name, (_kind, values) in CHOICES.items()},
            "radii": RADII,
            "licence_url": LICENCE_URL,
            "site_url": settings.SITE_URL,
        },
    )


@_open
def as_json_file(request: HttpRequest) -> HttpResponseBase:
    filters = Filters.from_query(request.GET)
    return _file(as_json(Selection.of(filters), filters.problems), "application/json")


@_open
def as_csv_file(request: HttpRequest) -> HttpResponseBase:
    rows = as_csv(_selection(request))
    return _file(rows, "text/csv; charset=utf-8", download="initiatives.csv")


@_open
def as_geojson_file(request: HttpRequest) -> HttpResponseBase:
    return _file(as_geojson(_selection(request)), "application/geo+json")


@_open
def as_data_inclusion_file(request: HttpRequest) -> HttpResponseBase:
    return _file(as_data_inclusion(_selection(request)), "application/json")


@_open
def as_calendar_file(request: HttpRequest) -> HttpResponseBase:
    events = as_icalendar(_selection(request))
    return _file(events, "text/calendar; charset=utf-8", download="initiatives.ics")


@_open
def as_atom(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, Atom1Feed)


@_open
def as_rss(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, Rss201rev2Feed)


def _selection(request: HttpRequest) -> Selection:
    return Selection.of(Filters.from_query(request.GET))


def _file(
    parts: Iterator[str] | Iterator[bytes], content_type: str, *, download: str = ""
) -> StreamingHttpResponse:
    """The parts as they come; ``download`` names what a browser had better save than show."""
    response = StreamingHttpResponse(parts, content_type=content_type)
    if download:
        response["Content-Disposition"] = f'attachment; filename="{download}"'
    return response


def _feed(request: HttpRequest, kind: type[Atom1Feed] | type[Rss201rev2Feed]) -> HttpResponse:
    address = f"{settings.SITE_URL}{request.get_full_path()}"
    feed = as_feed(kind, Filters.from_query(request.GET), address=address)
    content_type = kind.content_type
    return HttpResponse(feed.writeString("utf-8"), content_type=content_type)
