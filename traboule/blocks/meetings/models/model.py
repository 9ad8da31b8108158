from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.models import Space

from .meeting import Purpose


class MeetingModel(models.Model):
    """An agenda that comes back: its points, with how long each takes."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="meeting_models", verbose_name=_("espace")
    )
    title = models.CharField(_("nom"), max_length=120)

    personal_data = None

    class Meta:
        verbose_name = _("ordre du jour type")
        verbose_name_plural = _("ordres du jour types")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"],
                name="meetings_model_once",
                violation_error_message=_("Un ordre du jour type porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ModelItem(models.Model):
    """A point of an agenda that comes back."""

    model = models.ForeignKey(
        MeetingModel, models.CASCADE, related_name="items", verbose_name=_("ordre du jour type")
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    title = models.CharField(_("sujet"), max_length=160)
    duration = models.PositiveSmallIntegerField(
        _("durée prévue, en minutes"), null=True, blank=True, validators=[MaxValueValidator(480)]
    )
    purpose = models.CharField(
        _("pour quoi faire"), max_length=7, choices=Purpose, default=Purpose.DISCUSS
    )

    personal_data = None

    class Meta:
        verbose_name = _("point d’un ordre du jour type")
        verbose_name_plural = _("points des ordres du jour types")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
