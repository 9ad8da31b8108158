"""What every act on a meeting begins with: its row locked, its space open, its move allowed."""

from typing import Any

from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import Meeting


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, kept from whoever acts at the same time. Raises Refused."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    fresh = Meeting.objects.for_page().get(pk=meeting.pk)
    must_be_open(fresh.space)
    return fresh


def locked_space(space: Space) -> Space:
    """The space, kept from whoever numbers something at the same time. Raises Refused."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    must_be_open(space)
    return space


def move(meeting: Meeting, state: Any, **changes: Any) -> None:
    """Go on to a state that may follow, with what changes beside it. Raises Refused."""
    if not meeting.may_become(state):
        raise Refused(
            _("Cette réunion est déjà plus loin, ou pas encore là : rechargez la page pour voir "
              "où elle en est.")
        )  # fmt: skip
    meeting.state = state
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=["state", *changes])
