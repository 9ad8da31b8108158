"""What a team does first so that neighbours render each other services."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step

from .models import Policy, Worker

STEPS = (
    Step(
        key="services.policy",
        label=_("Recopier l’attestation d’assurance de l’association"),
        url=lambda space: reverse("services:policy", args=[space.slug]),
        is_done=lambda space: Policy.objects.filter(space=space).exists(),
        order=41,
    ),
    Step(
        key="services.workers",
        label=_("Voir les papiers d’une première personne qui propose ses services"),
        url=lambda space: reverse("services:requests", args=[space.slug]),
        is_done=lambda space: Worker.objects.filter(
            space=space, identity_seen_on__isnull=False
        ).exists(),
        order=42,
    ),
    Step(
        key="services.asked",
        label=_("Prendre une première demande au téléphone"),
        url=lambda space: reverse("services:requests", args=[space.slug]),
        is_done=lambda space: space.service_requests.exists(),
        order=43,
    ),
)
