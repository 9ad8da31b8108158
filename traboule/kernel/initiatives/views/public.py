"""Reading the compendium: home, exploring, a sheet."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from traboule.kernel.places.models import Department
from traboule.kernel.places.outlines import outlines
from traboule.ui.requests import HtmxRequest
from traboule.ui.throttle import throttled

from .. import rendered
from ..exchange.schema_org import as_json_ld
from ..listing import listing, pins, summary
from ..models import Initiative
from ..reading import is_out_of_date, lineage
from ..search.filters import RADII, Filters
from ..vocabulary import State, Theme

MOST_PINS = 500
SEARCHES = "300/m"  # A whole class behind one address may search; a robot may not.


def searches(request: HttpRequest) -> bool:
    """Whether the request makes the index work, rather than only read the list."""
    return "q" in request.GET or "commune" in request.GET


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, three doors, what runs near, four themes."""
    filters = Filters.from_query(request.GET)
    near = replace(filters, q="", chosen={"etat": (State.RUNNING,)})
    explore_url = reverse("initiatives:explore")
    return render(
        request,
        "initiatives/home.html",
        {
            "filters": filters,
            "near": filters.point,
            "cards": listing(near, request.GET).cards[:6],
            "themes": Theme,
            "explore_url": explore_url,
            "help_url": f"{explore_url}?etat={State.RUNNING}",
            "more_url": explore_url + near.query_string(),
            "start_url": reverse("initiatives:contribute"),
        },
    )


@login_not_required
@require_safe
@throttled(rate=SEARCHES, when=searches)
def explore(request: HtmxRequest) -> HttpResponse:
    """The list, with the map beside it when it is asked for."""
    filters = Filters.from_query(request.GET)
    page = listing(filters, request.GET)
    here = reverse("initiatives:explore")
    context = {
        "filters": filters,
        "listing": page,
        "summary": summary(page),
        "radii": RADII,
        "with_map": request.GET.get("vue") == "carte",
        "map_url": here + filters.query_string(vue="carte"),
        "points_url": reverse("initiatives:map-points") + filters.query_string(),
        "background_url": reverse("initiatives:map-background"),
        "everything_url": here,
    }
    if request.htmx:
        return render(request, "initiatives/_results.html", context)
    return render(request, "initiatives/explore.html", context)


@login_not_required
@require_safe
@throttled(rate=SEARCHES, when=searches)
def map_points(request: HttpRequest) -> JsonResponse:
    """The same sheets as the list, as points: at most 500."""
    filters = Filters.from_query(request.GET)
    sheets = pins(filters, limit=MOST_PINS)
    return JsonResponse(
        {"type": "FeatureCollection", "features": [_pin(n, i) for n, i in enumerate(sheets, 1)]}
    )


@login_not_required
@require_safe
@cache_control(public=True, max_age=7 * 24 * 3600)
def map_background(request: HttpRequest) -> JsonResponse:
    """The departments' outlines: what the map shows when no tiles are set."""
    rings = outlines(Department.objects.order_by("code").values_list("code", flat=True))
    coarse = [[[[round(x, 2), round(y, 2)] for x, y in ring]] for ring in rings]
    geometry = {"type": "MultiPolygon", "coordinates": coarse}
    outline = {"type": "Feature", "properties": {}, "geometry": geometry}
    return JsonResponse({"type": "FeatureCollection", "features": [outline]})


def _pin(number: int, initiative: Initiative) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": initiative.pk,
        "geometry": {
            "type": "Point",
            "coordinates": [initiative.longitude, initiative.latitude],
        },
        "properties": {
            "number": number,
            "title": initiative.title,
            "place": initiative.place,
            "theme": initiative.theme,
            "url": initiative.get_absolute_url(),
        },
    }


@login_not_required
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet; drawn once for each of its versions, then kept a while, but for its slots."""
    fields = Initiative.objects.published().only("slug", "title", "summary", "revised_at")
    initiative = get_object_or_404(fields, slug=slug)
    version = (initiative.pk, initiative.revised_at, get_language(), request.get_host())
    article = rendered.kept(("sheet", *version), lambda: _draw_sheet(request, initiative.pk))
    article = rendered.alive(article, request, initiative)
    return render(request, "initiatives/sheet.html", {"initiative": initiative, "article": article})


def _draw_sheet(request: HttpRequest, pk: int) -> SafeString:
    initiative = Initiative.objects.for_sheet().get(pk=pk)
    parents, children = lineage(initiative)
    return render_to_string(
        "initiatives/sheet/_article.html",
        {
            "initiative": initiative,
            "sections": initiative.sections,
            "parents": parents,
            "children": children,
            "results": list(initiative.results.all()),
            "partnerships": list(initiative.partnerships.select_related("organisation")),
            "pictures": list(initiative.pictures.all()),
            "is_old": is_out_of_date(initiative, today=timezone.localdate()),
            "json_ld": as_json_ld(initiative, address=request.build_absolute_uri(request.path)),
            "point_url": reverse("initiatives:map-point", args=[initiative.slug]),
            "background_url": reverse("initiatives:map-background"),
        },
        request,
    )


@login_not_required
@require_safe
def map_point(request: HttpRequest, slug: str) -> JsonResponse:
    """The one point of a sheet."""
    initiative = get_object_or_404(Initiative.objects.published().for_map(), slug=slug)
    return JsonResponse({"type": "FeatureCollection", "features": [_pin(1, initiative)]})
