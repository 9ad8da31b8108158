"""What a facilitator does first with documents."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step

STEPS = (
    Step(
        key="documents.first",
        label=_("Déposer un premier document"),
        url=lambda space: reverse("documents:shelves", args=[space.slug]),
        is_done=lambda space: space.documents.exists(),
        order=45,
    ),
)
