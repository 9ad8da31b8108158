import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

WORDING = 1
"""The version of what people read when they ask for the letter (``_asked.html``, the sheet)."""


def new_token() -> str:
    """What only whoever received the message knows."""
    return secrets.token_urlsafe(18)


class How(models.TextChoices):
    """How somebody asked for the letter: what one shows if they deny it."""

    WEB = "web", _("En ligne, confirmé par un message")
    SMS = "sms", _("Par SMS")
    PAPER = "paper", _("Sur la feuille du stand, signée")
    PHONE = "phone", _("Au téléphone ou de vive voix")
    PROOF = "proof", _("Liste reprise, avec une preuve écrite de l’accord")
    NEVER = "never", _("Ne l’avait pas demandée")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Who asked for letters."""

    def standing(self) -> Self:
        """Those that hold."""
        return self.filter(state=Subscription.State.CONFIRMED)

    def for_listing(self) -> Self:
        """Everything one line shows, the last to come first."""
        return self.select_related("person", "by").order_by("-asked_at", "-pk")


class Subscription(models.Model):
    """That a person asked for the letter of a space, or wants it no more."""

    class State(models.TextChoices):
        """Whether it holds."""

        ASKED = "asked", _("à confirmer")
        CONFIRMED = "confirmed", _("reçoit la lettre")
        ENDED = "ended", _("n’en veut plus")

    MOVES = {
        State.ASKED: {State.CONFIRMED, State.ENDED},
        State.CONFIRMED: {State.ENDED},
        State.ENDED: {State.ASKED, State.CONFIRMED},
    }
    """Which state may follow which."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="subscriptions", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="subscriptions",
        verbose_name=_("personne"),
    )
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.ASKED)
    how = models.CharField(_("comment"), max_length=10, choices=How)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="typed_subscriptions",
        verbose_name=_("saisie par"),
    )
    wording = models.PositiveSmallIntegerField(_("version du texte lu"), default=WORDING)
    token = models.CharField(_("clé"), max_length=40, unique=True, default=new_token)
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("arrêtée le"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("person", "state", "how", "by", "asked_at", "confirmed_at", "ended_at"),
        purpose=_("Envoyer la lettre à qui l’a demandée, et pouvoir le prouver."),
        lifetime=_("Jusqu’à l’arrêt ; une demande jamais confirmée est oubliée en sept jours."),
        person="person",
    )

    class Meta:
        verbose_name = _("abonnement à une lettre")
        verbose_name_plural = _("abonnements aux lettres")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="mailings_subscribed_once",
                violation_error_message=_("Cette personne est déjà abonnée."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "confirmed", "ended")),
                name="mailings_subscription_known_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="mailings_confirmed_on_a_day",
                violation_error_message=_("Un abonnement confirmé dit quand."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False),
                name="mailings_ended_on_a_day",
                violation_error_message=_("Un abonnement arrêté dit quand."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.space}"

    @property
    def journal_label(self) -> str:
        """The space alone: the journal outlives the person."""
        return str(self.space)

    @property
    def badge(self) -> str:
        """The look of its state."""
        return {"confirmed": "running", "asked": "idea"}.get(self.state, "plain")

    def move(self, state: str, **changes: Any) -> None:
        """Go on to a state that may follow the present one, with what changes beside it."""
        if state not in self.MOVES[self.State(self.state)]:
            raise ValueError(f"a subscription does not go from {self.state} to {state}")
        self.change(state=state, **changes)

    def change(self, **changes: Any) -> None:
        """Write these fields and no other."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=list(changes))
