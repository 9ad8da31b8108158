"""Small plausible spaces to test with."""

import datetime
from typing import Any

from traboule.kernel.initiatives.tests.factories import make_initiative, make_person
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Role, Space, SpaceBlock

STARTS_ON = datetime.date(2026, 1, 5)


def make_space(*, blocks: tuple[str, ...] = (), **fields: Any) -> Space:
    """A running space and its initiative; ``sheet`` holds fields for the latter."""
    initiative = make_initiative(**fields.pop("sheet", {}))
    space = Space.objects.create(
        initiative=initiative,
        **{
            "recipe_key": "essai",
            "recipe_title": "Essai",
            "recipe_summary": "Un espace pour essayer.",
            "starts_on": STARTS_ON,
            **fields,
        },
    )
    SpaceBlock.objects.bulk_create(
        SpaceBlock(space=space, key=key, position=rank) for rank, key in enumerate(blocks)
    )
    return space


def make_participant(
    space: Space, role: Role = Role.MEMBER, name: str = "Nadia", *, mobile: str = ""
) -> Person:
    """A person who takes part in the space, in that role."""
    person = make_person(name, mobile=mobile)
    Participation.objects.create(space=space, person=person, role=role)
    return person


def make_facilitator(space: Space, name: str = "Karim") -> Person:
    """A person who facilitates the space."""
    return make_participant(space, Role.FACILITATOR, name)


def make_coordinator(space: Space, name: str = "Awa") -> Person:
    """A person who coordinates the space."""
    return make_participant(space, Role.COORDINATOR, name)
