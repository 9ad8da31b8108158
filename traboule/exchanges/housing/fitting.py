"""Which homes fit which households, as one question to the database.

The definition is the engine's (``traboule.engines.swaps``): the commune is wished for; rooms,
surface and rent are within bounds; the income passes under the ceiling of the home's financing; one
can come in; what must be there is there. What hides from someone never meets them.
"""

from collections.abc import Iterable

from django.db.models import F, Q

from traboule.kernel.conversations.models import Blocking
from traboule.kernel.places.models import Commune

from .models import Listing, Need, Wish
from .models.listing import ListingQuerySet

ALL_FEATURES = 0x7FFF


def homes_for(wish: Wish, *, places: "Iterable[Commune] | None" = None) -> ListingQuerySet:
    """The published listings whose home fits a wish; ``places`` instead of those it keeps."""
    listing = wish.listing
    wished = Commune.objects.filter(housing_wishes__wish=wish)
    communes = wished if places is None else places
    found = Listing.objects.filter(
        space=listing.space_id,
        dwelling__commune__in=communes,
        dwelling__rooms__range=(wish.rooms_min, wish.rooms_max),
        dwelling__area__gte=wish.area_min,
        dwelling__rent__lte=wish.max_rent,
        dwelling__financing__gte=listing.resources,
    )
    if wish.need == Need.WHEELCHAIR:
        found = found.filter(dwelling__wheelchair=True)
    if wish.need == Need.STEP_FREE:
        found = found.filter(Q(dwelling__floor=0) | Q(dwelling__lift=True))
    if wish.no_ground:
        found = found.exclude(dwelling__floor=0)
    if wish.must:
        found = found.alias(has=F("dwelling__features").bitand(wish.must)).filter(has=wish.must)
    return met_by(found, listing)


def takers_of(listing: Listing) -> ListingQuerySet:
    """The published listings whose household would, and may, move into this one's home."""
    home = listing.dwelling
    needs = [Need.NONE]
    needs += [Need.STEP_FREE] if home.step_free else []
    needs += [Need.WHEELCHAIR] if home.wheelchair else []
    found = Listing.objects.filter(
        space=listing.space_id,
        wish__places__commune=home.commune_id,
        wish__rooms_min__lte=home.rooms,
        wish__rooms_max__gte=home.rooms,
        wish__area_min__lte=home.area,
        wish__max_rent__gte=home.rent,
        wish__need__in=needs,
        resources__lte=home.financing,
    ).alias(lacks=F("wish__must").bitand(ALL_FEATURES & ~home.features))
    found = found.filter(lacks=0)
    if home.floor == 0:
        found = found.filter(wish__no_ground=False)
    return met_by(found, listing)


def both_ways(listing: Listing) -> ListingQuerySet:
    """The published listings with which a plain exchange fits both households."""
    return homes_for(listing.wish).filter(pk__in=takers_of(listing).values("pk"))


def met_by(found: ListingQuerySet, listing: Listing) -> ListingQuerySet:
    """Without the household itself, nor anyone who hides from it, or from whom it hides."""
    if listing.tenant is None:
        return found.none()
    found = found & Listing.objects.shown_to(listing, listing.tenant)
    screens = listing.screens.all()
    persons = screens.filter(person__isnull=False).values("person")
    communes = screens.filter(commune__isnull=False).values("commune")
    landlords = screens.filter(landlord__isnull=False).values("landlord")
    silent = Blocking.objects.filter(Q(person=listing.tenant) | Q(other=listing.tenant))
    return found.exclude(
        Q(tenant__in=persons)
        | Q(tenant__in=silent.values("person"))
        | Q(tenant__in=silent.values("other"))
        | Q(dwelling__commune__in=communes)
        | Q(dwelling__landlord__in=landlords)
    )
