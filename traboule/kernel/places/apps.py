"""The places app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Registers places with Django."""

    name = "traboule.kernel.places"
    label = "places"
    verbose_name = _("Lieux")
