"""What a recipe may say of services between neighbours: nothing yet to choose."""

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class ServicesSeed:
    """An empty table."""


def read(data: Mapping[str, Any]) -> ServicesSeed:
    """The table of a recipe, checked. Raises pydantic's ValidationError."""
    return TypeAdapter(ServicesSeed).validate_python(data)


def seed(space: Space, data: ServicesSeed, *, by: Person) -> None:
    """People bring the rest."""


def export(space: Space) -> dict[str, Any]:
    """Nothing that another space would begin with."""
    return {}
