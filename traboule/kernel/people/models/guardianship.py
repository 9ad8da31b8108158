import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .person import Person

ADULT = 18


def is_surely_a_child(person: Person, on: datetime.date) -> bool:
    """Whether the year of birth alone says that they cannot have turned eighteen."""
    return person.birth_year is not None and on.year - person.birth_year < ADULT


class Relation(models.TextChoices):
    """By what right someone answers for a child."""

    MOTHER = "mother", _("Mère")
    FATHER = "father", _("Père")
    OTHER = "other", _("Autre responsable légal")


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    """Who answers for whom."""

    def current(self, on: datetime.date | None = None) -> Self:
        """Those not ended, whose child cannot yet be sure to be an adult.

        Only the year of birth is known: it runs to the end of the year of the eighteenth birthday.
        """
        day = on or timezone.localdate()
        born = Q(child__birth_year__isnull=True) | Q(child__birth_year__gte=day.year - ADULT)
        there = Q(child__erased_at__isnull=True, guardian__erased_at__isnull=True)
        return self.filter(born, there, ended_at__isnull=True)

    def for_listing(self) -> Self:
        """With both people, by child."""
        return self.select_related("child", "guardian").order_by("child__name", "child_id", "pk")


class Guardianship(models.Model):
    """That an adult answers for a child; a child may have several."""

    child = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="guardianships", verbose_name=_("enfant")
    )
    guardian = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="wardships",
        verbose_name=_("parent ou responsable"),
    )
    relation = models.CharField(_("lien"), max_length=10, choices=Relation)
    since = models.DateField(_("depuis le"), default=timezone.localdate)
    created_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="guardianships_declared",
        verbose_name=_("déclaré par"),
    )
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = GuardianshipQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("child", "guardian", "relation", "since", "created_by", "ended_at"),
        purpose=_("Savoir qui répond d’un enfant et doit donner son accord."),
        lifetime=_("Jusqu’aux dix-huit ans de l’enfant, ou jusqu’à son retrait."),
        person="child",
        erasure="delete",
    )

    class Meta:
        verbose_name = _("responsabilité légale")
        verbose_name_plural = _("responsabilités légales")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian"],
                condition=Q(ended_at__isnull=True),
                name="people_guardianship_once",
                violation_error_message=_("Cette personne répond déjà de cet enfant."),
            ),
            models.CheckConstraint(
                condition=~Q(child=F("guardian")),
                name="people_guardianship_two_people",
                violation_error_message=_("Un enfant ne répond pas de lui-même."),
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values),
                name="people_guardianship_relation",
                violation_error_message=_("Dites quel est le lien avec l’enfant."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_relation_display())
