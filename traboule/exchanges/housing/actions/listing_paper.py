"""A registration that came on paper or by telephone, typed in at once."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traboule.kernel.conversations.private_words import refuse_private
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.contacts import find_or_note_person, prefer_channel
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Space

from ..models import Dwelling, Landlord, Listing, Via
from .listing import register, weigh
from .listing_home import find_home
from .listing_wishes import add_places


@transaction.atomic
def type_in(
    *,
    space: Space,
    by: Person,
    name: str,
    phone: str,
    landlord: Landlord,
    commune: Commune,
    address: str,
    lease: str,
    places: list[Commune],
    household: dict[str, Any],
    wish: dict[str, Any],
    via: Via,
    by_letter: bool = False,
) -> Listing:
    """The household, its home and its wishes; letters reach it there if nothing else does.

    Raises Refused when the home is not found, is listed already, or the number is another's.
    """
    refuse_private(household.get("text", ""))
    dwelling = find_home(landlord=landlord, commune=commune, address=address, lease=lease, by=by)
    if dwelling is None:
        raise Refused(
            _("Ce logement n’est pas dans le parc de %(landlord)s. Vérifiez l’adresse et le numéro "
              "de bail, ou demandez-les au bailleur.") % {"landlord": landlord}
        )  # fmt: skip
    tenant, letters = _tenant(name, phone, dwelling)
    listing = register(space=space, dwelling=dwelling, tenant=tenant, by=by, via=via)
    _fill(listing, household)
    _fill(listing.wish, wish)
    for place in places:
        add_places(listing=listing, by=by, commune=place)
    weigh(listing)
    if by_letter:
        prefer_channel(channel=letters, by=by)
    record("housing.typed-in", listing, by=by)
    return listing


def _tenant(name: str, phone: str, dwelling: Dwelling) -> tuple[Person, Channel]:
    """The person of this name and number; and where letters reach them, the home unless known."""
    tenant = find_or_note_person(name=name, address=phone)
    letters = tenant.channels.filter(kind=ChannelKind.POST).order_by("pk").first()
    if letters is None:
        lines = [dwelling.address, f"{dwelling.postal_code} {dwelling.commune.name}"]
        value = "\n".join(lines)
        letters = Channel.objects.create(person=tenant, kind=ChannelKind.POST, value=value)
    return tenant, letters


def _fill(thing: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(fields))
