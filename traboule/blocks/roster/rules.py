"""Who may do what with a composition."""

from typing import TYPE_CHECKING

from traboule.kernel.people.models import MandateScope
from traboule.kernel.people.rules import can_act_for
from traboule.kernel.spaces.rules import can_facilitate, can_read

from .models import Roster

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    from .models import Draw, DrawCandidate, Member

can_compose = can_facilitate
"""Whether they say who sits there, and hold draws."""


def is_open_to_all(space: "Space") -> bool:
    """Whether what the space publishes can be read by anyone."""
    return space.initiative.published_at is not None


def can_see(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they may read who sits there."""
    if can_read(person, space):
        return True
    return is_open_to_all(space) and Roster.of(space).is_public


def can_see_draw(person: "Person | AnonymousUser", draw: "Draw") -> bool:
    """Whether they may read the draw: anyone once its list is frozen, since anyone may redo it."""
    if can_compose(person, draw.space):
        return True
    return draw.is_published and (is_open_to_all(draw.space) or can_read(person, draw.space))


def can_answer(by: "Person", candidate: "DrawCandidate") -> bool:
    """Whether they may say yes or no: who was drawn, who acts for them, who holds the draw."""
    if can_compose(by, candidate.draw.space):
        return True
    return candidate.person is not None and can_act_for(by, candidate.person, MandateScope.ALL)


def can_end(by: "Person", member: "Member") -> bool:
    """Whether they may give the seat back: its holder, who acts for them, who composes."""
    return can_compose(by, member.space) or can_act_for(by, member.person, MandateScope.ALL)
