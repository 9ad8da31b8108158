"""Who may do what with documents."""

from typing import TYPE_CHECKING

from traboule.kernel.people.models import MandateScope
from traboule.kernel.people.rules import can_act_for
from traboule.kernel.spaces.rules import can_coordinate, can_facilitate, can_take_part

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    from .models import Document


def can_read_members_shelf(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they read what is kept for members: the code of a gate is not enough."""
    return can_take_part(person, space)


def can_see(person: "Person | AnonymousUser", document: "Document") -> bool:
    """Whether they may read the document; put away, those who facilitate still do."""
    space = document.space
    if can_facilitate(person, space):
        return True
    if document.put_away_at:
        return False
    published = space.initiative.published_at is not None
    return (document.is_public and published) or can_read_members_shelf(person, space)


def can_make_public(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they may put a document where everyone reads it."""
    return can_coordinate(person, space)


def can_ask_copy(by: "Person", person: "Person", document: "Document") -> bool:
    """Whether ``by`` may ask for a printed copy for ``person``."""
    if can_facilitate(by, document.space):
        return True
    return can_read_members_shelf(person, document.space) and can_act_for(
        by, person, MandateScope.SIGN_UP
    )
