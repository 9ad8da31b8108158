"""What a facilitator does first with meetings."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step

from .models import Meeting

STEPS = (
    Step(
        key="meetings.first",
        label=_("Préparer la première réunion"),
        url=lambda space: reverse("meetings:meetings", args=[space.slug]),
        is_done=lambda space: Meeting.objects.filter(space=space, items__isnull=False).exists(),
        order=20,
    ),
)
