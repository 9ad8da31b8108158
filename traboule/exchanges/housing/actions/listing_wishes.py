"""Where a household would live: communes by name, or all those around one."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.places.geography import bounding_box, distance_km
from traboule.kernel.places.models import Commune

from ..models import Listing, WishPlace
from .listing import locked

KM_A_MINUTE = 0.7
"""As the crow flies, by car on roads of towns and valleys: some 40 km in an hour."""
MOST_PLACES = 80


@transaction.atomic
def add_places(*, listing: Listing, by: Person, commune: Commune, minutes: int = 0) -> int:
    """Add a commune, and those within that many minutes by car; returns how many are new."""
    listing = locked(listing, by=by)
    wish = listing.wish
    known = set(wish.places.values_list("commune", flat=True))
    new = [one for one in around(commune, minutes) if one.pk not in known]
    if len(known) + len(new) > MOST_PLACES:
        raise Refused(
            _("Cela fait plus de %(most)s communes. Choisissez moins de minutes.")
            % {"most": MOST_PLACES}
        )
    last = wish.places.aggregate(last=Max("rank"))["last"]
    first = 0 if last is None else last + 1
    WishPlace.objects.bulk_create(
        WishPlace(wish=wish, commune=one, rank=rank) for rank, one in enumerate(new, first)
    )
    if minutes:
        wish.centre, wish.minutes = commune, minutes
        wish.save(update_fields=["centre", "minutes"])
    record("housing.wished", listing, by=by, fields=["places"])
    return len(new)


@transaction.atomic
def remove_place(*, listing: Listing, by: Person, place: WishPlace | None = None) -> None:
    """Take a commune off the list; all of them when none is named."""
    listing = locked(listing, by=by)
    places = listing.wish.places.all()
    (places.filter(pk=place.pk) if place else places).delete()
    record("housing.wished", listing, by=by, fields=["places"])


def around(commune: Commune, minutes: int) -> list[Commune]:
    """The commune, then those within some minutes by car, nearest first."""
    if not minutes:
        return [commune]
    km = minutes * KM_A_MINUTE
    here = (commune.latitude, commune.longitude)
    box = bounding_box(*here, km)
    near = Commune.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    )
    far = {one: distance_km(*here, one.latitude, one.longitude) for one in near}
    return sorted((one for one in far if far[one] <= km), key=lambda one: (far[one], one.pk))
