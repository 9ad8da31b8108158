import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .listing import Listing


class Ground(models.TextChoices):
    """Why a landlord says no to a listing."""

    NOT_THE_TENANT = "not-the-tenant", _("Le bail n’est pas à ce nom")
    NOTICE_GIVEN = "notice-given", _("Le préavis de départ est donné")
    DISPUTE = "dispute", _("Un litige ou une dette est en cours, sans plan d’apurement")
    WORKS = "works", _("Des travaux lourds ou une vente sont prévus")
    SPECIAL = "special", _("Ce logement est d’un genre à part : foyer, résidence, loi de 1948")
    WRONG_FACTS = "wrong-facts", _("Des faits sont à corriger")


class Outcome(models.TextChoices):
    """What the landlord said."""

    WAITING = "waiting", _("en attente")
    CONFIRMED = "confirmed", _("confirmé")
    REFUSED = "refused", _("refusé")
    WITHDRAWN = "withdrawn", _("retiré")


class CheckQuerySet(models.QuerySet["Check"]):
    """Checks, and those that landlords have to make."""

    def waiting(self) -> Self:
        """Those to be made, what presses most first."""
        return self.filter(outcome=Outcome.WAITING).order_by("due_on", "pk")

    def appealed(self) -> Self:
        """Refusals that a household asked to be seen again, and nobody did yet."""
        return self.filter(appealed_at__isnull=False, appeal_closed_at__isnull=True)

    def overdue(self, today: datetime.date | None = None) -> Self:
        """Those whose day is past."""
        return self.waiting().filter(due_on__lt=today or timezone.localdate())


class Check(models.Model):
    """What a landlord's officer is asked about a listing, and answers.

    ``changes`` holds what a household corrected in a listing already seen: the old text stays
    until the landlord confirms the new one. Fields of the listing or of the dwelling, by name.
    """

    MOVES = {
        Outcome.WAITING: {Outcome.CONFIRMED, Outcome.REFUSED, Outcome.WITHDRAWN},
        Outcome.CONFIRMED: set(),
        # By an appeal that is granted.
        Outcome.REFUSED: {Outcome.CONFIRMED},
        Outcome.WITHDRAWN: set(),
    }

    listing = models.ForeignKey(
        Listing, models.CASCADE, related_name="checks", verbose_name=_("annonce")
    )
    changes = models.JSONField(_("ce qui change"), default=dict, blank=True)
    outcome = models.CharField(
        _("réponse"), max_length=10, choices=Outcome, default=Outcome.WAITING
    )
    grounds = models.JSONField(_("motifs"), default=list, blank=True)
    note = models.CharField(_("explication"), max_length=400, blank=True)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    due_on = models.DateField(_("à faire avant le"))
    decided_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="housing_checks_made", verbose_name=_("répondu par"),
    )  # fmt: skip
    appeal = models.TextField(_("ce que dit le ménage"), max_length=600, blank=True)
    appealed_at = models.DateTimeField(_("revu demandé le"), null=True, blank=True)
    appeal_answer = models.CharField(_("réponse au recours"), max_length=400, blank=True)
    appeal_closed_at = models.DateTimeField(_("recours répondu le"), null=True, blank=True)

    objects = CheckQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("changes", "note", "appeal", "decided_by"),
        purpose=_("Vérifier qu’une annonce dit vrai, et garder pourquoi on a dit non."),
        lifetime=_("Deux ans après l’arrêt de l’annonce."),
        person="listing__tenant decided_by",
        erasure="scrub",
        scrubbed=("changes", "note", "appeal"),
    )

    class Meta:
        verbose_name = _("vérification")
        verbose_name_plural = _("vérifications")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["outcome", "due_on"], name="housing_check_presses"),
            models.Index(
                fields=["appealed_at"],
                condition=Q(appealed_at__isnull=False, appeal_closed_at__isnull=True),
                name="housing_check_appealed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(outcome="waiting"),
                name="housing_one_check_waits",
                violation_error_message=_("Une vérification est déjà en cours."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("asked_at")),
                name="housing_check_answers_what_was_asked",
                violation_error_message=_("La réponse suit la demande."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} · {self.get_outcome_display()}"

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return self.listing.journal_label

    @property
    def ground_labels(self) -> list[str]:
        """Why, in words."""
        return [str(Ground(one).label) for one in self.grounds if one in Ground.values]

    @property
    def is_overdue(self) -> bool:
        """Whether its day is past."""
        return self.outcome == Outcome.WAITING and self.due_on < timezone.localdate()

    def may_become(self, outcome: Any) -> bool:
        """Whether the table of moves allows it."""
        return outcome in self.MOVES[Outcome(self.outcome)]
