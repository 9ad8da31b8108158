"""Who may do what with publications."""

from typing import TYPE_CHECKING

from traboule.kernel.moderation.rules import shows_at_once
from traboule.kernel.spaces.models import Participation, Role
from traboule.kernel.spaces.rules import can_facilitate, can_read, can_take_part

from .models import Kind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person

    from .models import Publication

    Reader = Person | AnonymousUser


def is_of(person: "Reader", publication: "Publication") -> bool:
    """Whether it is theirs: they signed it, or typed it for someone."""
    return person.is_authenticated and person.pk in {publication.author_id, publication.by_id}


def can_see(person: "Reader", publication: "Publication") -> bool:
    """Whether they may read it: readers once it is published, its own and the team before."""
    space = publication.space
    if can_facilitate(person, space) or is_of(person, publication):
        return True
    if not publication.is_published:
        return False
    anyone = publication.is_public and space.initiative.published_at is not None
    return anyone or can_read(person, space)


def can_change(person: "Reader", publication: "Publication") -> bool:
    """Whether they may write in it: the team always, its own while it is in the making."""
    if can_facilitate(person, publication.space):
        return True
    theirs = is_of(person, publication) and can_take_part(person, publication.space)
    return theirs and publication.is_in_the_making


def can_review(person: "Reader", publication: "Publication") -> bool:
    """Whether they decide if it is published."""
    return can_facilitate(person, publication.space)


def another_can_review(person: "Person", publication: "Publication") -> bool:
    """Whether it is one's own, and someone else of the team could read it: two see better."""
    if not is_of(person, publication):
        return False
    team = Participation.objects.current().at_least(Role.FACILITATOR)
    return team.filter(space=publication.space).exclude(person=person).exists()


def can_complete(person: "Reader", publication: "Publication") -> bool:
    """Whether they may add the picture of after: anyone who takes part, once it is published."""
    if can_change(person, publication):
        return True
    return publication.is_published and can_take_part(person, publication.space)


def can_publish_directly(person: "Reader", publication: "Publication") -> bool:
    """Whether they may put it online without a second reader.

    The team may; so does who is trusted, for news and albums: what is longer is read by two.
    """
    space = publication.space
    if can_facilitate(person, space):
        return True
    short = publication.kind in {Kind.NEWS, Kind.ALBUM}
    return short and can_take_part(person, space) and shows_at_once(person, space)


def comments_at_once(person: "Person", publication: "Publication") -> bool:
    """Whether what they answer shows before anyone of the team has read it."""
    return shows_at_once(person, publication.space)
