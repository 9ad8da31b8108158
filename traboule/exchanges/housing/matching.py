"""From the listings of a space to the engine, and back: who might exchange with whom.

A listing goes by its key, an empty home by its own behind a ``d``. Who hides from someone, or once
said no to a home, is never matched with them again.
"""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import F, Q

from traboule.engines.swaps import Market, parse
from traboule.engines.swaps.compatibility import Moves, find_moves
from traboule.engines.swaps.online import Index
from traboule.kernel.conversations.models import Blocking

from . import fitting
from .models import Dwelling, Feature, Listing, Move, Origin, Screen, Stop, Swap

if TYPE_CHECKING:
    from traboule.kernel.spaces.models import Space

KM_A_DEGREE = 111.32
ENGINE_FEATURES = {
    Feature.BALCONY: "balcony",
    Feature.PARKING: "parking",
    Feature.GARDEN: "garden",
    Feature.CELLAR: "cellar",
    Feature.BATH: "bath",
    Feature.SHOWER: "shower",
    Feature.KITCHEN: "separate_kitchen",
    Feature.BIKES: "bike_room",
}


def free_listings(space: "Space", near: "Listing | None" = None) -> "list[Listing]":
    """The listings that may be put in a new exchange: none that the engine proposed waits.

    ``near`` one of them: itself, and those who may be with it in an exchange of three at most.
    """
    asked = Swap.objects.under_way().exclude(origin=Origin.TENANTS)
    rows = Listing.objects.matchable().filter(space=space).exclude(moves__swap__in=asked)
    rows = rows.filter(wish__places__isnull=False, dwelling__is_exchangeable=True).distinct()
    if near:
        homes, takers = fitting.homes_for(near.wish), fitting.takers_of(near)
        ways = Q(pk__in=homes.values("pk")) | Q(pk__in=takers.values("pk"))
        rows = rows.filter(Q(pk=near.pk) | ways)
    return list(_for_market(rows))


def free_homes(space: "Space") -> "list[Dwelling]":
    """The empty homes from which a chain may begin."""
    rows = Dwelling.objects.vacant().filter(landlord__space=space).select_related("commune")
    asked = Swap.objects.under_way()
    return list(rows.exclude(moves_in__swap__in=asked).order_by("pk"))


def market_of(listings: Iterable[Listing], homes: Iterable[Dwelling] = ()) -> Market:
    """What the engine reads."""
    lines = chain(map(_listing_line, listings), map(_empty_line, homes))
    return parse(json.dumps(line) for line in lines)


def index_of(space: "Space", listings: Sequence[Listing]) -> Index:
    """A market kept open, in which nobody meets whom they should not."""
    index = Index(market_of(listings, free_homes(space)))
    index.refuse(pair for pair in barred(space, listings) if set(pair) <= index.rows.keys())
    return index


def barred(space: "Space", listings: Sequence[Listing]) -> Iterator[tuple[str, str]]:
    """The households and homes that are never put together: refused before, or hiding."""
    yield from _refused(space)
    known = {one.pk for one in listings}
    for hidden, other in _hiding(listings):
        if hidden in known and other in known:
            yield str(hidden), str(other)
            yield str(other), str(hidden)


def possible_moves(space: "Space", listings: Sequence[Listing], market: Market) -> Moves:
    """Every move that fits, but for those that are barred."""
    moves, rows = find_moves(market), market.rows
    pairs = [(rows[a], rows[b]) for a, b in barred(space, listings) if a in rows and b in rows]
    if not pairs:
        return moves
    households, homes = moves.households.astype(np.int64), moves.homes
    keys = np.array([a * len(moves) + b for a, b in pairs])
    kept = ~np.isin(households * len(moves) + homes, keys)
    counts = np.bincount(households[kept], minlength=len(moves))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(moves.starts.dtype)
    return Moves(starts, homes[kept], moves.weights[kept], moves.empty)


def members(names: Sequence[str]) -> tuple[list[Listing], Dwelling | None]:
    """The households of an exchange in its order, and the empty home that ends a chain."""
    keys = [int(one) for one in names if not one.startswith("d")]
    rows = Listing.objects.select_related("space", "dwelling").in_bulk(keys)
    empty = Dwelling.objects.filter(pk__in=[int(one[1:]) for one in names if one[0] == "d"])
    return [rows[key] for key in keys], empty.first()


def _for_market(rows: Any) -> Any:
    rows = rows.select_related("dwelling__commune", "wish").order_by("pk")
    return rows.prefetch_related("wish__places__commune")


def _listing_line(listing: Listing) -> dict[str, Any]:
    wish = listing.wish
    return _home_line(str(listing.pk), listing.dwelling) | {
        "household": {"size": listing.household_size, "resources": listing.resources},
        "wish": {
            "communes": [place.commune.code for place in wish.places.all()],
            "rooms_min": wish.rooms_min,
            "rooms_max": wish.rooms_max,
            "area_min": wish.area_min,
            "max_rent": wish.max_rent,
            "need": wish.need,
            "no_ground": wish.no_ground,
            "must": _named(wish.must),
        },
        "priority": min(listing.priority, 1000),
    }


def _empty_line(home: Dwelling) -> dict[str, Any]:
    return _home_line(f"d{home.pk}", home) | {"household": None, "wish": None, "priority": 0}


def _home_line(name: str, home: Dwelling) -> dict[str, Any]:
    commune = home.commune
    latitude = home.latitude if home.latitude is not None else commune.latitude
    longitude = home.longitude if home.longitude is not None else commune.longitude
    return {
        "id": name,
        "commune": commune.code,
        "x": (longitude or 0) * KM_A_DEGREE * math.cos(math.radians(latitude or 0)),
        "y": (latitude or 0) * KM_A_DEGREE,
        "home": {
            "rooms": home.rooms,
            "area": home.area,
            # Never under what it is: a rent that passes by a cent does not fit.
            "rent": math.ceil(home.rent),
            "floor": home.floor,
            "lift": home.lift,
            "accessible": home.wheelchair,
            "financing": home.financing,
            "features": _named(home.features),
        },
    }


def _named(features: int) -> list[str]:
    return [name for bit, name in ENGINE_FEATURES.items() if features & bit]


def _refused(space: "Space") -> Iterator[tuple[str, str]]:
    """The moves that a household or a landlord did not want."""
    unwanted = (
        Q(answer="no")
        | Q(answer="waiting", swap__broken_because=Stop.LATE)
        | Q(swap__decisions__state="refused", swap__decisions__landlord=F("dwelling__landlord"))
    )
    rows = Move.objects.filter(unwanted, swap__space=space).order_by()
    for household, home, leaver in rows.values_list("listing", "dwelling", "dwelling__listings"):
        yield str(household), str(leaver)
        yield str(household), f"d{home}"


def _hiding(listings: Sequence[Listing]) -> Iterator[tuple[int, int]]:
    """Each household that hides, with each listing from which it does."""
    by: dict[str, dict[Any, list[int]]] = {"person": {}, "commune": {}, "landlord": {}}
    for one in listings:
        home = one.dwelling
        kinds = {"person": one.tenant_id, "commune": home.commune_id, "landlord": home.landlord_id}
        for kind, key in kinds.items():
            by[kind].setdefault(key, []).append(one.pk)
    screens = Screen.objects.filter(listing__in=Listing.objects.published()).order_by()
    for hidden, *keys in screens.values_list("listing", "person", "commune", "landlord"):
        for kind, hides_from in zip(by, keys, strict=True):
            met = by[kind].get(hides_from, []) if hides_from else []
            yield from product([hidden], met)
    people = by["person"]
    for person, other in Blocking.objects.order_by().values_list("person", "other"):
        yield from product(people.get(person, []), people.get(other, []))
