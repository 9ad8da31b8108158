from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.engines.payroll.cases import Exoneration
from traboule.kernel.places.geography import blurred
from traboule.kernel.places.models import Commune
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space


class Allowance(models.TextChoices):
    """Why a household pays no share of health, pension and family."""

    NONE = "", _("aucune")
    AGE_70 = Exoneration.AGE_70, _("70 ans ou plus")
    APA = Exoneration.APA, _("APA")
    PCH = Exoneration.PCH, _("PCH, MTP ou ACTP")
    DISABLED_CHILD = Exoneration.DISABLED_CHILD, _("enfant handicapé")


ALSACE_MOSELLE = ("57", "67", "68")


class Household(models.Model):
    """A person as the employer of neighbours, in a space.

    ``address`` and the exact point are shown to nobody before an offer is chosen.
    """

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="service_households", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="service_households",
        verbose_name=_("personne"),
    )  # fmt: skip
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="+", verbose_name=_("commune")
    )
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    cesu_number = models.CharField(
        _("numéro Cesu"), max_length=14, blank=True,
        validators=[RegexValidator(r"^Z\d{13}$", _("Écrivez Z puis treize chiffres."))],
    )  # fmt: skip
    allowance = models.CharField(
        _("situation"), max_length=14, choices=Allowance, blank=True, default=Allowance.NONE
    )
    first_year = models.BooleanField(_("première année comme employeur"), default=False)
    over_65 = models.PositiveSmallIntegerField(_("personnes de plus de 65 ans"), default=0)
    children = models.PositiveSmallIntegerField(_("enfants à charge"), default=0)
    aids = models.JSONField(_("aides reçues, en euros par année"), default=dict, blank=True)
    born_on = models.DateField(_("date de naissance"), null=True, blank=True)
    cesu_mandate_on = models.DateField(_("mandat de déclarer signé le"), null=True, blank=True)
    advance_id = models.CharField(
        _("identifiant chez Urssaf pour l’avance immédiate"), max_length=40, blank=True
    )
    advance_state = models.CharField(_("inscription à l’avance"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("inscrit le"), default=timezone.now)

    personal_data = PersonalData(
        fields=("person", "commune", "address", "latitude", "longitude", "cesu_number",
                "allowance", "over_65", "children", "aids", "born_on", "advance_id"),
        purpose=_("Faire venir quelqu’un chez soi, et le déclarer."),
        lifetime=_("Cinq ans après le dernier bulletin de paie."),
        person="person",
        erasure="scrub",
        scrubbed=("address", "cesu_number", "advance_id"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("ménage")
        verbose_name_plural = _("ménages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=models.Q(person__isnull=False),
                name="services_household_once",
                violation_error_message=_("Cette personne est déjà inscrite ici."),
            ),
            models.CheckConstraint(
                condition=models.Q(allowance__in=Allowance.values),
                name="services_household_allowance",
                violation_error_message=_("Cette situation n’existe pas."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.journal_label

    @property
    def blurred(self) -> tuple[float, float]:
        """What maps show of it: the middle of its square kilometre, or of its commune."""
        if self.latitude is None or self.longitude is None:
            return self.commune.latitude, self.commune.longitude
        return blurred(self.latitude, self.longitude)

    @property
    def is_in_alsace_moselle(self) -> bool:
        """Whether the wage owes the local share of health insurance there."""
        return self.commune.department_id in ALSACE_MOSELLE

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("ménage n° %(number)s") % {"number": self.pk}
