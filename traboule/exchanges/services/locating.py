"""Where someone lives, as well as we can know it, and how far that is."""

import logging

from django.utils.translation import gettext as _

from traboule.kernel.places import geocoder
from traboule.kernel.places.geography import distance_km
from traboule.kernel.places.models import Commune, PriorityNeighbourhood

LEAST_SCORE = 0.5
NEAR_KM = 1.5
Point = tuple[float, float]

logger = logging.getLogger(__name__)


def find_point(
    *, commune: Commune, address: str, neighbourhood: PriorityNeighbourhood | None = None
) -> Point | None:
    """The point of an address, else the middle of a neighbourhood; none means the commune's own.

    It asks another machine: call it outside of any transaction.
    """
    found = _geocoded(commune, address) if address else None
    if found or neighbourhood is None:
        return found
    place = neighbourhood
    return (place.south + place.north) / 2, (place.west + place.east) / 2


def _geocoded(commune: Commune, address: str) -> Point | None:
    try:
        best = next(iter(geocoder.find_address(address, commune.code)), None)
    except geocoder.GeocoderDown as error:
        logger.warning("the geocoder is down: %s", error)
        return None
    return (best.latitude, best.longitude) if best and best.score >= LEAST_SCORE else None


def far(one: Point, other: Point) -> float:
    """Kilometres between two points."""
    return distance_km(*one, *other)


def distance_in_words(km: float) -> str:
    """As neighbours say it; both ends are blurred, so it is never more precise."""
    if km <= NEAR_KM:
        return _("tout près de chez vous")
    return _("à environ %(km)d km") % {"km": round(km)}
