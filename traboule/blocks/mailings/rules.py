"""Who may write to many, and who may read what was written."""

from typing import TYPE_CHECKING

from traboule.kernel.spaces.rules import can_facilitate

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    from .models import Mailing


def can_write(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they write to everyone in the name of the space."""
    return can_facilitate(person, space)


def can_read(person: "Person | AnonymousUser", mailing: "Mailing") -> bool:
    """Whether they read its page in the archive."""
    published = mailing.space.initiative.published_at is not None
    return (mailing.is_in_archive and published) or can_write(person, mailing.space)
