"""Who may do what with contacts: those who facilitate, and nobody else."""

from typing import TYPE_CHECKING

from traboule.kernel.spaces.rules import can_facilitate

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space


def can_go_towards(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they read and write the files of contacts. Members never do."""
    return can_facilitate(person, space)
