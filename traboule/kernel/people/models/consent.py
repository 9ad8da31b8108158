import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .person import Person


class Purpose(models.TextChoices):
    """What one may be asked to agree to; the wording stands in ``consent_texts/``."""

    IMAGE = "image", _("Photos et vidéos")
    LEAVE_ALONE = "leave-alone", _("Rentrer à pied sans adulte")
    DATA = "data", _("Informations pour le bilan")
    CONTACT = "contact", _("Être recontacté, recontactée")
    OUTING = "outing", _("Sorties avec le groupe")
    FIRST_AID = "first-aid", _("Soins d’urgence")


class How(models.TextChoices):
    """How an answer was given."""

    SCREEN = "screen", _("À l’écran")
    PAPER = "paper", _("Sur papier")
    VOICE = "voice", _("De vive voix")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """What was said, in the order in which it was said."""

    def about(self, scope: str) -> Self:
        """What counts there: what was said of that place, and what was said of everywhere."""
        return self.filter(scope__in={"", scope})

    def oldest_first(self) -> Self:
        """As it was said."""
        return self.order_by("given_at", "pk")


class Consent(models.Model):
    """What someone said, one day, of one purpose: yes or no, and since then maybe withdrawn."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="consents", verbose_name=_("personne")
    )
    purpose = models.CharField(_("objet"), max_length=20, choices=Purpose)
    scope = models.CharField(_("portée"), max_length=60, blank=True)
    version = models.PositiveSmallIntegerField(_("version du texte"))
    given = models.BooleanField(_("oui"))
    how = models.CharField(_("donné"), max_length=10, choices=How)
    witness = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consents_witnessed",
        verbose_name=_("témoin"),
    )
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consents_said", verbose_name=_("dit par")
    )
    given_at = models.DateTimeField(_("le"), default=timezone.now)
    expires_on = models.DateField(_("valable jusqu’au"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consents_withdrawn",
        verbose_name=_("retiré par"),
    )
    recorded_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="consents_recorded",
        verbose_name=_("noté par"),
    )

    objects = ConsentQuerySet.as_manager()

    personal_data = PersonalData(
        fields=(
            "person",
            "purpose",
            "scope",
            "given",
            "how",
            "witness",
            "by",
            "given_at",
            "expires_on",
            "withdrawn_at",
            "withdrawn_by",
            "recorded_by",
        ),
        purpose=_("Savoir ce que la personne, ou ses parents, ont accepté ou refusé."),
        lifetime=_("Une année scolaire ou un an, puis gardé comme preuve."),
        person="person",
        erasure="keep",
        kept_because=_("Il faut pouvoir prouver qu’un accord avait été donné (RGPD, article 7)."),
    )

    class Meta:
        verbose_name = _("accord")
        verbose_name_plural = _("accords")
        ordering = ("given_at", "pk")
        indexes = [models.Index(fields=["person", "purpose"], name="people_consent_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(how=How.VOICE) | Q(witness__isnull=False),
                name="people_consent_voice_has_witness",
                violation_error_message=_("Ce qui est dit de vive voix demande un témoin."),
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=F("by")),
                name="people_consent_witness_is_another",
                violation_error_message=_("Le témoin doit être une autre personne."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="people_consent_withdrawn_by_someone",
                violation_error_message=_("Dites qui retire cet accord."),
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values),
                name="people_consent_purpose",
                violation_error_message=_("Cet accord n’existe pas."),
            ),
            models.CheckConstraint(
                condition=Q(how__in=How.values),
                name="people_consent_how",
                violation_error_message=_("Dites si c’est à l’écran, sur papier ou de vive voix."),
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="people_consent_version",
                violation_error_message=_("La première version d’un texte est la version 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}\u00a0: {_('oui') if self.given else _('non')}"

    @property
    def is_yes(self) -> bool:
        """Whether it was a yes that stands, were it to run out."""
        return self.given and self.withdrawn_at is None

    @property
    def is_void(self) -> bool:
        """Whether it was a no that should not have been written down: it counts for nothing."""
        return not self.given and self.withdrawn_at is not None

    @property
    def last_said_at(self) -> datetime.datetime:
        """When the last word on it was said."""
        return self.withdrawn_at or self.given_at
