from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData


class Role(models.TextChoices):
    """What a person may do in a space, from least to most. A recipe renames them, no more."""

    GUEST = "guest", _("Personne invitée")
    MEMBER = "member", _("Membre")
    FACILITATOR = "facilitator", _("Animation")
    COORDINATOR = "coordinator", _("Coordination")

    @property
    def rank(self) -> int:
        """Higher may do more."""
        return list(Role).index(self)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Who takes part, and as what."""

    def current(self) -> Self:
        """Those who have not left."""
        return self.filter(left_at__isnull=True)

    def at_least(self, role: Role) -> Self:
        """Those who may do at least what ``role`` may."""
        return self.filter(role__in=[one for one in Role if one.rank >= role.rank])


class Participation(models.Model):
    """That a person takes part in a space, and in which role."""

    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, related_name="participations", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="participations",
        verbose_name=_("personne"),
    )
    role = models.CharField(_("rôle"), max_length=12, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(_("depuis le"), auto_now_add=True)
    left_at = models.DateTimeField(_("partie le"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "role", "since", "left_at"),
        purpose=_("Savoir qui prend part à l’initiative, et avec quel rôle."),
        lifetime=_("Tant que la personne en fait partie ; ensuite, compté sans son nom."),
        person="person",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="participation_once",
                violation_error_message=_("Cette personne fait déjà partie de l’espace."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="participation_role",
                violation_error_message=_("Ce rôle n’existe pas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.space}"
