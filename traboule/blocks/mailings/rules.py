"""Who may write to many, and who may read what was written."""

from typing import TYPE_CHECKING

from traboule.kernel.spaces import rules as spaces

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    from .models import Mailing


def can_write(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they write to everyone in the name of the space."""
    return spaces.can_facilitate(person, space)


def can_see_letters(person: "Person | AnonymousUser", space: "Space") -> bool:
    """Whether they see its letters and may ask for them: anybody, once its sheet is public."""
    return space.initiative.published_at is not None or spaces.can_read(person, space)


def can_read(person: "Person | AnonymousUser", mailing: "Mailing") -> bool:
    """Whether they read its page in the archive."""
    shown = mailing.is_in_archive and can_see_letters(person, mailing.space)
    return shown or can_write(person, mailing.space)
