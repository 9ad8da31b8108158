"""The exchanges that the engine finds for one household, which the team proposes when it calls."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from . import matching
from .actions import swaps
from .models import Dwelling, Listing, Origin, Swap

MOST_LOOKED_AT, MOST_SHOWN = 200, 10


@dataclass(frozen=True)
class Found:
    """An exchange that is possible now, by its names for the engine; what the household gets."""

    names: tuple[str, ...]
    weight: int
    home: Dwelling

    @property
    def key(self) -> str:
        """How a form names it."""
        return "-".join(self.names)

    @property
    def size(self) -> int:
        """How many households move."""
        return sum(not name.startswith("d") for name in self.names)


def found_for(listing: Listing) -> list[Found]:
    """The best exchanges of a household, nobody else being asked anything yet."""
    listings = matching.free_listings(listing.space, near=listing)
    name, loners = str(listing.pk), {str(one.pk) for one in listings if not one.wants_several}
    if all(one.pk != listing.pk for one in listings):
        return []
    index = matching.index_of(listing.space, listings)
    exchanges = index.exchanges(name, most=MOST_LOOKED_AT)
    wanted = [one for one in exchanges if len(one.ids) == 2 or loners.isdisjoint(one.ids)]
    wanted = wanted[:MOST_SHOWN]
    dwellings = {str(one.pk): one.dwelling_id for one in listings}
    nexts = [one.ids[(one.ids.index(name) + 1) % len(one.ids)] for one in wanted]
    keys = [dwellings.get(after) or int(after[1:]) for after in nexts]
    homes = Dwelling.objects.for_listing().in_bulk(keys)
    return [Found(one.ids, one.weight, homes[key]) for one, key in zip(wanted, keys, strict=True)]


def propose(*, listing: Listing, key: str, by: Person) -> Swap:
    """Propose to all its households an exchange found for one of them, at its word.

    Raises Refused when it is possible no more.
    """
    chosen = next((one for one in found_for(listing) if one.key == key), None)
    if chosen is None:
        raise Refused(_("Cet échange n’est plus possible. Voici ceux qui le sont maintenant."))
    listings, vacant = matching.members(chosen.names)
    return swaps.propose(
        listings=listings, by=by, for_=listing.tenant, vacant=vacant, origin=Origin.ENGINE,
        weight=chosen.weight,
    )  # fmt: skip
