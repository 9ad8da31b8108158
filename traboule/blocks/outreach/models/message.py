import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.models import Event
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .contact import Contact
from .exchange import Exchange


class MessageTemplate(models.Model):
    """A text from which drafts are made: ``{prenom}``, ``{activite}``… stand for the contact."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="outreach_templates", verbose_name=_("espace")
    )
    title = models.CharField(_("nom du modèle"), max_length=120)
    subject = models.CharField(_("objet"), max_length=150)
    text = models.TextField(_("texte"), max_length=4000)

    personal_data = None

    class Meta:
        verbose_name = _("modèle de message")
        verbose_name_plural = _("modèles de messages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"],
                name="outreach_template_once",
                violation_error_message=_("Un autre modèle porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class MessageQuerySet(models.QuerySet["Message"]):
    """Individual messages, and where they are."""

    def unsent(self) -> Self:
        """Drafts, and those about to leave."""
        return self.filter(state__in=[Message.State.DRAFT, Message.State.READY])

    def for_listing(self) -> Self:
        """Everything that one line shows, in one query."""
        return self.select_related("contact__person", "contact__space__initiative", "event", "by")


class Message(models.Model):
    """One message to one contact: a draft that the adviser edits, then sends."""

    class Way(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        LETTER = "letter", _("Courrier")

    class State(models.TextChoices):
        DRAFT = "draft", _("à relire")
        READY = "ready", _("part bientôt")
        SENT = "sent", _("envoyé")
        FAILED = "failed", _("non remis")
        STOPPED = "stopped", _("arrêté")

    MOVES = {
        State.DRAFT: {State.READY, State.STOPPED, State.SENT},
        State.READY: {State.SENT, State.FAILED, State.STOPPED},
        State.SENT: {State.FAILED},
        State.FAILED: {State.READY, State.STOPPED},
        State.STOPPED: set[State](),
    }

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="messages", verbose_name=_("contact")
    )
    batch = models.UUIDField(_("série"), default=uuid.uuid4, db_index=True)
    way = models.CharField(_("moyen"), max_length=6, choices=Way)
    subject = models.CharField(_("objet"), max_length=150, blank=True)
    text = models.TextField(_("texte"), max_length=6000)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="outreach_messages",
        verbose_name=_("atelier"),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="outreach_messages",
        verbose_name=_("par"),
    )  # fmt: skip
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.DRAFT)
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    leaving_until = models.DateTimeField(_("en train de partir jusqu’à"), null=True)
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True)
    exchange = models.OneToOneField(
        Exchange, models.SET_NULL, null=True, related_name="message", verbose_name=_("échange")
    )

    objects = MessageQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("way", "subject", "text", "by", "state", "created_at", "sent_at"),
        purpose=_("Écrire à la personne, une par une, et savoir si le message est parti."),
        lifetime=_("Comme le contact."),
        person="contact__person",
    )

    class Meta:
        verbose_name = _("message individuel")
        verbose_name_plural = _("messages individuels")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "contact"],
                name="outreach_message_once_a_batch",
                violation_error_message=_("Cette personne a déjà un message de cette série."),
            )
        ]

    def __str__(self) -> str:
        return self.subject or self.get_way_display()

    @property
    def may_be_edited(self) -> bool:
        """Whether the adviser may still change its words."""
        return self.state in {self.State.DRAFT, self.State.FAILED}
