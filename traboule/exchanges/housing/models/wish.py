from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places.models import Commune
from traboule.kernel.privacy import PersonalData

from .listing import Listing


class Need(models.TextChoices):
    """What a household cannot do without, to come in."""

    NONE = "none", _("Aucun besoin particulier")
    STEP_FREE = "step_free", _("Sans marche : rez-de-chaussée ou ascenseur")
    WHEELCHAIR = "wheelchair", _("Accessible en fauteuil roulant")


class Wish(models.Model):
    """What a household looks for.

    ``area_min`` in square metres (0: any), ``max_rent`` in euros a month without charges. What
    ``must`` names is required, what ``nice`` names only ranks homes that fit: both are
    :class:`Feature` added up.
    """

    listing = models.OneToOneField(
        Listing, models.CASCADE, related_name="wish", verbose_name=_("annonce")
    )
    rooms_min = models.PositiveSmallIntegerField(
        _("au moins"), validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    rooms_max = models.PositiveSmallIntegerField(
        _("au plus"), validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    area_min = models.PositiveSmallIntegerField(_("surface au moins, en m²"), default=0)
    max_rent = models.PositiveSmallIntegerField(_("loyer au plus, sans les charges"))
    need = models.CharField(_("besoin"), max_length=10, choices=Need, default=Need.NONE)
    no_ground = models.BooleanField(_("pas au rez-de-chaussée"), default=False)
    must = models.PositiveSmallIntegerField(_("indispensable"), default=0)
    nice = models.PositiveSmallIntegerField(_("ce serait bien"), default=0)
    centre = models.ForeignKey(
        Commune, models.SET_NULL, null=True, blank=True, related_name="housing_wishes_around",
        verbose_name=_("autour de"),
    )  # fmt: skip
    minutes = models.PositiveSmallIntegerField(_("minutes de trajet"), null=True, blank=True)

    personal_data = PersonalData(
        fields=("rooms_min", "rooms_max", "area_min", "max_rent", "need", "no_ground", "must"),
        purpose=_("Trouver les logements qui vont."),
        lifetime=_("Tant que l’annonce vit."),
        person="listing__tenant",
    )

    class Meta:
        verbose_name = _("souhait")
        verbose_name_plural = _("souhaits")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rooms_min__gte=1, rooms_max__gte=F("rooms_min")),
                name="housing_wish_rooms",
                violation_error_message=_("Le plus grand nombre de pièces passe le plus petit."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing} · {self.rooms_min}–{self.rooms_max}"


class WishPlace(models.Model):
    """A commune where a household would live, the favourite first."""

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="places", verbose_name=_("souhait"))
    commune = models.ForeignKey(
        Commune, models.CASCADE, related_name="housing_wishes", verbose_name=_("commune")
    )
    rank = models.PositiveSmallIntegerField(_("rang"), default=0)

    personal_data = None

    class Meta:
        verbose_name = _("commune souhaitée")
        verbose_name_plural = _("communes souhaitées")
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "commune"],
                name="housing_wish_place_once",
                violation_error_message=_("Cette commune est déjà choisie."),
            )
        ]

    def __str__(self) -> str:
        return str(self.commune)
