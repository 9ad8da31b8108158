"""Landlords, homes and households of Haute-Savoie, for tests."""

from decimal import Decimal
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from traboule.exchanges.housing.actions import checking, importing
from traboule.exchanges.housing.models import (
    Check,
    Dwelling,
    Landlord,
    Listing,
    Move,
    Officer,
    State,
    StockImport,
    Swap,
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


def make_check(dwelling: Dwelling, **values: Any) -> Check:
    """The check of a household's first listing, waiting for its landlord."""
    listing = make_listing(dwelling, **{"state": State.DRAFT, "published_at": None} | values)
    return checking.ask(listing=listing, by=listing.tenant)


HEADS = "Référence;Numéro de bail;Adresse;Code postal;Commune;Type;Surface;Loyer"


def stock_csv(*lines: str, heads: str = HEADS) -> bytes:
    """A file of homes, as a landlord's spreadsheet writes it."""
    return "\r\n".join([heads, *lines]).encode("cp1252")


def home_line(reference: str, **cells: Any) -> str:
    """One right line of such a file, in the commune of the tests."""
    usual = {"lease": "B1", "address": "2 rue Haute", "code": "38200", "town": "Vienne",
             "type": "T3", "area": "64", "rent": "412,50"}  # fmt: skip
    return ";".join([reference, *map(str, (usual | cells).values())])


def make_sent(landlord: Landlord, *lines: str, **values: Any) -> StockImport:
    """A file that was sent and read, with one right line and a wrong one unless told otherwise."""
    lines = lines or (home_line("A-1"), home_line("A-2", area="grand"))
    sent = importing.read_stock(
        landlord=landlord,
        file=SimpleUploadedFile("parc.csv", values.pop("content", None) or stock_csv(*lines)),
        by=make_officer(landlord, "Hugo"),
        **{"is_whole": False} | values,
    )
    # Tasks wait for the commit, which tests never reach.
    importing.try_file.func(sent.pk)
    sent.refresh_from_db()
    return sent


def make_swap(*listings: Listing, **values: Any) -> Swap:
    """A proposed exchange in which each household moves into the home of the next."""
    swap = Swap.objects.create(
        space=listings[0].space, answer_by=timezone.localdate(), **values
    )
    homes = [one.dwelling for one in (*listings[1:], listings[0])]
    Move.objects.bulk_create(
        Move(swap=swap, listing=listing, dwelling=home, position=rank)
        for rank, (listing, home) in enumerate(zip(listings, homes, strict=True))
    )
    return swap
