"""What a recipe may say to reports: the named places, the kinds of problems and their days."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Self

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .models import Category, Desk, Zone
from .models.desk import USUAL_DAYS

_strict = ConfigDict(extra="forbid")
Name = Annotated[str, Field(min_length=1, max_length=80)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Kind:
    """A kind of problem, and in how many days it is usually seen to."""

    name: Name
    days: Annotated[int, Field(ge=1, le=365)] = USUAL_DAYS


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """The reports' part of a recipe; the plan itself is each place's own."""

    zones: tuple[Name, ...] = ()
    categories: tuple[Kind, ...] = ()
    looks_first: bool = True

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for names in (list(self.zones), [one.name for one in self.categories]):
            if twice := next((name for name in names if names.count(name) > 1), ""):
                raise ValueError(_("« %(value)s » y figure deux fois") % {"value": twice})
        return self


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Name the places and the kinds; where they stand on the plan is shown on the spot."""
    Desk.objects.create(space=space, looks_first=data.looks_first)
    Zone.objects.bulk_create(
        Zone(space=space, name=name, position=rank) for rank, name in enumerate(data.zones)
    )
    Category.objects.bulk_create(
        Category(space=space, name=one.name, days=one.days, position=rank)
        for rank, one in enumerate(data.categories)
    )


def announce(data: Seed, *, start: datetime.date) -> list[str]:
    """What seeding would name, in words."""
    kinds = [
        ngettext("%(name)s : %(days)d jour", "%(name)s : %(days)d jours", one.days)
        % {"name": one.name, "days": one.days}
        for one in data.categories
    ]
    said = [_("Endroits : %(names)s") % {"names": ", ".join(data.zones)}] if data.zones else []
    return said + kinds


def export(space: Space) -> dict[str, Any]:
    """The table that names the same places and kinds; nothing of what was reported."""
    zones = [zone.name for zone in space.report_zones.order_by("position", "pk")]
    categories = [
        {"name": one.name} | ({"days": one.days} if one.days != USUAL_DAYS else {})
        for one in space.report_categories.order_by("position", "pk")
    ]
    desk = Desk.objects.filter(space=space).first()
    table: dict[str, Any] = {"zones": zones} if zones else {}
    table |= {"categories": categories} if categories else {}
    return table | ({"looks_first": False} if desk and not desk.looks_first else {})
