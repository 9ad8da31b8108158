"""What a facilitator does first with letters."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step

STEPS = (
    Step(
        key="mailings.sheet",
        label=_("Imprimer la feuille d’inscription à la lettre"),
        url=lambda space: reverse("mailings:subscribers", args=[space.slug]),
        is_done=lambda space: space.subscriptions.exists(),
        order=55,
    ),
)
