"""Homes of a landlord's stock: corrected, offered empty, let go of."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..messages import stock as messages
from ..models import Check, Dwelling, Landlord, Listing, Outcome, State, Swap

REMOVED = "home-removed"
"""Why a listing ends, when its home leaves the stock."""


@transaction.atomic
def add_dwelling(*, landlord: Landlord, by: Person, **facts: Any) -> Dwelling:
    """Put one home in the stock. Raises ValidationError for a reference already there."""
    must_be_open(landlord.space)
    dwelling = Dwelling(landlord=landlord, **facts)
    dwelling.full_clean()
    dwelling.save()
    record("housing.added-dwelling", dwelling, by=by)
    return dwelling


@transaction.atomic
def change_dwelling(*, dwelling: Dwelling, by: Person, **facts: Any) -> None:
    """Correct what is known of a home; listings tell the new facts at once."""
    must_be_open(dwelling.landlord.space)
    dwelling = _locked(dwelling)
    for name, value in facts.items():
        setattr(dwelling, name, value)
    dwelling.full_clean(exclude=["landlord"])
    dwelling.save()
    record("housing.changed-dwelling", dwelling, by=by, fields=sorted(facts))


@transaction.atomic
def offer_vacant(*, dwelling: Dwelling, day: datetime.date | None, by: Person) -> None:
    """Offer a home empty from a day on, to begin a chain; without a day, offer it no more.

    Raises Refused while a household that lives there looks for another.
    """
    must_be_open(dwelling.landlord.space)
    dwelling = _locked(dwelling)
    if day and (dwelling.removed_at or not dwelling.is_exchangeable):
        raise Refused(_("Ce logement n’est pas dans les échanges : corrigez d’abord sa fiche."))
    if day and dwelling.listings.live().exists():
        raise Refused(
            _("Un ménage y habite et a une annonce : son échange libère déjà ce logement.")
        )
    if not day and dwelling.vacant_from and (swaps := list(Swap.objects.counting_on(dwelling))):
        raise Refused(_stopped_by(swaps))
    dwelling.vacant_from = day
    dwelling.save(update_fields=["vacant_from"])
    record("housing.offered-vacant", dwelling, by=by, day=str(day or ""))


@transaction.atomic
def withdraw(*, dwelling: Dwelling, by: Person | None, afterwards: bool = False) -> bool:
    """Take a home out of the stock; its listing ends and its household is told. Repeatable.

    While an exchange that is under way counts on it, raises Refused with its number; or
    ``afterwards``, it leaves once that exchange is over. Returns whether it has left.
    """
    must_be_open(dwelling.landlord.space)
    dwelling = _locked(dwelling)
    if dwelling.removed_at:
        return True
    if swaps := list(Swap.objects.counting_on(dwelling)):
        if not afterwards:
            raise Refused(_stopped_by(swaps))
        _have_leave(dwelling, swaps, by=by)
        return False
    dwelling.removed_at, dwelling.vacant_from, dwelling.is_leaving = timezone.now(), None, False
    dwelling.save(update_fields=["removed_at", "vacant_from", "is_leaving"])
    _end_listing(dwelling, by=by)
    record("housing.withdrew-dwelling", dwelling, by=by)
    return True


def let_go_of_absent(landlord: Landlord, moment: Any, *, by: Person | None) -> tuple[int, int]:
    """Take out the homes that a whole file did not name; how many left, and how many stay.

    Those that an exchange counts on stay until it is over.
    """
    gone = landlord.dwellings.standing().exclude(imported_at=moment)
    unknown = Q(listings__isnull=True, moves_in__isnull=True)
    left = kept = 0
    for dwelling in gone.exclude(unknown).select_related("landlord__space").distinct():
        if withdraw(dwelling=dwelling, by=by, afterwards=True):
            left += 1
        else:
            kept += 1
    left += gone.filter(unknown).update(removed_at=timezone.now(), vacant_from=None)
    return left, kept


def _have_leave(dwelling: Dwelling, swaps: list[Swap], *, by: Person | None) -> None:
    if not dwelling.is_leaving:
        dwelling.is_leaving, dwelling.is_exchangeable = True, False
        dwelling.why_not = _("sort du parc après l’échange %(codes)s") % {"codes": _codes(swaps)}
        dwelling.save(update_fields=["is_leaving", "is_exchangeable", "why_not"])
        record("housing.will-withdraw-dwelling", dwelling, by=by)


def _end_listing(dwelling: Dwelling, *, by: Person | None) -> None:
    """The household that lives there cannot exchange a home that is not in the stock."""
    listing = dwelling.listings.live().select_for_update(of=("self",)).first()
    if listing is None:
        return
    listing.state, listing.ended_at, listing.end_reason = State.ENDED, timezone.now(), REMOVED
    listing.save(update_fields=["state", "ended_at", "end_reason"])
    waiting = Check.objects.filter(listing=listing, outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.WITHDRAWN, decided_at=timezone.now())
    record("housing.ended-for-stock", listing, by=by)
    messages.home_removed(Listing.objects.select_related("tenant", "space").get(pk=listing.pk))


def _locked(dwelling: Dwelling) -> Dwelling:
    rows = Dwelling.objects.select_for_update(of=("self",)).select_related("landlord__space")
    return rows.get(pk=dwelling.pk)


def _stopped_by(swaps: list[Swap]) -> str:
    return _(
        "Un échange compte sur ce logement : %(codes)s. Attendez qu’il finisse, ou choisissez "
        "« après l’échange »."
    ) % {"codes": _codes(swaps)}


def _codes(swaps: list[Swap]) -> str:
    return ", ".join(f"{swap.code} ({swap.get_state_display()})" for swap in swaps)
