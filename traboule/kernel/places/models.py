"""Communes with what they belong to, and the priority neighbourhoods inside them."""

import shapely
from django.db import models
from django.utils.translation import gettext_lazy as _

from .lookup import CommuneQuerySet


class Region(models.Model):
    """A region, or an overseas collectivity that stands for one."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)

    personal_data = None

    class Meta:
        verbose_name = _("région")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department, or an overseas collectivity that stands for one."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="departments", verbose_name=_("région")
    )

    personal_data = None

    class Meta:
        verbose_name = _("département")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Epci(models.Model):
    """An intercommunality: communes that run services together."""

    siren = models.CharField(_("SIREN"), max_length=9, primary_key=True)
    name = models.CharField(_("nom"), max_length=200)

    personal_data = None

    class Meta:
        verbose_name = _("intercommunalité")
        verbose_name_plural = _("intercommunalités")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """A commune of France, by its INSEE code, with one point in WGS 84 degrees.

    ``approximate`` says that the point was derived from communes nearby, some kilometres off.
    """

    code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=120)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="communes", verbose_name=_("département")
    )
    epci = models.ForeignKey(
        Epci,
        models.PROTECT,
        related_name="communes",
        verbose_name=_("intercommunalité"),
        null=True,
        blank=True,
    )
    population = models.PositiveIntegerField(_("population"), default=0)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    approximate = models.BooleanField(_("position approchée"), default=False)
    search_name = models.CharField(max_length=120, db_index=True, editable=False)

    objects = CommuneQuerySet.as_manager()

    personal_data = None

    class Meta:
        verbose_name = _("commune")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.department_id})"


class PostalCode(models.Model):
    """A postal code of a commune; many communes share one, cities have several."""

    code = models.CharField(_("code postal"), max_length=5)
    commune = models.ForeignKey(
        Commune, models.CASCADE, related_name="postal_codes", verbose_name=_("commune")
    )

    personal_data = None

    class Meta:
        verbose_name = _("code postal")
        verbose_name_plural = _("codes postaux")
        ordering = ["code", "commune"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "commune"],
                name="one_postal_code_per_commune",
                violation_error_message=_("Cette commune a déjà ce code postal."),
            )
        ]

    def __str__(self) -> str:
        return self.code


class PriorityNeighbourhoodQuerySet(models.QuerySet["PriorityNeighbourhood"]):
    """Priority neighbourhoods, and which one holds a point."""

    def containing(self, latitude: float, longitude: float) -> "PriorityNeighbourhood | None":
        """The neighbourhood of the latest vintage whose outline holds the point, if any."""
        point = shapely.Point(longitude, latitude)
        latest = self.model._default_manager.order_by("-vintage").values("vintage")[:1]
        candidates = self.filter(
            vintage=latest,
            west__lte=longitude,
            east__gte=longitude,
            south__lte=latitude,
            north__gte=latitude,
        ).order_by("code")
        return next((place for place in candidates if place.shape.covers(point)), None)


class PriorityNeighbourhood(models.Model):
    """A priority neighbourhood (QPV): its official outline and the box around it, in degrees."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    commune = models.ForeignKey(
        Commune,
        models.PROTECT,
        related_name="priority_neighbourhoods",
        verbose_name=_("commune"),
        null=True,
        blank=True,
    )
    geometry = models.JSONField(_("contour"))
    west = models.FloatField(db_index=True)
    south = models.FloatField(db_index=True)
    east = models.FloatField(db_index=True)
    north = models.FloatField(db_index=True)
    vintage = models.PositiveSmallIntegerField(_("millésime"))

    objects = PriorityNeighbourhoodQuerySet.as_manager()

    personal_data = None

    class Meta:
        verbose_name = _("quartier prioritaire")
        verbose_name_plural = _("quartiers prioritaires")
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def shape(self) -> shapely.Geometry:
        """The outline, ready to measure."""
        return shapely.geometry.shape(self.geometry)
