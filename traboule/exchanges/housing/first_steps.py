"""What a team does first so that homes can be exchanged."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.first_steps import Step
from traboule.kernel.spaces.models import Space

from .models import Dwelling, Officer


def _landlords(space: Space) -> str:
    return reverse("housing:landlords", args=[space.slug])


STEPS = (
    Step(
        key="housing.officers",
        label=_("Nommer une personne chez chaque bailleur"),
        url=_landlords,
        is_done=lambda space: Officer.objects.filter(landlord__space=space).exists(),
        order=41,
    ),
    Step(
        key="housing.stock",
        label=_("Charger le parc d’un bailleur"),
        url=_landlords,
        is_done=lambda space: Dwelling.objects.filter(landlord__space=space).exists(),
        order=42,
    ),
    Step(
        key="housing.listings",
        label=_("Inscrire un premier ménage, au téléphone ou sur papier"),
        url=lambda space: reverse("housing:type-in", args=[space.slug]),
        is_done=lambda space: space.housing_listings.exists(),
        order=43,
    ),
)
