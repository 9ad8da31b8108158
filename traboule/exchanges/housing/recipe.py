"""What a recipe may say of the exchange of homes, and how a running one is read back."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .models import Landlord


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class LandlordSeed:
    """A landlord to begin with, and in how many days it checks and decides."""

    name: str
    check_days: int = 10
    decision_days: int = 42


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class HousingSeed:
    """The landlords that exchange there."""

    landlords: tuple[LandlordSeed, ...] = ()


def read(data: Mapping[str, Any]) -> HousingSeed:
    """The table of a recipe, checked. Raises pydantic's ValidationError."""
    return TypeAdapter(HousingSeed).validate_python(data)


def seed(space: Space, data: HousingSeed, *, by: Person) -> None:
    """Make the landlords that a recipe names."""
    Landlord.objects.bulk_create(
        Landlord(
            space=space,
            name=one.name,
            check_days=one.check_days,
            decision_days=one.decision_days,
        )
        for one in data.landlords
    )


def announce(data: HousingSeed, *, start: datetime.date) -> list[str]:
    """What seeding would make, in words."""
    number = len(data.landlords)
    said = ngettext("%(n)d bailleur à renommer", "%(n)d bailleurs à renommer", number)
    return [said % {"n": number}] if number else []


def export(space: Space) -> dict[str, Any]:
    """The table that would make the same landlords."""
    fields = ("name", "check_days", "decision_days")
    landlords = list(space.landlords.order_by("pk").values(*fields))
    return {"landlords": landlords} if landlords else {}
