"""What a facilitator does first with letters."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space


def _is_used(space: Space) -> bool:
    return any(block.key == "mailings" for block in space.open_blocks)


STEPS = (
    Step(
        key="mailings.sheet",
        label=_("Imprimer la feuille d’inscription à la lettre"),
        url=lambda space: reverse(
            "mailings:subscribers" if _is_used(space) else "spaces:settings", args=[space.slug]
        ),
        is_done=lambda space: not _is_used(space) or space.subscriptions.exists(),
        order=55,
    ),
)
