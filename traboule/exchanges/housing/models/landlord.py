from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Organisation
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

USUAL_DAYS = 10


class Landlord(models.Model):
    """A social landlord whose tenants exchange here; its officers check what they say."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="landlords", verbose_name=_("espace")
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="landlords",
        verbose_name=_("organisation"),
    )  # fmt: skip
    name = models.CharField(_("nom du bailleur"), max_length=120)
    phone = models.CharField(_("téléphone des locataires"), max_length=30, blank=True)
    check_days = models.PositiveSmallIntegerField(
        _("jours pour vérifier une annonce"), default=USUAL_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )  # fmt: skip
    decision_days = models.PositiveSmallIntegerField(
        _("jours pour répondre à un échange"), default=42,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )  # fmt: skip

    personal_data = None

    class Meta:
        verbose_name = _("bailleur")
        verbose_name_plural = _("bailleurs")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="housing_landlord_once",
                violation_error_message=_("Ce bailleur est déjà dans la liste."),
            ),
            models.CheckConstraint(
                condition=models.Q(check_days__gte=1, decision_days__gte=1),
                name="housing_landlord_takes_a_day",
                violation_error_message=_("Il faut au moins un jour."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """That a person checks listings and gives decisions for a landlord."""

    landlord = models.ForeignKey(
        Landlord, models.CASCADE, related_name="officers", verbose_name=_("bailleur")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="landlords_served",
        verbose_name=_("personne"),
    )  # fmt: skip

    personal_data = PersonalData(
        fields=("person", "landlord"),
        purpose=_("Savoir qui vérifie et décide pour un bailleur."),
        lifetime=_("Tant que la personne a cette charge."),
        person="person",
    )

    class Meta:
        verbose_name = _("personne d’un bailleur")
        verbose_name_plural = _("personnes des bailleurs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person"],
                name="housing_officer_once",
                violation_error_message=_("Cette personne sert déjà ce bailleur."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.landlord} · {self.person}"
