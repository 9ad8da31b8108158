"""What a team does first with publications."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step

STEPS = (
    Step(
        key="publishing.first",
        label=_("Publier une première nouvelle"),
        url=lambda space: reverse("publishing:list", args=[space.slug]),
        is_done=lambda space: space.publications.published().exists(),
        order=45,
    ),
)
