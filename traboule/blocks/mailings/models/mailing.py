from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .letter import new_code


class Nature(models.TextChoices):
    """Whether one may ask not to receive it."""

    NEWS = "news", _("Des nouvelles : chacun peut s’en désinscrire")
    STATUTORY = "statutory", _("Un message obligatoire : il va à toutes les personnes concernées")


class State(models.TextChoices):
    """Where a text is on its way to many."""

    DRAFT = "draft", _("brouillon")
    READY = "ready", _("prête à partir")
    SENDING = "sending", _("en train de partir")
    STOPPED = "stopped", _("arrêtée")
    SENT = "sent", _("envoyée")


MOVES: dict[State, set[State]] = {
    State.DRAFT: {State.READY},
    State.READY: {State.DRAFT, State.SENDING},
    State.SENDING: {State.STOPPED, State.SENT},
    State.STOPPED: {State.SENDING},
    State.SENT: set(),
}
"""Which state may follow which."""

_BADGES = {State.DRAFT: "idea", State.SENDING: "running", State.SENT: "running"}


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Mailings, and what lists of them show."""

    def for_listing(self) -> Self:
        """Everything one line shows, the newest first."""
        return self.select_related("space__initiative").order_by("-created_at", "-pk")

    def archived(self) -> Self:
        """Those that anybody may read, the last one sent first."""
        gone = self.filter(is_public=True, started_at__isnull=False)
        return gone.select_related("space__initiative").order_by("-started_at", "-pk")

    def left(self) -> Self:
        """Those that left, whole or in part."""
        return self.filter(started_at__isnull=False)


class Mailing(models.Model):
    """One text to many: by e-mail, SMS, letter or call, each as they can be reached."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="mailings", verbose_name=_("espace")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mailings",
        verbose_name=_("écrite par"),
    )
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.NEWS)
    subject = models.CharField(_("objet"), max_length=150)
    text = models.TextField(_("texte"), max_length=20_000)
    html = models.TextField(_("texte mis en forme"), editable=False)
    short_text = models.CharField(_("en quelques mots, pour les SMS"), max_length=459)
    audience_keys = models.JSONField(_("à qui"), default=list)
    is_public = models.BooleanField(_("tout le monde peut la lire ensuite"), default=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.DRAFT)
    code = models.CharField(_("code"), max_length=5, unique=True, default=new_code)
    created_at = models.DateTimeField(_("écrite le"), default=timezone.now)
    # The list of whom it goes to is made in parts: up to this person, then all of them.
    listed_to = models.BigIntegerField(_("liste faite jusqu’à"), default=0)
    listed_at = models.DateTimeField(_("liste faite le"), null=True, blank=True)
    started_at = models.DateTimeField(_("partie le"), null=True, blank=True)
    worked_at = models.DateTimeField(_("avancée le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("arrivée au bout le"), null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("by",),
        purpose=_("Savoir qui a écrit à tout le monde."),
        lifetime=_("Tant que l’espace garde ses lettres."),
        person="by",
        erasure="scrub",
        scrubbed=("by",),
    )

    class Meta:
        verbose_name = _("envoi à plusieurs personnes")
        verbose_name_plural = _("envois à plusieurs personnes")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["space", "-started_at", "-id"], name="mailings_by_departure"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="mailings_known_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
            models.CheckConstraint(
                condition=Q(nature__in=Nature.values),
                name="mailings_known_nature",
                violation_error_message=_("Cette nature n’existe pas."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.READY)) | Q(started_at__isnull=False),
                name="mailings_started_when_sent",
                violation_error_message=_("Un envoi parti dit quand."),
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(listed_at__isnull=False),
                name="mailings_listed_before_sent",
                violation_error_message=_("On fait la liste avant d’envoyer."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("mailings:mailing", args=[self.space.slug, self.pk])

    @property
    def archive_url(self) -> str:
        """Where anybody reads it."""
        return reverse("mailings:letter", args=[self.space.slug, self.code])

    @property
    def kind(self) -> str:
        """The kind of its notices."""
        return f"mailings.{self.nature}"

    @property
    def is_news(self) -> bool:
        """Whether one may ask not to receive it."""
        return self.nature == Nature.NEWS

    @property
    def body(self) -> SafeString:
        """The text as HTML, cleaned when it was saved."""
        return mark_safe(self.html)  # noqa: S308

    @property
    def badge(self) -> str:
        """The look of its state."""
        return _BADGES.get(State(self.state), "plain")

    @property
    def is_in_archive(self) -> bool:
        """Whether anybody may read it."""
        return self.is_public and self.started_at is not None

    def move(self, state: State, **changes: Any) -> None:
        """Go on to a state that may follow the present one, with what changes beside it."""
        if state not in MOVES[State(self.state)]:
            raise ValueError(f"a mailing does not go from {self.state} to {state}")
        self.change(state=state, **changes)

    def change(self, **changes: Any) -> None:
        """Write these fields and no other."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=list(changes))

    def progress(self) -> dict[str, int]:
        """How many people are on the list, were written to, and were left out since."""
        counts = dict(self.recipients.order_by().values_list("state").annotate(Count("pk")))
        return {
            "people": sum(counts.values()),
            "told": counts.get("told", 0),
            "left_out": counts.get("left-out", 0),
            "to_go": counts.get("listed", 0),
        }
