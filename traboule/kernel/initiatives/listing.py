"""One page of sheets for a filter state: the same for the list, its fragment and the map."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.places.geography import distance_km

from .cards import Card, Version, cards
from .models import Initiative
from .search import Found, find
from .search.filters import Filters, Point

PAGE_SIZE = 20
MOST_SORTED = 200
"""How many sheets are put in order of relevance or distance; beyond, one narrows the search."""


@dataclass(frozen=True)
class Listing:
    """A page of sheets, how it was found, and the way to the next."""

    cards: list[Card]
    found: Found
    first: str = ""
    """``?…`` back to the first page; empty when this is it."""
    next: str = ""
    """``?…`` to the following page; empty when this is the last."""

    @property
    def is_whole(self) -> bool:
        """Whether everything that fits is on this page."""
        return not (self.first or self.next)


def summary(page: Listing) -> str:
    """How many sheets there are, as far as it is known without counting them all."""
    count = len(page.cards)
    if page.is_whole:
        return ngettext("%(count)d fiche", "%(count)d fiches", count) % {"count": count}
    if page.first:
        return _("La suite de la liste")
    return _("Plus de %(count)d fiches : voici les premières") % {"count": count}


def listing(filters: Filters, query: QueryDict) -> Listing:
    """The page that the address asks for."""
    if filters.is_sorted:
        return _sorted_page(filters, _number(query.get("page", "")) or 1)
    return _newest_page(filters, _number(query.get("avant", "")))


def _newest_page(filters: Filters, before: int | None) -> Listing:
    """By key, so that the last page costs what the first does."""
    if filters.is_empty:
        newest = Initiative.objects.published().order_by("-pk").values_list("pk", "revised_at")
        rows = (newest.filter(pk__lt=before) if before else newest)[: PAGE_SIZE + 1]
        versions = [Version(*row) for row in rows]
        found = Found([version.key for version in versions])
    else:
        found = find(filters, limit=PAGE_SIZE + 1, before=before)
        versions = _versions(found.keys)
    more = len(found.keys) > PAGE_SIZE
    return Listing(
        cards(versions[:PAGE_SIZE]),
        found,
        first=(filters.query_string() or "?") if before else "",
        next=filters.query_string(avant=str(found.keys[PAGE_SIZE - 1])) if more else "",
    )


def _sorted_page(filters: Filters, page: int) -> Listing:
    """By relevance or distance, among a bounded number of sheets."""
    page = min(page, MOST_SORTED // PAGE_SIZE)
    if point := filters.point:
        found = find(filters, limit=MOST_SORTED)
        near = _within(found.keys, point, filters.reach, nearest_first=not filters.q)
        versions = near[PAGE_SIZE * (page - 1) : PAGE_SIZE * page]
        more = len(near) > PAGE_SIZE * page
    else:
        found = find(filters, limit=PAGE_SIZE * page + 1)
        versions = _versions(found.keys[PAGE_SIZE * (page - 1) : PAGE_SIZE * page])
        more = len(found.keys) > PAGE_SIZE * page and PAGE_SIZE * page < MOST_SORTED
    return Listing(
        cards(versions),
        found,
        first=filters.query_string() if page > 1 else "",
        next=filters.query_string(page=str(page + 1)) if more else "",
    )


def in_order(keys: list[int]) -> list[Initiative]:
    """The published sheets of these keys, in the same order, in one query."""
    rows = Initiative.objects.published().for_map().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _versions(keys: list[int]) -> list[Version]:
    """These published sheets as they stand, in the same order, in one light query."""
    if not keys:
        return []
    published = Initiative.objects.published().filter(pk__in=keys)
    revised = dict(published.values_list("pk", "revised_at"))
    return [Version(key, revised[key]) for key in keys if key in revised]


def _within(keys: list[int], point: Point, reach: int, *, nearest_first: bool) -> list[Version]:
    """Those of these sheets within reach of a point (in km), in the same order or nearest first."""
    if not keys:
        return []
    rows = (
        Initiative.objects.published()
        .filter(pk__in=keys)
        .values_list("pk", "revised_at", "latitude", "longitude")
    )
    far = {
        Version(key, revised_at): distance_km(point.latitude, point.longitude, latitude, longitude)
        for key, revised_at, latitude, longitude in rows
    }
    place = {key: position for position, key in enumerate(keys)}
    near = sorted((v for v in far if far[v] <= reach), key=lambda version: place[version.key])
    return sorted(near, key=lambda version: far[version]) if nearest_first else near


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
