"""What a facilitator does first with outreach, around the steps that every space has."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space

from .slots import uses_outreach


def _has_contacts(space: Space) -> bool:
    """Also where outreach is not in use: there is nothing to do there."""
    return not uses_outreach(space) or space.contacts.exists()


STEPS = (
    Step(
        key="outreach.import",
        label=_("Importer vos contacts"),
        url=lambda space: reverse("outreach:import", args=[space.slug]),
        is_done=_has_contacts,
        order=20,
    ),
)
