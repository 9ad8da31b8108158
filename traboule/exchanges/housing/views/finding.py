"""Looking for a home: the front page and its search, the map, one listing."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.ui.choices import Choice
from traboule.ui.requests import HtmxRequest
from traboule.ui.throttle import throttled

from ..models import FEATURES, Interest, Listing, SwapState
from ..models.listing import ListingQuerySet
from ..ranking import best_of, cards, seen_by
from ..rules import can_help, can_run, can_take_part
from ..searching import (
    FITS_BOTH,
    FITS_ME,
    MOST_ROOMS,
    RADII,
    STEP_FREE,
    WHEELCHAIR,
    Search,
    has_wish,
    in_words,
)
from .finding_fetching import own_listing, seen_listing, visited_space

PAGE_SIZE = 20
MOST_COUNTED = 1000
MOST_PINS = 500


@login_not_required
@never_cache
@throttled(rate="300/m")
@require_safe
def home(request: HtmxRequest, slug: str) -> HttpResponse:
    """What it is, the search, and the homes that it finds, those that fit both ways first."""
    space = visited_space(request, slug)
    own = own_listing(request, space)
    search = Search.from_query(request.GET)
    context = _results(request, space, own, search)
    if request.htmx:
        return render(request, "housing/_finding_results.html", context)
    context |= _choices(search) | _figures(space)
    context |= {
        "takes_part": can_take_part(request.user, space),
        "helps": can_help(request.user, space),
        "runs": can_run(request.user, space),
    }
    return render(request, "housing/finding_home.html", context)


def _results(
    request: HttpRequest, space: Space, own: Listing | None, search: Search
) -> dict[str, Any]:
    after = request.GET.get("apres", "")
    rows = _after(search.rows(space, request.user, own), space, after)
    page = list(rows.with_home()[: PAGE_SIZE + 1])
    more = {"apres": page[PAGE_SIZE - 1].code} if len(page) > PAGE_SIZE else {}
    here = reverse("housing:home", args=[space.slug])
    # The best stand apart, above the others.
    best = [] if after else best_of(own, search)
    apart = {score.listing.pk for score in best}
    shown = [score.listing for score in best] + page
    prefetch_related_objects(shown, *ListingQuerySet.beside_home())
    return {
        "space": space,
        "own": own,
        "search": search,
        "best": best,
        "cards": cards(own, [one for one in page[:PAGE_SIZE] if one.pk not in apart]),
        "next": here + search.query_string(**more) if more else "",
        "number": "" if more or after else in_words(len(page), PAGE_SIZE),
        "map_url": reverse("housing:map", args=[space.slug]) + search.query_string(),
        "lacks_wish": bool(search.fits) and not (own and has_wish(own)),
    }


def _after(rows: ListingQuerySet, space: Space, code: str) -> ListingQuerySet:
    """Those that follow the listing of that code: the last page costs what the first does."""
    last = space.housing_listings.filter(code=code[:9]).first() if code else None
    if last is None or last.published_at is None:
        return rows
    older = Q(published_at__lt=last.published_at)
    return rows.filter(older | Q(published_at=last.published_at, pk__lt=last.pk))


def _figures(space: Space) -> dict[str, Any]:
    """How many homes and exchanges there are, as far as one can count at a glance."""
    homes = space.housing_listings.published().order_by("-published_at")
    done = space.housing_swaps.filter(state=SwapState.DONE)
    return {
        "homes": in_words(homes[: MOST_COUNTED + 1].count(), MOST_COUNTED),
        "swapped": done[:MOST_COUNTED].count(),
    }


def _choices(search: Search) -> dict[str, Any]:
    """What the form of the search offers."""
    rooms = [(number, _("T%(n)d") % {"n": number}) for number in range(1, MOST_ROOMS)]
    rooms.append((MOST_ROOMS, _("T%(n)d et plus") % {"n": MOST_ROOMS}))
    access = [("", _("Peu importe")), (STEP_FREE, _("Sans marche")), (WHEELCHAIR, _("En fauteuil"))]
    fits = [
        ("", _("Tous les logements")),
        (FITS_ME, _("Ceux qui vont avec mes souhaits")),
        (FITS_BOTH, _("Ceux qui vont dans les deux sens")),
    ]
    return {
        "radii": RADII,
        "rooms": [
            Choice(value=str(number), label=label, checked=number in search.rooms)
            for number, label in rooms
        ],
        "features": [
            Choice(value=str(one.value), label=label, checked=bool(one & search.features))
            for one, label in FEATURES.items()
        ],
        "access": [
            Choice(value=key, label=label, checked=key == search.access) for key, label in access
        ],
        "fits": [Choice(value=key, label=label, checked=key == search.fits) for key, label in fits],
    }


@login_not_required
@never_cache
@throttled(rate="300/m")
@require_safe
def map_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The homes of a search on a map, none nearer than a kilometre, and the list of communes."""
    space = visited_space(request, slug)
    own = own_listing(request, space)
    search = Search.from_query(request.GET)
    rows, query = search.rows(space, request.user, own), search.query_string()
    context = {
        "space": space,
        "search": search,
        "points_url": reverse("housing:map-data", args=[space.slug]) + query,
        "background_url": reverse("initiatives:map-background"),
        "list_url": reverse("housing:home", args=[space.slug]) + query,
        "cards": cards(own, list(rows.for_listing()[:PAGE_SIZE])),
    }
    return render(request, "housing/finding_map.html", context)


@login_not_required
@never_cache
@throttled(rate="300/m")
@require_safe
def map_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The points of the map: each in the middle of a square kilometre."""
    space = visited_space(request, slug)
    rows = Search.from_query(request.GET).rows(space, request.user, own_listing(request, space))
    listings = rows.select_related("dwelling__commune")[:MOST_PINS]
    features = [_feature(space, listing) for listing in listings]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _feature(space: Space, listing: Listing) -> dict[str, Any]:
    latitude, longitude = listing.dwelling.blurred
    return {
        "type": "Feature",
        "id": listing.code,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {
            "title": str(listing),
            "url": reverse("housing:listing", args=[space.slug, listing.code]),
            "theme": space.initiative.theme,
            "place": listing.dwelling.commune.name,
        },
    }


@login_not_required
@never_cache
@require_safe
def listing(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A home and what its household looks for; never its address."""
    found = seen_listing(request, slug, code)
    own = own_listing(request, found.space)
    answered, received = Interest.objects.replies_of(found)
    context = {
        "space": found.space,
        "listing": found,
        "own": own,
        "is_own": bool(own and own.pk == found.pk),
        "helps": can_help(request.user, found.space),
        "answered": answered,
        "received": received,
    }
    context |= seen_by(own, found) | _ties(request, own, found)
    return render(request, "housing/finding_listing.html", context)


def _ties(request: HttpRequest, own: Listing | None, found: Listing) -> dict[str, Any]:
    """Whether one keeps it aside, and what both households have said to each other."""
    person = request.user if isinstance(request.user, Person) else None
    kept = bool(person and found.favourites.filter(person=person).exists())
    between = Interest.objects.none()
    if own:
        between = Interest.objects.of(own).of(found).filter(state__in=("sent", "mutual"))
    return {"is_kept": kept, "interest": between.for_listing().first()}
