"""Registering a household, keeping its answers, sending them to the landlord."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.conversations.private_words import refuse_private
from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import bring_in, must_be_open
from traboule.kernel.spaces.models import Space

from .. import priorities
from ..models import Dwelling, Listing, State, Via, Wish
from ..rules import can_answer_for
from .checking import ask

ANY_ROOMS = (1, 9)
ANY_RENT = 2000
"""What a wish begins with: each answer narrows it."""


@transaction.atomic
def register(
    *, space: Space, dwelling: Dwelling, tenant: Person, by: Person, via: Via = Via.WEB
) -> Listing:
    """Begin a listing for the home where someone lives. Begun already, it is that one.

    Raises Refused when the household or the home has another one, or may not exchange.
    """
    must_be_open(space)
    may_post(by, space)
    dwelling = Dwelling.objects.select_for_update(of=("self",)).get(pk=dwelling.pk)
    if not Dwelling.objects.exchangeable().filter(pk=dwelling.pk).exists():
        raise Refused(_cannot_be_exchanged(dwelling))
    own = space.housing_listings.live().filter(tenant=tenant).first()
    if own and own.dwelling_id == dwelling.pk:
        return own
    if own:
        raise Refused(_("Vous avez déjà une annonce ici, pour un autre logement : arrêtez-la d’abord."))
    if dwelling.listings.live().exists():
        raise Refused(_already_listed())
    bring_in(space=space, person=tenant, by=by)
    try:
        with transaction.atomic():
            made = Listing.objects.create(space=space, dwelling=dwelling, tenant=tenant, via=via)
    except IntegrityError as error:
        raise Refused(_already_listed()) from error
    least, most = ANY_ROOMS
    Wish.objects.create(listing=made, rooms_min=least, rooms_max=most, max_rent=ANY_RENT)
    record("housing.registered", made, by=by, for_=spoken_for(tenant, by))
    return made


def _cannot_be_exchanged(dwelling: Dwelling) -> str:
    why = f" {dwelling.why_not}" if dwelling.why_not else ""
    return _("Votre bailleur dit que ce logement ne peut pas être échangé.%(why)s") % {"why": why}


def _already_listed() -> str:
    return _("Ce logement a déjà une annonce en cours. Si ce n’est pas la vôtre, appelez l’équipe.")


def spoken_for(tenant: Person | None, by: Person | None) -> Person | None:
    """In whose name it is done, when someone else does it."""
    return tenant if by is not None and tenant != by else None


def locked(listing: Listing, *, by: Person | None) -> Listing:
    """The listing, for whoever may act for it, held until the end of the act. Raises Refused."""
    rows = Listing.objects.select_for_update(of=("self",))
    found: Listing = rows.select_related("space", "dwelling", "tenant").get(pk=listing.pk)
    must_be_open(found.space)
    if by is not None and not can_answer_for(by, found):
        raise Refused(_("Cette annonce n’est pas à vous."))
    if not found.is_live:
        raise Refused(_("Cette annonce est arrêtée. Vous pouvez en faire une autre."))
    return found


@transaction.atomic
def answer(*, listing: Listing, by: Person, **fields: Any) -> None:
    """Keep what a household says of itself while it registers."""
    listing = locked(listing, by=by)
    if listing.state != State.DRAFT:
        raise Refused(_("Votre annonce est partie : passez par « Corriger mon annonce »."))
    refuse_private(fields.get("text", ""))
    _keep(listing, fields)
    record("housing.answered", listing, by=by, fields=sorted(fields))


@transaction.atomic
def choose(*, listing: Listing, by: Person, **fields: Any) -> None:
    """Keep whether it takes part in exchanges of three or more, and is told of homes that fit."""
    listing = locked(listing, by=by)
    _keep(listing, fields)
    record("housing.answered", listing, by=by, fields=sorted(fields))


@transaction.atomic
def wish(*, listing: Listing, by: Person, **fields: Any) -> None:
    """Keep what a household looks for; whenever it wants, no landlord has to see it."""
    listing = locked(listing, by=by)
    own = listing.wish
    for name, value in fields.items():
        setattr(own, name, value)
    own.save(update_fields=list(fields))
    weigh(listing)
    record("housing.wished", listing, by=by, fields=sorted(fields))


def _keep(listing: Listing, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(listing, name, value)
    listing.save(update_fields=list(fields))
    weigh(listing)


def weigh(listing: Listing) -> None:
    """Count its points again."""
    listing.priority = priorities.weight_of(listing)
    listing.save(update_fields=["priority"])


@transaction.atomic
def send(*, listing: Listing, by: Person) -> None:
    """Have the landlord check what was said. Raises Refused while something is missing."""
    listing = locked(listing, by=by)
    if not listing.may_become(State.CHECKING):
        raise Refused(_("Votre annonce est déjà partie."))
    if lacks := missing(listing):
        number = len(lacks)
        raise Refused(
            ngettext("Il manque une réponse : %(lacks)s.", "Il manque : %(lacks)s.", number)
            % {"lacks": ", ".join(lacks)}
        )
    weigh(listing)
    ask(listing=listing, by=by)
    record("housing.sent", listing, by=by, for_=spoken_for(listing.tenant, by))


@transaction.atomic
def correct(*, listing: Listing, by: Person, **fields: Any) -> bool:
    """Ask the landlord to check what changes; the old words stay until then. Whether any did."""
    listing = locked(listing, by=by)
    refuse_private(fields.get("text", ""))
    changes = {name: new for name, new in fields.items() if getattr(listing, name) != new}
    if not changes:
        return False
    ask(listing=listing, by=by, changes=changes)
    record("housing.corrected", listing, by=by, for_=spoken_for(listing.tenant, by))
    return True


def missing(listing: Listing) -> list[str]:
    """What must be said before an annonce can leave, in words."""
    lacks = []
    if not listing.reason:
        lacks.append(_("pourquoi vous voulez changer"))
    if not listing.wish.places.exists():
        lacks.append(_("où vous voulez habiter"))
    return lacks
