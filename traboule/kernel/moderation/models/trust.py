import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space


class Level(models.TextChoices):
    """How what a person posts in a space comes to be seen."""

    NEW = "new", _("Relecture d’abord")
    TRUSTED = "trusted", _("Parution immédiate")


class StandingQuerySet(models.QuerySet["Standing"]):
    """How far people are trusted."""

    def held(self, now: datetime.datetime | None = None) -> Self:
        """Those who may not post for a while."""
        return self.filter(held_until__gt=now or timezone.now())


class Standing(models.Model):
    """How far one person is trusted in one space; whoever has none is new there."""

    Level = Level

    space = models.ForeignKey(Space, models.CASCADE, related_name="standings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="standings",
        verbose_name=_("personne"),
    )
    level = models.CharField(_("confiance"), max_length=8, choices=Level, default=Level.NEW)
    held_until = models.DateTimeField(_("suspendue jusqu’au"), null=True, blank=True)
    accepted_count = models.PositiveIntegerField(_("contributions acceptées"), default=0)
    since = models.DateTimeField(_("depuis le"), default=timezone.now)
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="standings_given",
        verbose_name=_("décidé par"),
    )

    objects = StandingQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "level", "held_until", "accepted_count", "since", "reason", "by"),
        purpose=_("Savoir si ce qu’une personne publie paraît tout de suite ou après relecture."),
        lifetime=_("Tant que la personne prend part à l’espace."),
        person="person",
    )

    class Meta:
        verbose_name = _("confiance accordée")
        verbose_name_plural = _("confiances accordées")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="moderation_standing_once",
                violation_error_message=_("Cette personne a déjà un niveau de confiance ici."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values),
                name="moderation_standing_level",
                violation_error_message=_("Ce niveau de confiance n’existe pas."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Droit de publier"))

    @property
    def is_held(self) -> bool:
        """Whether they may not post for now."""
        return self.held_until is not None and self.held_until > timezone.now()

    @property
    def journal_label(self) -> str:
        """How the journal names it: by the space, since the journal outlives the person."""
        return str(self.space)

    def release(self) -> None:
        """Let them post again."""
        self.held_until = None
        self.save(update_fields=["held_until"])
