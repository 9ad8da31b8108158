from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .publication import Publication


class Outcome(models.TextChoices):
    """What was decided of a publication."""

    PUBLISHED = "published", _("mis en ligne")
    RETURNED = "returned", _("à reprendre")
    WITHDRAWN = "withdrawn", _("retiré")


class Review(models.Model):
    """That someone of the team decided, what, and why: the author reads it."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="reviews", verbose_name=_("publication")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="publishing_reviews",
        verbose_name=_("par"),
    )  # fmt: skip
    at = models.DateTimeField(_("le"), auto_now_add=True)
    outcome = models.CharField(_("décision"), max_length=10, choices=Outcome)
    is_clear = models.BooleanField(_("claire"), default=False)
    is_checked = models.BooleanField(_("vérifiée"), default=False)
    is_fair = models.BooleanField(_("juste"), default=False)
    reason = models.CharField(_("raison"), max_length=500, blank=True)

    personal_data = PersonalData(
        fields=("by", "at", "outcome", "reason"),
        purpose=_("Dire à qui a écrit ce qui a été décidé, par qui et pourquoi."),
        lifetime=_("Tant que la publication existe."),
        person="by",
        erasure="keep",
        kept_because=_("Pour que qui a écrit garde la raison ; votre nom n’y est plus."),
    )

    class Meta:
        verbose_name = _("relecture")
        verbose_name_plural = _("relectures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PUBLISHED) | ~Q(reason=""),
                name="publishing_review_gives_a_reason",
                violation_error_message=_("Dites pourquoi : la personne qui a écrit le lira."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} · {self.get_outcome_display()}"
