"""Whom a household hides from."""

from django.db import transaction

from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune

from ..models import Landlord, Listing, Screen
from .listing import locked


@transaction.atomic
def hide_from(
    *,
    listing: Listing,
    by: Person,
    person: Person | None = None,
    commune: Commune | None = None,
    landlord: Landlord | None = None,
) -> None:
    """Never be shown to this person, to who lives in this commune, or to this landlord's tenants.

    The journal keeps that it was done, never from whom.
    """
    listing = locked(listing, by=by)
    named = {"person": person, "commune": commune, "landlord": landlord}
    for name, thing in named.items():
        if thing is not None:
            Screen.objects.get_or_create(listing=listing, **{name: thing})
    record("housing.hid", listing, by=by)


@transaction.atomic
def show_again(*, listing: Listing, by: Person, screen: Screen | None = None) -> None:
    """Hide no more from a commune or a landlord; from every person when none is named."""
    listing = locked(listing, by=by)
    if screen:
        listing.screens.filter(pk=screen.pk).delete()
    else:
        listing.screens.filter(person__isnull=False).delete()
    record("housing.showed-again", listing, by=by)
