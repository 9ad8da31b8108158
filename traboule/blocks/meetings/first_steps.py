"""What a facilitator does first with meetings, around the steps that every space has."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space

from .models import Meeting


def _prepared(space: Space) -> bool:
    """Whether a meeting has its agenda; a space that holds none has nothing to prepare."""
    if not uses_meetings(space):
        return True
    return Meeting.objects.filter(space=space, items__isnull=False).exists()


def uses_meetings(space: Space) -> bool:
    """Whether the space has the block in use."""
    return any(block.key == "meetings" for block in space.open_blocks)


def _where(space: Space) -> str:
    return reverse("meetings:meetings", args=[space.slug])


STEPS = (
    Step(
        key="meetings.first",
        label=_("Préparer la première réunion"),
        url=_where,
        is_done=_prepared,
        order=20,
    ),
)
