"""What a team does first so that people can write in its space."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space

from . import kinds


def _has_charter(space: Space) -> bool:
    return space.charters.exists()


STEPS = (
    Step(
        key="moderation.charter",
        label=_("Adopter une charte"),
        url=lambda space: reverse("moderation:charter", args=[space.slug]),
        is_done=_has_charter,
        applies=kinds.people_write_in,
        order=20,
    ),
)
