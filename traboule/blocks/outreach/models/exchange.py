import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .contact import Contact


class ExchangeKind(models.TextChoices):
    """By what means."""

    CALL = "call", _("Appel")
    VISIT = "visit", _("Visite")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Courrier")
    SMS = "sms", _("SMS")
    MEETING = "meeting", _("Rendez-vous")
    NOTE = "note", _("Note")


class Outcome(models.TextChoices):
    """What a call or a visit gave."""

    REACHED = "reached", _("On s’est parlé")
    NO_ANSWER = "no-answer", _("Pas de réponse")
    LEFT_MESSAGE = "left-message", _("Message laissé")
    CALL_BACK = "call-back", _("À rappeler")
    WRONG = "wrong", _("Mauvais numéro, ou parti")
    NOT_INTERESTED = "not-interested", _("Ne souhaite pas")


LETTER_OF = {
    "P": Outcome.REACHED,
    "A": Outcome.NO_ANSWER,
    "M": Outcome.LEFT_MESSAGE,
    "R": Outcome.CALL_BACK,
    "F": Outcome.WRONG,
    "N": Outcome.NOT_INTERESTED,
}
"""One letter each on paper: parlé, absent, message, rappeler, faux, non."""

TALKED = (Outcome.REACHED, Outcome.CALL_BACK, Outcome.NOT_INTERESTED)
"""Those in which somebody answered."""

MISSED = (Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE)


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Exchanges, and which of them reached somebody."""

    def reached(self) -> Self:
        """Those in which one truly spoke with the person."""
        return self.filter(
            models.Q(outcome__in=TALKED) | models.Q(kind=ExchangeKind.MEETING, outcome="")
        )

    def approaches(self) -> Self:
        """Everything that went towards the person; a note does not."""
        return self.exclude(kind=ExchangeKind.NOTE)


class Exchange(models.Model):
    """One call, visit, message or meeting with a contact, and what it gave."""

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="exchanges", verbose_name=_("contact")
    )
    at = models.DateTimeField(_("le"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="outreach_exchanges",
        verbose_name=_("par"),
    )  # fmt: skip
    kind = models.CharField(_("moyen"), max_length=8, choices=ExchangeKind)
    outcome = models.CharField(_("résultat"), max_length=14, choices=Outcome, blank=True)
    is_advice = models.BooleanField(_("un conseil a été donné"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("durée en minutes"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    client_id = models.UUIDField(_("identifiant de l’envoi"), unique=True, default=uuid.uuid4)

    objects = ExchangeQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("at", "by", "kind", "outcome", "is_advice", "note", "minutes"),
        purpose=_("Se souvenir de ce qui a été dit, et rendre compte de l’activité."),
        lifetime=_("Trois ans après le dernier échange ; ensuite, compté sans le nom."),
        person="contact__person",
        erasure="scrub",
        scrubbed=("note",),
    )

    class Meta:
        verbose_name = _("échange")
        verbose_name_plural = _("échanges")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["contact", "at"], name="outreach_exchange_contact")]

    def __str__(self) -> str:
        return self.get_kind_display()
