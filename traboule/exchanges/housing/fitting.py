"""Which homes fit which households, as one question to the database.

The definition is the engine's (``traboule.engines.swaps``): the commune is wished for; rooms,
surface and rent are within bounds; the income passes under the ceiling of the home's financing; one
can come in; what must be there is there. What hides from someone never meets them.
"""

from django.db.models import Exists, F, OuterRef, Q

from traboule.kernel.conversations.models import Blocking

from .models import Listing, Need, Wish
from .models.listing import ListingQuerySet

ALL_FEATURES = 0x7FFF


def homes_for(wish: Wish) -> ListingQuerySet:
    """The published listings whose home fits a wish."""
    return met_by(suiting(wish), wish.listing)


def suiting(wish: Wish) -> ListingQuerySet:
    """The listings whose home fits a wish, whoever may meet them."""
    listing = wish.listing
    found = listing.space.housing_listings.filter(
        dwelling__commune__in=wish.places.values("commune"),
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
    return found


def takers_of(listing: Listing) -> ListingQuerySet:
    """The published listings whose household would, and may, move into this one's home."""
    return met_by(_wanting(listing), listing)


def both_ways(listing: Listing) -> ListingQuerySet:
    """The published listings with which a plain exchange fits both households."""
    return homes_for(listing.wish).filter(wants_home_of(listing))


def wants_home_of(listing: Listing) -> Exists:
    """The condition that a listing's household would, and may, move into this one's home.

    Few homes fit a wish, while half the households may want one's own: so asked of those few alone.
    """
    return Exists(_wanting(listing).filter(pk=OuterRef("pk")))


def _wanting(listing: Listing) -> ListingQuerySet:
    """The listings whose wish this one's home fits, whoever may meet it."""
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
    return found


def met_by(found: ListingQuerySet, listing: Listing) -> ListingQuerySet:
    """Without the household itself, nor anyone who hides from it, or from whom it hides."""
    if listing.tenant is None:
        return found.none()
    own, theirs = listing.tenant, OuterRef("tenant")
    hidden = listing.screens.filter(
        Q(person=theirs)
        | Q(commune=OuterRef("dwelling__commune"))
        | Q(landlord=OuterRef("dwelling__landlord"))
    )
    silent = Blocking.objects.filter(Q(person=own, other=theirs) | Q(other=own, person=theirs))
    return found.shown_to(listing, own).exclude(Exists(hidden) | Exists(silent))
