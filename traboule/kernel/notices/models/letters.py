from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData


class LetterBatch(models.Model):
    """Letters put into one PDF, to be printed, folded and posted by hand."""

    created_at = models.DateTimeField(_("préparé le"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="letter_batches",
        verbose_name=_("préparé par"),
    )
    posted_at = models.DateTimeField(_("posté le"), null=True, blank=True)

    personal_data = PersonalData(
        fields=("by",),
        purpose=_("Savoir qui a préparé et posté les courriers."),
        lifetime=_("Un an."),
        person="by",
        erasure="scrub",
        scrubbed=("by",),
    )

    class Meta:
        verbose_name = _("lot de courriers")
        verbose_name_plural = _("lots de courriers")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("notices:letters-pdf", args=[self.pk])
