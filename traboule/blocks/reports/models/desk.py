from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.spaces.models import Space

SCALE = 1000
"""A point is told by thousandths of the plan's width and height."""
USUAL_DAYS = 14


def is_a_point(x: str = "x", y: str = "y") -> Q:
    """The condition that a place is a point of the plan, or none at all."""
    inside = Q(**{f"{x}__gte": 0, f"{x}__lte": SCALE, f"{y}__gte": 0, f"{y}__lte": SCALE})
    return Q(**{f"{x}__isnull": True, f"{y}__isnull": True}) | inside


class Desk(models.Model):
    """How problems are received in a space: on which plan, and whether strangers' wait."""

    space = models.OneToOneField(
        Space, models.CASCADE, related_name="report_desk", verbose_name=_("espace")
    )
    plan = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="plan_of",
        verbose_name=_("plan du lieu"),
    )  # fmt: skip
    looks_first = models.BooleanField(
        _("l’équipe regarde d’abord ce qui vient de personnes inconnues"), default=True
    )

    personal_data = None

    class Meta:
        verbose_name = _("réception des signalements")
        verbose_name_plural = _("réceptions des signalements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.space)


class Zone(models.Model):
    """A place of the space that people know by its name, and where it is on the plan."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="report_zones", verbose_name=_("espace")
    )
    name = models.CharField(_("nom de l’endroit"), max_length=80)
    x = models.PositiveSmallIntegerField(
        _("de gauche à droite, sur mille"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(SCALE)],
    )  # fmt: skip
    y = models.PositiveSmallIntegerField(
        _("de haut en bas, sur mille"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(SCALE)],
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    personal_data = None

    class Meta:
        verbose_name = _("endroit")
        verbose_name_plural = _("endroits")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="reports_zone_once",
                violation_error_message=_("Cet endroit est déjà dans la liste."),
            ),
            models.CheckConstraint(
                condition=is_a_point(),
                name="reports_zone_on_the_plan",
                violation_error_message=_("Cet endroit doit être sur le plan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A kind of problem, and in how many days it is usually seen to."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="report_categories", verbose_name=_("espace")
    )
    name = models.CharField(_("sorte de problème"), max_length=80)
    days = models.PositiveSmallIntegerField(
        _("jours pour s’en occuper"), default=USUAL_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    personal_data = None

    class Meta:
        verbose_name = _("sorte de problème")
        verbose_name_plural = _("sortes de problèmes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="reports_category_once",
                violation_error_message=_("Cette sorte est déjà dans la liste."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1),
                name="reports_category_takes_a_day",
                violation_error_message=_("Il faut au moins un jour."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
