from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import ChannelKind, shown
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space


class CallBackQuerySet(models.QuerySet["CallBack"]):
    """Numbers that wait for a call."""

    def waiting(self) -> Self:
        """Those that nobody has called yet, the oldest first."""
        return self.filter(done_at__isnull=True).order_by("asked_at", "pk")


class CallBack(models.Model):
    """That someone asked by SMS to be called, to say what they need a hand for."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="service_call_backs", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True,
        related_name="service_call_backs", verbose_name=_("personne"),
    )  # fmt: skip
    number = models.CharField(_("numéro"), max_length=32)
    words = models.CharField(_("ce qu’elle écrit"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    done_at = models.DateTimeField(_("rappelé le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("rappelé par"),
    )  # fmt: skip

    objects = CallBackQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "number", "words"),
        purpose=_("Rappeler qui le demande par SMS."),
        lifetime=_("Trente jours après l’appel."),
        person="person",
    )

    class Meta:
        verbose_name = _("personne à rappeler")
        verbose_name_plural = _("personnes à rappeler")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"], condition=Q(done_at__isnull=True),
                name="services_call_back_once",
                violation_error_message=_("Cette personne attend déjà un appel."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.person) if self.person else self.number_shown

    @property
    def number_shown(self) -> str:
        """The number as people read it."""
        return shown(ChannelKind.MOBILE, self.number)

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever: no number."""
        return gettext("appel demandé n° %(number)s") % {"number": self.pk}
