from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .subject import AboutThing, names


class Why(models.TextChoices):
    """Why somebody flags something, in their words rather than a charter's."""

    HATE = "hate", _("C’est une insulte, une menace ou un propos haineux")
    PRIVATE = "private", _("On y lit le nom, l’adresse ou le numéro de quelqu’un")
    IMAGE = "image", _("Une personne n’a pas dit oui à cette image")
    CHILD = "child", _("Un enfant est exposé")
    FALSE = "false", _("C’est faux")
    ADVERT = "advert", _("C’est de la publicité ou une arnaque")
    OTHER = "other", _("Autre chose")


class FlagQuerySet(models.QuerySet["Flag"]):
    """What people flagged."""

    def open(self) -> Self:
        """What no moderator has dealt with."""
        return self.filter(handled_at__isnull=True)

    def about(self, thing: models.Model) -> Self:
        """What was flagged of this thing."""
        return self.filter(**names(thing))


class Flag(AboutThing):
    """That somebody, known or not, asks moderators to look at something."""

    Why = Why

    space = models.ForeignKey(Space, models.CASCADE, related_name="flags")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("signalé par"),
    )
    why = models.CharField(_("pourquoi"), max_length=8, choices=Why)
    words = models.TextField(_("précisions"), max_length=600, blank=True)
    at = models.DateTimeField(_("le"), auto_now_add=True)
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="flags_handled",
        verbose_name=_("traité par"),
    )

    objects = FlagQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("by", "why", "words", "at", "handled_by"),
        purpose=_("Prévenir les personnes qui modèrent, et répondre à qui a signalé."),
        lifetime=_("Tant que l’espace existe ; sans nom une fois la personne effacée."),
        person="by",
        erasure="scrub",
        scrubbed=("by", "words"),
    )

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_key", "by"],
                condition=Q(handled_at__isnull=True),
                name="moderation_flagged_once",
                violation_error_message=_("Vous l’avez déjà signalé : l’équipe va regarder."),
            ),
            models.CheckConstraint(
                condition=Q(why__in=Why.values),
                name="moderation_flag_why",
                violation_error_message=_("Choisissez pourquoi."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def journal_label(self) -> str:
        """How the journal names it: titles may hold names, and the journal outlives them."""
        return f"{self.kind.label if self.kind else ''} · {self.space}"
