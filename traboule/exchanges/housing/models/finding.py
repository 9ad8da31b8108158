from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .listing import Listing


class SavedSearch(models.Model):
    """A search that someone wants to hear of: ``criteria`` are the words of its address."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="housing_searches", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="housing_searches",
        verbose_name=_("personne"),
    )  # fmt: skip
    criteria = models.CharField(_("critères"), max_length=500, blank=True)
    title = models.CharField(_("nom"), max_length=120)
    saved_at = models.DateTimeField(_("gardée le"), auto_now_add=True)
    told_until = models.DateTimeField(_("prévenue jusqu’au"))

    personal_data = PersonalData(
        fields=("person", "criteria", "title"),
        purpose=_("Prévenir quand un logement qui va arrive."),
        lifetime=_("Jusqu’à ce que la personne l’efface, un an au plus."),
        person="person",
    )

    class Meta:
        verbose_name = _("recherche gardée")
        verbose_name_plural = _("recherches gardées")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person", "criteria"],
                name="housing_search_saved_once",
                violation_error_message=_("Cette recherche est déjà gardée."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("housing:home", args=[self.space.slug]) + self.criteria


class Favourite(models.Model):
    """That a household keeps a listing aside."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="housing_favourites",
        verbose_name=_("personne"),
    )  # fmt: skip
    listing = models.ForeignKey(
        Listing, models.CASCADE, related_name="favourites", verbose_name=_("annonce")
    )
    at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(
        fields=("person", "listing", "at"),
        purpose=_("Retrouver une annonce."),
        lifetime=_("Tant que l’annonce vit."),
        person="person",
    )

    class Meta:
        verbose_name = _("annonce gardée")
        verbose_name_plural = _("annonces gardées")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "listing"],
                name="housing_favourite_once",
                violation_error_message=_("Cette annonce est déjà gardée."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.listing}"
