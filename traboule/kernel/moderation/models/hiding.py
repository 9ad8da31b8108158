import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .charter import CharterArticle
from .subject import AboutThing, names


class State(models.TextChoices):
    """Where a decision to hide stands."""

    HIDDEN = "hidden", _("Masqué")
    APPEALED = "appealed", _("Contesté")
    UPHELD = "upheld", _("Confirmé")
    RESTORED = "restored", _("Rétabli")
    EXPIRED = "expired", _("Terminé")


LIVE = (State.HIDDEN, State.APPEALED, State.UPHELD)
"""The states in which the thing is not seen."""

MOVES: dict[str, frozenset[str]] = {
    State.HIDDEN: frozenset({State.APPEALED, State.RESTORED, State.EXPIRED}),
    State.APPEALED: frozenset({State.UPHELD, State.RESTORED, State.EXPIRED}),
    State.UPHELD: frozenset({State.RESTORED, State.EXPIRED}),
    State.RESTORED: frozenset(),
    State.EXPIRED: frozenset(),
}


class HidingQuerySet(models.QuerySet["Hiding"]):
    """What was hidden, newest first."""

    def live(self) -> Self:
        """What is hidden today."""
        return self.filter(state__in=LIVE)

    def about(self, thing: models.Model) -> Self:
        """Every time this thing was hidden."""
        return self.filter(**names(thing))

    def due(self, now: datetime.datetime) -> Self:
        """What was hidden until a date that has come."""
        return self.live().filter(expires_at__lte=now)

    def for_log(self) -> Self:
        """Everything one line of the public log shows, in one query: no name, no content."""
        return self.select_related("article__charter")

    def for_page(self) -> Self:
        """Everything the page of one decision shows, in one query."""
        return self.select_related(
            "article__charter", "space__initiative__commune", "space__purse", "author"
        )


class Hiding(AboutThing):
    """That a moderator hid something, why, under which article, and what became of it.

    To hold someone back from posting is to hide their Standing: the same reasons, notice, appeal.
    """

    State = State

    space = models.ForeignKey(Space, models.CASCADE, related_name="hidings")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hidden_things",
        verbose_name=_("personne qui l’a écrit"),
    )
    # Restricted: a decision must go on saying which rule it rests on.
    article = models.ForeignKey(
        CharterArticle, models.RESTRICT, related_name="hidings", verbose_name=_("article")
    )
    reason = models.TextField(_("raison"), max_length=600)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="hidings",
        verbose_name=_("décidé par"),
    )
    at = models.DateTimeField(_("le"), auto_now_add=True)
    expires_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.HIDDEN)
    appeal = models.TextField(_("contestation"), max_length=2000, blank=True)
    appealed_at = models.DateTimeField(_("contesté le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="appeals_decided",
        verbose_name=_("contestation décidée par"),
    )
    decided_at = models.DateTimeField(_("contestation décidée le"), null=True, blank=True)
    decision = models.TextField(_("réponse à la contestation"), max_length=600, blank=True)
    ended_at = models.DateTimeField(_("de nouveau visible le"), null=True, blank=True)

    objects = HidingQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("author", "title", "reason", "by", "at", "state", "appeal", "decided_by",
                "decision"),
        purpose=_("Dire à une personne pourquoi ce qu’elle a écrit est masqué, lui permettre de "
                  "le contester, et répondre des décisions prises."),
        lifetime=_("Tant que l’espace existe ; le journal public ne dit ni nom ni contenu."),
        person="author",
        erasure="scrub",
        scrubbed=("author", "title", "appeal"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("contenu masqué")
        verbose_name_plural = _("contenus masqués")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["expires_at"], name="moderation_expires")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_key"],
                condition=Q(state__in=LIVE),
                name="moderation_hidden_once",
                violation_error_message=_("C’est déjà masqué."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="moderation_hiding_has_a_reason",
                violation_error_message=_("Donnez la raison."),
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(by__isnull=True) | ~Q(author=F("by")),
                name="moderation_not_ones_own",
                violation_error_message=_("On ne modère pas ce que l’on a écrit."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(by__isnull=True) | ~Q(decided_by=F("by")),
                name="moderation_appeal_decided_by_another",
                violation_error_message=_("Une autre personne décide de la contestation."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["appealed", "upheld"]) | Q(appealed_at__isnull=False),
                name="moderation_appeal_has_a_date",
                violation_error_message=_("Une contestation porte sa date."),
            ),
            models.CheckConstraint(
                condition=~Q(state="upheld") | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="moderation_decision_has_words",
                violation_error_message=_("Répondez à la contestation par quelques mots."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, ended_at__isnull=True)
                | Q(state__in=["restored", "expired"], ended_at__isnull=False),
                name="moderation_end_has_a_date",
                violation_error_message=_("Ce qui est de nouveau visible porte sa date."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("moderation:hiding", args=[self.space.slug, self.pk])

    @property
    def journal_label(self) -> str:
        """How the journal names it: titles may hold names, and the journal outlives them."""
        return f"{self.label} · {self.space}"

    @property
    def label(self) -> str:
        """What kind of thing is hidden."""
        return str(self.kind.label) if self.kind else str(self._meta.verbose_name)

    @property
    def is_live(self) -> bool:
        """Whether it is hidden today."""
        return self.state in LIVE

    @property
    def is_hold(self) -> bool:
        """Whether it holds somebody back from posting, rather than hiding what they wrote."""
        return self.kind is not None and self.kind.key == "moderation.standing"

    def may_become(self, state: str) -> bool:
        """Whether it may go to that state."""
        return state in MOVES[self.state]
