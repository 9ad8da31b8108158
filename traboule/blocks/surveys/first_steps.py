"""What a team does first with a survey, around the steps that every space has."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space

from .models import Survey


def uses_surveys(space: Space) -> bool:
    """Whether the space asks surveys today."""
    return any(block.key == "surveys" for block in space.open_blocks)


def _opened(space: Space) -> bool:
    return not uses_surveys(space) or space.surveys.exclude(state=Survey.State.DRAFT).exists()


STEPS = (
    Step(
        key="surveys.open",
        label=_("Relire une enquête et l’ouvrir"),
        url=lambda space: reverse("surveys:surveys", args=[space.slug]),
        is_done=_opened,
        order=65,
    ),
)
