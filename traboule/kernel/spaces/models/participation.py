from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
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
        """Those who take part today: let in, and not gone."""
        return self.filter(left_at__isnull=True, waiting=False)

    def awaiting_answer(self) -> Self:
        """Those who asked to take part and have no answer yet."""
        return self.filter(waiting=True)

    def at_least(self, role: Role) -> Self:
        """Those who may do at least what ``role`` may."""
        return self.filter(role__in=[one for one in Role if one.rank >= role.rank])

    def for_listing(self) -> Self:
        """Everything one line of the roll shows, in one query; the first to come first."""
        return (
            self.select_related("person")
            .filter(person__erased_at__isnull=True)
            .order_by("since", "pk")
        )

    def by_role(self, *, after: "Participation | None" = None) -> Self:
        """The team, then guests, then members, as the keys of roles happen to follow each other.

        Those of a role come as they came; ``after`` one of them, those that follow.
        """
        rows = self.order_by("role", "since", "pk")
        if after is None:
            return rows
        same = Q(role=after.role)
        later = Q(since__gt=after.since) | Q(since=after.since, pk__gt=after.pk)
        return rows.filter(Q(role__gt=after.role) | same & later, role__gte=after.role)


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
    waiting = models.BooleanField(_("attend une réponse"), default=False)
    since = models.DateTimeField(_("depuis le"), auto_now_add=True)
    left_at = models.DateTimeField(_("partie le"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "role", "since", "left_at"),
        purpose=_("Savoir qui prend part à l’initiative, et avec quel rôle."),
        lifetime=_("Tant que la personne en fait partie ; ensuite, compté sans son nom."),
        person="person",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["pk"]
        indexes = [models.Index(fields=["space", "role", "since", "id"], name="participation_roll")]
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

    def get_absolute_url(self) -> str:
        return reverse("spaces:person", args=[self.space.slug, self.person.public_id])

    @property
    def role_name(self) -> str:
        """What the space calls their role."""
        return self.space.role_name(self.role)

    def name_for(self, reader: Role | None) -> str:
        """The name that someone of that role reads: guests read first names only."""
        whole = self.person.is_guest or (reader is not None and reader.rank > Role.GUEST.rank)
        return self.person.name if whole else self.person.name.split()[0]
