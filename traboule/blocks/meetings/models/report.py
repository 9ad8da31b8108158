from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.models import Space


class YearReport(models.Model):
    """What the group says before the report of a year; the rest is assembled from its minutes."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="meeting_reports", verbose_name=_("espace")
    )
    year = models.PositiveSmallIntegerField(_("année"))
    foreword = models.TextField(_("avant-propos"), max_length=4000, blank=True)
    html = models.TextField(_("texte mis en forme"), editable=False, blank=True)
    changed_at = models.DateTimeField(_("modifié le"), auto_now=True)

    personal_data = None

    class Meta:
        verbose_name = _("bilan de l’année")
        verbose_name_plural = _("bilans de l’année")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "year"],
                name="meetings_report_once",
                violation_error_message=_("Cette année a déjà son bilan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:report", args=[self.space.slug, self.year])
