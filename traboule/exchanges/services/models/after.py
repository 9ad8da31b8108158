"""What is said once the work is done, or when something went wrong."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .contract import Contract, Side

BLIND_FOR = datetime.timedelta(days=14)
"""How long one's words wait for the other's before they are shown."""


class Answer(models.TextChoices):
    """What one answers to a question on how it went."""

    YES = "yes", _("oui")
    PARTLY = "partly", _("en partie")
    NO = "no", _("non")


class ReviewQuerySet(models.QuerySet["Review"]):
    """What people say of a work done together."""

    def shown(self) -> Self:
        """Those whose time has come, and that are not hidden."""
        return self.filter(hidden_at__isnull=True, shown_from__lte=timezone.now())


class Review(models.Model):
    """What one of the two says of how it went: three answers and words, no stars.

    Nobody reads it before ``shown_from``: when both have written, or fourteen days later.
    """

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="reviews", verbose_name=_("contrat")
    )
    side = models.CharField(_("qui"), max_length=9, choices=Side)
    on_time = models.CharField(_("comme prévu, à l’heure"), max_length=6, choices=Answer)
    as_agreed = models.CharField(_("comme convenu"), max_length=6, choices=Answer)
    again = models.CharField(_("à refaire"), max_length=6, choices=Answer)
    words = models.TextField(_("en quelques mots"), max_length=600, blank=True)
    reply = models.TextField(_("réponse"), max_length=600, blank=True)
    written_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    shown_from = models.DateTimeField(_("visible à partir du"))
    hidden_at = models.DateTimeField(_("masqué le"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("contract", "side", "on_time", "as_agreed", "again", "words", "reply"),
        purpose=_("Savoir comment cela s’est passé."),
        lifetime=_("Tant que la personne est inscrite."),
        person="contract__worker__person contract__household__person",
        erasure="scrub",
        scrubbed=("words", "reply"),
    )

    class Meta:
        verbose_name = _("avis")
        verbose_name_plural = _("avis")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side"], name="services_review_once",
                violation_error_message=_("Vous avez déjà dit comment cela s’est passé."),
            ),
            models.CheckConstraint(
                condition=Q(shown_from__gte=F("written_at")), name="services_review_waits",
                violation_error_message=_("Un avis ne se lit pas avant d’être écrit."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.journal_label

    def get_absolute_url(self) -> str:
        contract = self.contract
        return reverse("services:reviews", args=[contract.household.space.slug, contract.code])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("avis sur le contrat %(code)s") % {"code": self.contract.code}

    def hide(self) -> None:
        """Nobody reads it any more."""
        self.hidden_at = timezone.now()
        self.save(update_fields=["hidden_at"])

    def show(self) -> None:
        """It is read again."""
        self.hidden_at = None
        self.save(update_fields=["hidden_at"])


class Policy(models.Model):
    """The insurance of the association that covers jobs done here."""

    space = models.OneToOneField(
        Space, models.CASCADE, related_name="service_policy", verbose_name=_("espace")
    )
    insurer = models.CharField(_("assureur"), max_length=120)
    number = models.CharField(_("numéro de contrat"), max_length=60)
    begins_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    covers = models.TextField(_("ce qui est couvert"), max_length=1500)
    excess = models.PositiveSmallIntegerField(_("franchise, en euros"), default=0)
    phone = models.CharField(_("téléphone en cas d’accident"), max_length=20, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("assurance")
        verbose_name_plural = _("assurances")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="services_policy_days",
                violation_error_message=_("La fin vient après le début."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.insurer} · {self.number}"

    def covers_on(self, day: datetime.date) -> bool:
        """Whether it holds on that day."""
        return self.begins_on <= day <= self.ends_on


class Harm(models.TextChoices):
    """What went wrong."""

    INJURY = "injury", _("quelqu’un est blessé")
    DAMAGE = "damage", _("quelque chose est cassé")
    MISSING = "missing", _("quelque chose manque")
    CONDUCT = "conduct", _("une parole ou un geste")
    OTHER = "other", _("autre chose")


class Incident(models.Model):
    """Something that went wrong on a job; only the team reads it."""

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="incidents", verbose_name=_("contrat")
    )
    side = models.CharField(_("dit par"), max_length=9, choices=Side)
    harm = models.CharField(_("quoi"), max_length=8, choices=Harm)
    on = models.DateField(_("quel jour"))
    words = models.TextField(_("ce qui s’est passé"), max_length=2000)
    photos = models.ManyToManyField(File, related_name="+", blank=True, verbose_name=_("photos"))
    told_at = models.DateTimeField(_("dit le"), default=timezone.now)
    done = models.TextField(_("ce qui a été fait"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("réglé le"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("réglé par"),
    )  # fmt: skip

    personal_data = PersonalData(
        fields=("contract", "side", "harm", "words", "photos", "done"),
        purpose=_("Réparer, et prévenir l’assureur et l’Urssaf à temps."),
        lifetime=_("Cinq ans après l’incident."),
        person="contract__worker__person contract__household__person",
        erasure="keep",
        kept_because=_("Un accident se prouve pendant cinq ans."),
    )

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["closed_at", "-told_at", "-pk"]

    def __str__(self) -> str:
        return self.journal_label

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("incident sur le contrat %(code)s") % {"code": self.contract.code}
