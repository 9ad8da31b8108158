"""Landlords, homes and households of Haute-Savoie, for tests."""

from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from traboule.exchanges.housing.models import (
    Dwelling,
    Landlord,
    Listing,
    Officer,
    State,
    Wish,
    WishPlace,
)
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Role
from traboule.kernel.spaces.tests.factories import make_space

_numbers = count(1)


def make_exchange_space(**values: Any) -> Any:
    """A space that uses the exchange of homes."""
    return make_space(blocks=("agenda", "documents", "housing"), **values)


def make_landlord(space: Any, name: str = "", **values: Any) -> Landlord:
    return Landlord.objects.create(
        space=space, name=name or f"Habitat des Aravis {next(_numbers)}", **values
    )


def make_officer(landlord: Landlord, name: str = "Odile") -> Person:
    """A person who checks for that landlord, and takes part in the space as a facilitator."""
    person = Person.objects.create_person(name=name)
    Participation.objects.create(space=landlord.space, person=person, role=Role.FACILITATOR)
    Officer.objects.create(landlord=landlord, person=person)
    return person


def make_dwelling(landlord: Landlord, **values: Any) -> Dwelling:
    """A T3 in the landlord's stock."""
    number = next(_numbers)
    usual = {
        "reference": f"LOG-{number:05d}",
        "lease": f"B{number:06d}",
        "address": f"{number} rue des Aravis",
        "postal_code": "74000",
        "commune": landlord.space.initiative.commune,
        "rooms": 3,
        "area": 64,
        "rent": Decimal(420),
        "charges": Decimal(90),
        "floor": 2,
        "lift": True,
    }
    return Dwelling.objects.create(landlord=landlord, **usual | values)


def make_tenant(space: Any, name: str = "") -> Person:
    """A member of the space."""
    person = Person.objects.create_person(name=name or f"Locataire {next(_numbers)}")
    Participation.objects.create(space=space, person=person, role=Role.MEMBER)
    return person


def make_listing(
    dwelling: Dwelling, *, tenant: Person | None = None, wish: Any = None, **values: Any
) -> Listing:
    """A published listing of a household of three, who would take a T3 or T4 where it lives."""
    tenant = tenant or make_tenant(dwelling.landlord.space)
    usual = {
        "state": State.PUBLISHED,
        "household_size": 3,
        "resources": 1,
        "reason": "bigger",
        "published_at": timezone.now(),
        "confirmed_at": timezone.now(),
    }
    made = Listing.objects.create(
        space=dwelling.landlord.space, dwelling=dwelling, tenant=tenant, **usual | values
    )
    wanted = {"rooms_min": 3, "rooms_max": 4, "max_rent": 600} | (wish or {})
    places = wanted.pop("places", [dwelling.commune])
    own = Wish.objects.create(listing=made, **wanted)
    WishPlace.objects.bulk_create(
        WishPlace(wish=own, commune=place, rank=rank) for rank, place in enumerate(places)
    )
    return made
