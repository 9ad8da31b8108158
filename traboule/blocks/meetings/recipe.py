"""What a recipe may say of meetings: how they are held, and agendas that come back."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .actions.preparing import make_model
from .models import HouseRules, ModelItem

_strict = ConfigDict(extra="forbid")
RULES = ("notice_days", "quorum", "voices_each", "amend_days")


@dataclass(frozen=True, kw_only=True, config=_strict)
class Point:
    """A point of an agenda that comes back; ``minutes`` is how long it takes."""

    title: Annotated[str, Field(min_length=1, max_length=160)]
    minutes: Annotated[int, Field(ge=1, le=480)] | None = None
    purpose: Literal["inform", "discuss", "decide"] = "discuss"


@dataclass(frozen=True, kw_only=True, config=_strict)
class Model:
    """An agenda that comes back."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    items: Annotated[tuple[Point, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """The part of a recipe that speaks of meetings; days before, voices, days to read again."""

    notice_days: Annotated[int, Field(ge=0, le=60)] = 8
    quorum: Annotated[int, Field(ge=1, le=1000)] | None = None
    voices_each: Annotated[int, Field(ge=0, le=10)] = 1
    amend_days: Annotated[int, Field(ge=1, le=90)] = 10
    models: tuple[Model, ...] = ()


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Set the rules of the house, and its agendas."""
    HouseRules.objects.update_or_create(
        space=space, defaults={name: getattr(data, name) for name in RULES}
    )
    for model in data.models:
        lines = [
            ModelItem(position=rank, title=one.title, duration=one.minutes, purpose=one.purpose)
            for rank, one in enumerate(model.items)
        ]
        make_model(space=space, title=model.title, lines=lines)


def announce(data: Seed, *, start: Any) -> list[str]:
    """What seeding makes, in words."""
    return [_("Un ordre du jour type : %(title)s") % {"title": one.title} for one in data.models]


def export(space: Space) -> dict[str, Any]:
    """The rules and agendas of the space as a recipe says them; what is usual is left out."""
    rules, usual = HouseRules.of(space), Seed()
    said = {name: getattr(rules, name) for name in RULES}
    table: dict[str, Any] = {
        name: value for name, value in said.items() if value != getattr(usual, name)
    }
    models = [
        {"title": model.title, "items": [_point(line) for line in model.items.all()]}
        for model in space.meeting_models.prefetch_related("items").order_by("pk")
    ]
    return table | ({"models": models} if models else {})


def _point(line: ModelItem) -> dict[str, Any]:
    said: dict[str, Any] = {"title": line.title}
    if line.duration:
        said["minutes"] = line.duration
    if line.purpose != "discuss":
        said["purpose"] = line.purpose
    return said
