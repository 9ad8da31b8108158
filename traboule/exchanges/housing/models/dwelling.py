import enum
from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.places.geography import blurred
from traboule.kernel.places.models import Commune, PriorityNeighbourhood
from traboule.kernel.privacy import PersonalData

from .landlord import Landlord


class Financing(models.IntegerChoices):
    """By which loan a home was built: it sets the income ceiling, lowest first."""

    PLAI = 0, "PLAI"
    PLUS = 1, "PLUS"
    PLS = 2, "PLS"


class Feature(enum.IntFlag):
    """What a home has besides its rooms; kept together in one number that both databases ask."""

    BALCONY = 1
    PARKING = 2
    GARDEN = 4
    CELLAR = 8
    BATH = 16
    SHOWER = 32
    KITCHEN = 64
    BIKES = 128

    @property
    def labels(self) -> list[str]:
        """Each of them in words."""
        return [str(FEATURES[one]) for one in self]


FEATURES = {
    Feature.BALCONY: _("balcon ou terrasse"),
    Feature.PARKING: _("place de stationnement"),
    Feature.GARDEN: _("jardin"),
    Feature.CELLAR: _("cave"),
    Feature.BATH: _("baignoire"),
    Feature.SHOWER: _("douche"),
    Feature.KITCHEN: _("cuisine séparée"),
    Feature.BIKES: _("local à vélos"),
}


class Kind(models.TextChoices):
    """What sort of building it is."""

    FLAT = "flat", _("appartement")
    HOUSE = "house", _("maison")


class Heating(models.TextChoices):
    """How it is heated, and on whose bill."""

    COLLECTIVE = "collective", _("collectif")
    GAS = "gas", _("individuel au gaz")
    ELECTRIC = "electric", _("individuel électrique")
    OTHER = "other", _("autre")


class DwellingQuerySet(models.QuerySet["Dwelling"]):
    """Homes of the stock, and which of them can be exchanged."""

    def standing(self) -> Self:
        """Those that are still in their landlord's stock."""
        return self.filter(removed_at__isnull=True)

    def exchangeable(self) -> Self:
        """Those that may be exchanged."""
        return self.standing().filter(is_exchangeable=True)

    def vacant(self) -> Self:
        """Those that a landlord offers empty, to begin a chain."""
        return self.exchangeable().filter(vacant_from__isnull=False)

    def matching(self, text: str) -> Self:
        """Those whose reference, lease or address begins with, or holds, these words."""
        said = Q(reference__istartswith=text) | Q(lease__istartswith=text)
        return self.filter(said | Q(address__icontains=text)) if text else self

    def for_listing(self) -> Self:
        """Everything one line shows, in one query."""
        return self.select_related("landlord", "commune")


class Dwelling(models.Model):
    """A home of a landlord's stock, as its file tells: a tenant picks it and only confirms.

    ``area`` in square metres, ``rent`` and ``charges`` in euros a month, ``latitude`` and
    ``longitude`` in degrees (WGS 84), exact and never shown: pages show ``blurred``. ``lease`` is
    the number of the lease in force, by which a tenant proves to live there.
    """

    landlord = models.ForeignKey(
        Landlord, models.CASCADE, related_name="dwellings", verbose_name=_("bailleur")
    )
    reference = models.CharField(_("référence du logement"), max_length=40)
    lease = models.CharField(_("numéro de bail"), max_length=40, blank=True)
    address = models.CharField(_("adresse"), max_length=200)
    door = models.CharField(_("bâtiment, étage, porte"), max_length=80, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=5)
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="dwellings", verbose_name=_("commune")
    )
    neighbourhood = models.CharField(_("quartier"), max_length=80, blank=True)
    priority_neighbourhood = models.ForeignKey(
        PriorityNeighbourhood, models.SET_NULL, null=True, blank=True, related_name="dwellings",
        verbose_name=_("quartier prioritaire"),
    )  # fmt: skip
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    kind = models.CharField(_("sorte"), max_length=5, choices=Kind, default=Kind.FLAT)
    rooms = models.PositiveSmallIntegerField(
        _("nombre de pièces"), validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    area = models.PositiveSmallIntegerField(
        _("surface, en m²"), validators=[MinValueValidator(9), MaxValueValidator(400)]
    )
    rent = models.DecimalField(_("loyer sans les charges"), max_digits=7, decimal_places=2)
    charges = models.DecimalField(_("charges"), max_digits=7, decimal_places=2, default=0)
    floor = models.SmallIntegerField(_("étage"), default=0)
    lift = models.BooleanField(_("ascenseur"), default=False)
    wheelchair = models.BooleanField(_("accessible en fauteuil roulant"), default=False)
    heating = models.CharField(_("chauffage"), max_length=10, choices=Heating, blank=True)
    energy_class = models.CharField(_("classe énergie"), max_length=1, blank=True)
    financing = models.PositiveSmallIntegerField(
        _("financement"), choices=Financing, default=Financing.PLUS
    )
    features = models.PositiveSmallIntegerField(_("ce qu’il a"), default=0)
    is_exchangeable = models.BooleanField(_("peut être échangé"), default=True)
    why_not = models.CharField(_("pourquoi pas"), max_length=200, blank=True)
    vacant_from = models.DateField(_("libre à partir du"), null=True, blank=True)
    imported_at = models.DateTimeField(_("vu dans le fichier du"), null=True, blank=True)
    is_leaving = models.BooleanField(_("sort du parc après l’échange en cours"), default=False)
    removed_at = models.DateTimeField(_("sorti du parc le"), null=True, blank=True)

    objects = DwellingQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("lease", "address", "door", "latitude", "longitude"),
        purpose=_("Retrouver son logement sans le décrire ; vérifier que l’on y habite."),
        lifetime=_("Tant que le logement est dans le parc du bailleur."),
    )

    class Meta:
        verbose_name = _("logement")
        verbose_name_plural = _("logements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "reference"],
                name="housing_dwelling_once",
                violation_error_message=_("Ce bailleur a déjà un logement de cette référence."),
            ),
            models.CheckConstraint(
                condition=Q(rooms__gte=1, area__gte=9, rent__gte=0, charges__gte=0),
                name="housing_dwelling_has_a_size",
                violation_error_message=_("Vérifiez les pièces, la surface et le loyer."),
            ),
            models.CheckConstraint(
                condition=Q(energy_class__in=["", *"ABCDEFG"]),
                name="housing_dwelling_energy_class",
                violation_error_message=_("La classe énergie va de A à G."),
            ),
        ]
        indexes = [
            models.Index(fields=["landlord", "lease"], name="housing_dwelling_lease"),
            models.Index(fields=["commune", "rooms", "rent"], name="housing_dwelling_find"),
        ]

    def __str__(self) -> str:
        return f"{self.type}, {self.area}\N{NO-BREAK SPACE}m², {self.commune.name}"

    @property
    def type(self) -> str:
        """How everyone names it: T3."""
        return f"T{self.rooms}"

    @property
    def journal_label(self) -> str:
        """What stays in the journal: never the address."""
        return f"{self.type} · {self.reference}"

    @property
    def step_free(self) -> bool:
        """Whether one comes in without a step: on the ground floor, or by the lift."""
        return self.floor == 0 or self.lift

    @property
    def blurred(self) -> tuple[float, float]:
        """A point that every home of the same square kilometre shares: latitude, longitude."""
        if self.latitude is None or self.longitude is None:
            return self.commune.latitude, self.commune.longitude
        return blurred(self.latitude, self.longitude)

    @property
    def total_rent(self) -> Decimal:
        """Rent and charges, in euros a month."""
        return self.rent + self.charges

    @property
    def floor_in_words(self) -> str:
        """Where it is in the building."""
        if self.floor == 0:
            return str(_("rez-de-chaussée"))
        return ngettext("%(n)der étage", "%(n)de étage", self.floor) % {"n": self.floor}

    @property
    def feature_labels(self) -> list[str]:
        """What it has, in words."""
        return Feature(self.features).labels
