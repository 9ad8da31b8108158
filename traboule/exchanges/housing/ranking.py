"""Putting first the homes that suit a household, each with the reasons why."""

from collections.abc import Iterable
from typing import Any

from . import fitting
from .models import Listing
from .scoring import Score, misses, scored
from .searching import Search, has_wish

AMONG = 40
"""How many of the newest are compared."""
BEST = 6


def best_of(own: Listing | None, search: Search) -> list[Score]:
    """The homes that fit both ways, best first, among the newest that a search finds."""
    if own is None or not has_wish(own):
        return []
    found = search.narrow(fitting.both_ways(own)).order_by("-published_at", "-pk")
    newest = found.with_home()[:AMONG]
    scores = [scored(own.wish, listing, both_ways=True) for listing in newest]
    return sorted(scores, key=lambda score: -score.total)[:BEST]


def cards(own: Listing | None, listings: Iterable[Listing]) -> list[Score]:
    """Listings in their order, with what speaks for those that fit; in one query at most."""
    listings = list(listings)
    if own is None or not has_wish(own) or not listings:
        return [Score(listing, ()) for listing in listings]
    keys = [listing.pk for listing in listings]
    fit = fitting.suiting(own.wish).filter(pk__in=keys)
    both_ways = dict(fit.values_list("pk", fitting.wants_home_of(own)))
    return [
        scored(own.wish, one, both_ways=both_ways[one.pk])
        if one.pk in both_ways
        else Score(one, ())
        for one in listings
    ]


def seen_by(own: Listing | None, listing: Listing) -> dict[str, Any]:
    """What a household reads of another's home: why it fits, or what it lacks."""
    if own is None or not has_wish(own) or own.pk == listing.pk:
        return {"score": None, "misses": [], "both_ways": False}
    lacking = misses(own.wish, listing)
    takes = fitting.takers_of(own).filter(pk=listing.pk).exists()
    both = takes and not lacking
    score = None if lacking else scored(own.wish, listing, both_ways=both)
    return {"score": score, "misses": lacking, "both_ways": both}
