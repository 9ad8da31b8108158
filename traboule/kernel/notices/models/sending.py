"""What left the house: each try, on each channel; what came back; who wants nothing more."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import ChannelKind, shown
from traboule.kernel.people.models import Channel
from traboule.kernel.privacy import PersonalData

from .inbound import Inbound
from .notice import Notice
from .purse import Purse


class Outcome(models.TextChoices):
    """What one try gave."""

    LEAVING = "leaving", _("en train de partir")
    SENT = "sent", _("envoyé")
    DELIVERED = "delivered", _("remis")
    FAILED = "failed", _("non remis")
    REACHED = "reached", _("jointe au téléphone")
    MISSED = "missed", _("pas jointe au téléphone")
    WRONG_NUMBER = "wrong-number", _("mauvais numéro")
    POSTED = "posted", _("posté")


class Delivery(models.Model):
    """One try at telling someone: by machine, by telephone or by post."""

    notice = models.ForeignKey(
        Notice, models.CASCADE, null=True, related_name="deliveries", verbose_name=_("message")
    )
    inbound = models.ForeignKey(
        Inbound, models.CASCADE, null=True, related_name="deliveries", verbose_name=_("réponse à")
    )
    at = models.DateTimeField(_("le"), default=timezone.now, db_index=True)
    channel_kind = models.CharField(_("moyen"), max_length=10, choices=ChannelKind)
    channel_value = models.CharField(_("numéro ou adresse"), max_length=300, blank=True)
    text = models.TextField(_("texte"), blank=True)
    outcome = models.CharField(_("issue"), max_length=12, choices=Outcome)
    error = models.CharField(_("raison"), max_length=300, blank=True)
    gateway_id = models.CharField(_("numéro de la passerelle"), max_length=100, blank=True)
    segments = models.PositiveSmallIntegerField(_("SMS comptés"), default=0)
    cost_cents = models.DecimalField(
        _("prix en centimes"), max_digits=8, decimal_places=2, default=0
    )
    purse = models.ForeignKey(
        Purse,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("bourse"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_notices",
        verbose_name=_("par"),
    )

    personal_data = PersonalData(
        fields=("channel_value", "text", "outcome", "by"),
        purpose=_("Savoir si le message est arrivé, et ce qu’il a coûté."),
        lifetime=_("Un an."),
        person="notice__person",
    )

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["gateway_id"], name="notices_delivery_gateway")]
        constraints = [
            models.CheckConstraint(
                condition=Q(notice__isnull=False) | Q(inbound__isnull=False),
                name="notices_delivery_of_something",
                violation_error_message=_("Un envoi porte un message ou répond à un SMS."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_kind_display()} : {self.get_outcome_display()}"

    @property
    def badge(self) -> str:
        """The look of its outcome."""
        return _BADGES.get(Outcome(self.outcome), "plain")

    @property
    def shown_value(self) -> str:
        """The number or address as people read it."""
        return shown(self.channel_kind, self.channel_value) if self.channel_value else ""


_BADGES = {
    Outcome.SENT: "running",
    Outcome.DELIVERED: "running",
    Outcome.REACHED: "running",
    Outcome.POSTED: "running",
    Outcome.FAILED: "error",
    Outcome.WRONG_NUMBER: "error",
    Outcome.MISSED: "idea",
}


class NewsStop(models.Model):
    """Someone answered STOP: that mobile gets sign-in codes, and nothing else."""

    channel = models.OneToOneField(
        Channel, models.CASCADE, related_name="news_stop", verbose_name=_("moyen de contact")
    )
    at = models.DateTimeField(_("le"), default=timezone.now)

    personal_data = PersonalData(
        fields=("channel", "at"),
        purpose=_("Respecter le souhait de ne plus recevoir de SMS."),
        lifetime=_("Jusqu’à ce que la personne change d’avis."),
        person="channel__person",
    )

    class Meta:
        verbose_name = _("arrêt des SMS")
        verbose_name_plural = _("arrêts des SMS")

    def __str__(self) -> str:
        return f"STOP {self.channel}"


class Bounce(models.Model):
    """E-mail to that address comes back, or whoever reads it said that it is unwanted."""

    class Nature(models.TextChoices):
        """What the other side said of it."""

        LOST = "lost", _("l’adresse ne répond plus")
        COMPLAINT = "complaint", _("messages jugés indésirables")

    channel = models.OneToOneField(
        Channel, models.CASCADE, related_name="bounce", verbose_name=_("moyen de contact")
    )
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    at = models.DateTimeField(_("le"), default=timezone.now)

    personal_data = PersonalData(
        fields=("channel", "nature", "at"),
        purpose=_("Ne plus écrire à une adresse qui ne répond plus ou ne veut pas de lettres."),
        lifetime=_("Tant que l’adresse est gardée, ou jusqu’à ce qu’elle serve à nouveau."),
        person="channel__person",
    )

    class Meta:
        verbose_name = _("retour d’e-mail")
        verbose_name_plural = _("retours d’e-mails")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=("lost", "complaint")),
                name="notices_known_bounce",
                violation_error_message=_("Cette nature de retour n’existe pas."),
            )
        ]

    def __str__(self) -> str:
        return self.get_nature_display()

    def stops(self, *, urgent: bool) -> bool:
        """Whether a message should not go there: any to a lost address, news to the others.

        An address that was proven since is trusted again.
        """
        if self.channel.verified_at and self.channel.verified_at > self.at:
            return False
        return self.nature == self.Nature.LOST or not urgent
