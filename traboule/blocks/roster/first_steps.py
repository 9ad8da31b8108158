"""What a facilitator does first with the composition."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space

from .models import Draw, Member


def _is_composed(space: Space) -> bool:
    """Whether somebody sits, or a draw is under way."""
    begun = Draw.objects.filter(space=space).exclude(state=Draw.State.CANCELLED)
    return Member.objects.current().filter(space=space).exists() or begun.exists()


STEPS = (
    Step(
        key="roster.compose",
        label=_("Composer le conseil : collèges, règles, premiers membres"),
        url=lambda space: reverse("roster:roster", args=[space.slug]),
        is_done=_is_composed,
        order=35,
    ),
)
