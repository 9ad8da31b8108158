"""What is asked near here: the list, the map."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import last_read
from traboule.ui.throttle import throttled

from ..kinds import ALL
from ..lent import employers
from ..models import Request, State, Worker
from ..rules import can_help, can_run
from ..searching import PAGE_SIZE, Search, fitting, measured
from .asking import member_space

MINE_SHOWN = 20
MOST_PINS = 500


@never_cache
@throttled(rate="60/m")
@require_safe
def requests_page(request: PersonRequest, slug: str) -> HttpResponse:
    """One's own requests; then what others ask, what fits one's hands first."""
    space = member_space(request, slug)
    search = Search.from_query(request.GET)
    people = employers(request.user)
    mine = space.service_requests.filter(household__person__in=people).for_listing()
    worker = _worker(request, space)
    context = {
        "space": space,
        "worker": worker,
        "search": search,
        "kinds": ALL,
        "mine": mine.select_related("household__person")
        .exclude(state=State.CLOSED)
        .order_by("-created_at")[:MINE_SHOWN],
        "helps": can_help(request.user, space),
        "runs": can_run(request.user, space),
        "map_url": reverse("services:requests-map", args=[slug]) + search.query_string(),
        **_lines(request, space, search, worker),
    }
    return render(request, "services/requests.html", context)


def _lines(
    request: PersonRequest, space: Space, search: Search, worker: Worker | None
) -> dict[str, Any]:
    """What fits on the first page; the others page by page."""
    rows = search.rows(space, request.user)
    best = fitting(rows, worker)
    last = last_read(request, space.service_requests.all())
    others = rows.exclude(pk__in=[one.asked.pk for one in best]).after(last)
    page = list(others[: PAGE_SIZE + 1])
    shown = page[:PAGE_SIZE]
    more = search.query_string(apres=str(shown[-1].pk)) if len(page) > PAGE_SIZE else ""
    return {
        "best": [] if last else best,
        "others": [measured(one, worker) for one in shown],
        "next": more,
    }


@never_cache
@throttled(rate="60/m")
@require_safe
def map_page(request: PersonRequest, slug: str) -> HttpResponse:
    """The same on a map, none nearer than a kilometre."""
    space = member_space(request, slug)
    search = Search.from_query(request.GET)
    worker, query = _worker(request, space), search.query_string()
    page = search.rows(space, request.user).after(None)[:PAGE_SIZE]
    context = {
        "space": space,
        "points_url": reverse("services:requests-points", args=[slug]) + query,
        "background_url": reverse("initiatives:map-background"),
        "list_url": reverse("services:requests", args=[slug]) + query,
        "found": [measured(one, worker) for one in page],
    }
    return render(request, "services/requests_map.html", context)


@never_cache
@throttled(rate="60/m")
@require_safe
def map_points(request: PersonRequest, slug: str) -> HttpResponse:
    """The points of the map: each in the middle of a square kilometre."""
    space = member_space(request, slug)
    rows = Search.from_query(request.GET).rows(space, request.user).after(None)
    features = [_feature(space, one) for one in rows[:MOST_PINS] if one.latitude is not None]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _feature(space: Space, asked: Request) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": asked.code,
        "geometry": {"type": "Point", "coordinates": [asked.longitude, asked.latitude]},
        "properties": {
            "title": str(asked),
            "url": reverse("services:request", args=[space.slug, asked.code]),
            "theme": space.initiative.theme,
            "place": asked.household.commune.name,
        },
    }


def _worker(request: PersonRequest, space: Space) -> Worker | None:
    own = Worker.objects.filter(space=space, person=request.user)
    return own.select_related("commune").first()
