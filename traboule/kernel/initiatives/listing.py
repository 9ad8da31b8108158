"""One page of sheets for a filter state: the same for the list, its fragment and the map."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.places.geography import distance_km

from .cards import Card, cards
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
        newest = Initiative.objects.published().order_by("-pk").for_listing()
        rows = list((newest.filter(pk__lt=before) if before else newest)[: PAGE_SIZE + 1])
        found = Found([row["pk"] for row in rows])
    else:
        found = find(filters, limit=PAGE_SIZE + 1, before=before)
        rows = _rows(found.keys[:PAGE_SIZE])
    more = len(found.keys) > PAGE_SIZE
    return Listing(
        cards(rows[:PAGE_SIZE]),
        found,
        first=(filters.query_string() or "?") if before else "",
        next=filters.query_string(avant=str(found.keys[PAGE_SIZE - 1])) if more else "",
    )


def _sorted_page(filters: Filters, page: int) -> Listing:
    """By relevance or distance, among a bounded number of sheets."""
    page = min(page, MOST_SORTED // PAGE_SIZE)
    start, end = PAGE_SIZE * (page - 1), PAGE_SIZE * page
    if point := filters.point:
        found = find(filters, limit=MOST_SORTED)
        keys = _within(found.keys, point, filters.reach, nearest_first=not filters.q)
    else:
        found = find(filters, limit=end + 1)
        keys = found.keys
    more = len(keys) > end and end < MOST_SORTED
    return Listing(
        cards(_rows(keys[start:end])),
        found,
        first=filters.query_string() if page > 1 else "",
        next=filters.query_string(page=str(page + 1)) if more else "",
    )


def pins(filters: Filters, *, limit: int) -> list[Initiative]:
    """The sheets of the whole list, in its order, as many as a map can show."""
    sheets = Initiative.objects.published().for_map()
    if filters.is_empty:
        return list(sheets.order_by("-pk")[:limit])
    keys = find(filters, limit=limit).keys
    if point := filters.point:
        keys = _within(keys, point, filters.reach, nearest_first=not filters.q)
    rows = sheets.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _rows(keys: list[int]) -> list[dict[str, Any]]:
    """What the cards of these published sheets show, in the same order, in one query."""
    if not keys:
        return []
    rows = Initiative.objects.published().filter(pk__in=keys).for_listing()
    by_key = {row["pk"]: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def _within(keys: list[int], point: Point, reach: int, *, nearest_first: bool) -> list[int]:
    """Those of these sheets within reach of a point (in km), in the same order or nearest first."""
    if not keys:
        return []
    places = Initiative.objects.published().filter(pk__in=keys)
    far = {
        key: distance_km(point.latitude, point.longitude, latitude, longitude)
        for key, latitude, longitude in places.values_list("pk", "latitude", "longitude")
    }
    near = [key for key in keys if key in far and far[key] <= reach]
    return sorted(near, key=far.__getitem__) if nearest_first else near


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
