"""What a facilitator does first with outreach, around the steps that every space has."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space, SpaceBlock


def _has_contacts(space: Space) -> bool:
    """Also where outreach is not in use: there is nothing to do there."""
    uses = SpaceBlock.objects.filter(space=space, key="outreach", put_away_at__isnull=True)
    return space.contacts.exists() or not uses.exists()


STEPS = (
    Step(
        key="outreach.import",
        label=_("Importer vos contacts"),
        url=lambda space: reverse("outreach:import", args=[space.slug]),
        is_done=_has_contacts,
        order=20,
    ),
)
