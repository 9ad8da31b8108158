"""How a person is told something of a request or of what came of it."""

from typing import Any

from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role, Space


def first_name(person: Person | None) -> str:
    """How neighbours call each other."""
    return str(person).split()[0] if person else ""


def say(person: Person | None, space: Space, *, urgent: bool = True, **words: Any) -> Notice | None:
    """Tell them, at the expense of the space; nobody is told once erased."""
    if person is None or person.erased_at:
        return None
    return tell(person=person, urgent=urgent, purse=space.purse, **words)


def say_to_team(space: Space, *, key: str, **words: Any) -> None:
    """Tell those who facilitate; once each, however often it is asked."""
    for one in space.roll().at_least(Role.FACILITATOR):
        say(one.person, space, key=f"{key}:{one.person_id}", **words)
