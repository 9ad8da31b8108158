"""What a recipe may say to the composition: colleges, parity, quotas, functions; never people."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Self

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Gender, Person
from traboule.kernel.spaces.models import Space

from .actions import settings as acts
from .models import AgeBand, Parity, Priority, Quota, Roster
from .models.roster import USUAL_FUNCTIONS

_strict = ConfigDict(extra="forbid")
Name = Annotated[str, Field(min_length=1, max_length=80)]
Number = Annotated[int, Field(ge=0, le=500)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class SeedCollege:
    """One of the groups of the whole, and how many sit in it."""

    name: Name
    seats: Annotated[int, Field(ge=1, le=500)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class SeedQuota:
    """So many people of some kind, in the whole or in the college of that name."""

    college: Annotated[str, Field(max_length=80)] = ""
    gender: Gender | None = None
    age: AgeBand | None = None
    priority: Priority | None = None
    least: Number | None = None
    most: Number | None = None

    @model_validator(mode="after")
    def _says_whom_and_how_many(self) -> Self:
        if not (self.gender or self.age or self.priority):
            raise ValueError(_("dites de qui il s’agit : gender, age ou priority"))
        if self.least is None and self.most is None:
            raise ValueError(_("écrivez least, most, ou les deux"))
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(_("least ne peut pas dépasser most"))
        return self


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """The composition's part of a recipe; without ``functions``, the usual ones."""

    public: bool = False
    parity: Parity = Parity.NONE
    functions: tuple[Name, ...] = ()
    colleges: tuple[SeedCollege, ...] = ()
    quotas: tuple[SeedQuota, ...] = ()

    @model_validator(mode="after")
    def _quotas_are_of_known_colleges(self) -> Self:
        names = [college.name for college in self.colleges]
        if len(set(names)) != len(names):
            raise ValueError(_("deux collèges portent le même nom"))
        for quota in self.quotas:
            if quota.college and quota.college not in names:
                raise ValueError(_("« %(name)s » n’est pas un des collèges")
                                 % {"name": quota.college})  # fmt: skip
        return self


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Make the colleges and the rules; nobody sits there yet."""
    if data == Seed():
        return
    acts.change_roster(
        space=space, is_public=data.public, parity=data.parity.value,
        functions=data.functions or [str(name) for name in USUAL_FUNCTIONS], by=by,
    )  # fmt: skip
    colleges = {
        one.name: acts.add_college(space=space, name=one.name, seats=one.seats, by=by)
        for one in data.colleges
    }
    for one in data.quotas:
        quota = Quota(
            space=space,
            college=colleges.get(one.college),
            gender=one.gender or "",
            age=one.age or "",
            priority=one.priority or "",
            least=one.least,
            most=one.most,
        )
        acts.add_quota(quota=quota, by=by)


def announce(data: Seed, *, start: Any) -> list[str]:
    """What seeding would make, in words."""
    return [
        ngettext("Collège %(name)s : %(n)d place", "Collège %(name)s : %(n)d places", one.seats)
        % {"name": one.name, "n": one.seats}
        for one in data.colleges
    ]


def export(space: Space) -> dict[str, Any]:
    """The table that makes the same colleges and rules again; nobody who sits there."""
    roster = Roster.of(space)
    usual = [str(name) for name in USUAL_FUNCTIONS]
    data = Seed(
        public=roster.is_public,
        parity=Parity(roster.parity),
        functions=() if roster.functions == usual else tuple(roster.functions),
        colleges=tuple(SeedCollege(name=one.name, seats=one.seats) for one in space.colleges.all()),
        quotas=tuple(_quota(one) for one in space.roster_quotas.select_related("college")),
    )
    return _said(asdict(data), asdict(Seed()))


def _quota(quota: Quota) -> SeedQuota:
    return SeedQuota(
        college=quota.college.name if quota.college else "",
        gender=Gender(quota.gender) if quota.gender else None,
        age=AgeBand(quota.age) if quota.age else None,
        priority=Priority(quota.priority) if quota.priority else None,
        least=quota.least,
        most=quota.most,
    )


def _said(table: dict[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    """A table as a recipe says it: what has its usual value is left out."""
    told = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in table.items()
        if value != usual.get(key)
    }
    for key in ("colleges", "quotas"):
        if key in told:
            told[key] = [
                {name: value for name, value in one.items() if value not in (None, "")}
                for one in told[key]
            ]
    return told
