import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .initiative import Initiative


def new_token() -> str:
    return secrets.token_urlsafe(18)


class Confirmation(models.Model):
    """The yearly question to a sheet's contact: is it still true?"""

    class Answer(models.TextChoices):
        STILL_TRUE = "still-true", _("Oui, toujours")
        CHANGED = "changed", _("Des choses ont changé")
        ENDED = "ended", _("C’est terminé")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="confirmations")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="confirmation_answer_has_a_date",
                violation_error_message=_("Une réponse porte sa date."),
            ),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(answer=""),
                name="confirmation_one_open",
                violation_error_message=_("La question est déjà posée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} ({self.asked_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("initiatives:still-true", args=[self.token])
