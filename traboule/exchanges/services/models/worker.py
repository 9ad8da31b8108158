import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places.models import Commune
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from ..kinds import KINDS

ADULT = 18
FRESH_FOR = datetime.timedelta(days=60)
"""How long an offer of hands is shown without a word."""


def age_on(born: datetime.date, day: datetime.date) -> int:
    """Whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_nir(value: str) -> None:
    """Thirteen signs and their key, that of Insee (97 less the remainder by 97; 2A is 19, 2B 18).

    Raises ValidationError.
    """
    body, key = value[:13], value[13:]
    digits = body.replace("2A", "19", 1).replace("2B", "18", 1)
    if not (len(value) == 15 and digits.isdigit() and key.isdigit()
            and int(key) == 97 - int(digits) % 97):  # fmt: skip
        raise ValidationError(
            _("Ce numéro n’est pas complet. Recopiez les quinze signes de la carte Vitale.")
        )


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Those who look for work."""

    def available(self) -> Self:
        """Those who said lately that they look."""
        return self.filter(
            fresh_until__gte=timezone.localdate(), left_at__isnull=True, hidden_at__isnull=True
        )


class Worker(models.Model):
    """A person who offers hands to neighbours, in a space.

    Papers are seen by someone of the team and never kept: who saw them and until when they hold is.
    ``latitude`` and ``longitude`` are the middle of a square kilometre: no exact point is kept.
    """

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="service_workers", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="service_workers",
        verbose_name=_("personne"),
    )  # fmt: skip
    kinds = models.JSONField(_("services proposés"), default=list)
    words = models.TextField(_("en quelques mots"), max_length=600, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="+", verbose_name=_("commune")
    )
    radius_km = models.PositiveSmallIntegerField(
        _("jusqu’à combien de kilomètres"), default=5,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )  # fmt: skip
    latitude = models.FloatField(_("latitude, floutée"), null=True, blank=True)
    longitude = models.FloatField(_("longitude, floutée"), null=True, blank=True)
    born_on = models.DateField(_("date de naissance"), null=True, blank=True)
    guardian_agreed_on = models.DateField(_("accord des parents vu le"), null=True, blank=True)
    identity_seen_on = models.DateField(_("identité vue le"), null=True, blank=True)
    identity_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("identité vue par"),
    )  # fmt: skip
    may_work_until = models.DateField(_("droit au travail vu, valable jusqu’au"), null=True,
                                      blank=True)  # fmt: skip
    visited_on = models.DateField(_("visite faite le"), null=True, blank=True)
    visited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("visite faite par"),
    )  # fmt: skip
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    birthplace = models.CharField(_("lieu de naissance"), max_length=100, blank=True)
    nir = models.CharField(
        _("numéro de sécurité sociale"), max_length=15, blank=True, validators=[check_nir]
    )
    stripe_account = models.CharField(_("compte chez Stripe"), max_length=64, blank=True)
    stripe_ready = models.BooleanField(_("compte prêt à recevoir"), default=False)
    fresh_until = models.DateField(_("affiché jusqu’au"), null=True, blank=True)
    left_at = models.DateTimeField(_("parti le"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("masqué le"), null=True, blank=True)
    created_at = models.DateTimeField(_("inscrit le"), default=timezone.now)

    objects = WorkerQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "kinds", "words", "commune", "latitude", "longitude", "born_on",
                "guardian_agreed_on", "identity_seen_on", "may_work_until", "visited_on",
                "address", "birthplace", "nir", "stripe_account"),
        purpose=_("Trouver du travail près de chez soi."),
        lifetime=_("Tant que la personne cherche ; cinq ans après le dernier bulletin de paie."),
        person="person",
        erasure="scrub",
        scrubbed=("words", "address", "birthplace", "nir", "stripe_account"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("personne qui propose")
        verbose_name_plural = _("personnes qui proposent")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=models.Q(person__isnull=False),
                name="services_worker_once",
                violation_error_message=_("Vous êtes déjà dans la liste."),
            ),
            models.CheckConstraint(
                condition=models.Q(radius_km__gte=1, radius_km__lte=50),
                name="services_worker_radius",
                violation_error_message=_("Choisissez de 1 à 50 kilomètres."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.journal_label

    def get_absolute_url(self) -> str:
        return reverse("services:worker", args=[self.space.slug, self.pk])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("personne qui propose n° %(number)s") % {"number": self.pk}

    @property
    def point(self) -> tuple[float, float]:
        """From where distances count: near home, or the middle of the commune."""
        if self.latitude is None or self.longitude is None:
            return self.commune.latitude, self.commune.longitude
        return self.latitude, self.longitude

    @property
    def is_minor(self) -> bool:
        """Whether they are under eighteen, as far as is known."""
        return self.born_on is not None and age_on(self.born_on, timezone.localdate()) < ADULT

    @property
    def waits_for_guardian(self) -> bool:
        """Whether someone under eighteen has no word yet of who answers for them."""
        return self.is_minor and self.guardian_agreed_on is None

    def hide(self) -> None:
        """Have others see them no more."""
        self.hidden_at = timezone.now()
        self.save(update_fields=["hidden_at"])

    def show(self) -> None:
        """Have others see them again."""
        self.hidden_at = None
        self.save(update_fields=["hidden_at"])

    @property
    def kind_labels(self) -> list[str]:
        """The services, in words."""
        return [str(KINDS[key].label) for key in self.kinds if key in KINDS]

    @property
    def is_available(self) -> bool:
        """Whether others see that they look."""
        fresh = self.fresh_until is not None and self.fresh_until >= timezone.localdate()
        return fresh and self.left_at is None and self.hidden_at is None
