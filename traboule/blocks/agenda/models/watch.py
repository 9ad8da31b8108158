from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space


class Watch(models.Model):
    """That a person wants to hear of changes to dates for which nobody signs up: a visit that the
    weather puts off."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="watches", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="watches",
        verbose_name=_("personne"),
    )
    since = models.DateTimeField(_("depuis le"), auto_now_add=True)

    personal_data = PersonalData(
        fields=("space", "person", "since"),
        purpose=_("Prévenir la personne quand une date change, comme elle l’a demandé."),
        lifetime=_("Jusqu’à ce qu’elle ne le veuille plus."),
        person="person",
    )

    class Meta:
        verbose_name = _("demande d’être prévenu des changements")
        verbose_name_plural = _("demandes d’être prévenu des changements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="agenda_watch_once",
                violation_error_message=_("Cette personne est déjà prévenue des changements."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.space}"
