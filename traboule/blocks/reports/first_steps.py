"""What a team does first so that problems can be reported."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step

STEPS = (
    Step(
        key="reports.places",
        label=_("Nommer les endroits où l’on signale un problème"),
        url=lambda space: reverse("reports:set-up", args=[space.slug]),
        is_done=lambda space: space.report_zones.exists(),
        order=47,
    ),
)
