from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import ChannelKind, shown
from traboule.kernel.privacy import PersonalData

from .notice import Notice


class InboundQuerySet(models.QuerySet["Inbound"]):
    def unclear(self) -> Self:
        """Messages that no machine understood and nobody has dealt with yet."""
        waiting = self.filter(understood=False, handled_at=None)
        return waiting.order_by("received_at", "pk")


class Inbound(models.Model):
    """An SMS that someone sent us, and what became of it."""

    gateway_id = models.CharField(_("numéro de la passerelle"), max_length=100, unique=True)
    from_value = models.CharField(_("de"), max_length=32, db_index=True)
    text = models.TextField(_("texte"))
    received_at = models.DateTimeField(_("reçu le"), db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sent_messages",
        verbose_name=_("personne"),
    )
    notice = models.ForeignKey(
        Notice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("en réponse à"),
    )
    understood = models.BooleanField(_("compris"), default=False)
    reply = models.TextField(_("notre réponse"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="handled_messages",
        verbose_name=_("traité par"),
    )
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = InboundQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("from_value", "text", "received_at", "person", "reply", "note"),
        purpose=_("Comprendre ce que les personnes répondent, et n’oublier personne."),
        lifetime=_("Un an."),
        person="person",
    )

    class Meta:
        verbose_name = _("SMS reçu")
        verbose_name_plural = _("SMS reçus")
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.shown_number} : {self.text[:40]}"

    @property
    def shown_number(self) -> str:
        """The number as people read it."""
        if not self.from_value.startswith("+"):
            return self.from_value
        return shown(ChannelKind.MOBILE, self.from_value)
