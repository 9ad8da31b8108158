from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """The installation itself: its commands and the pages that speak of the whole."""

    name = "traboule.config"
    label = "config"

    def ready(self) -> None:
        from traboule.ui.navigation import Entry, register  # Apps must be loaded first.

        register(Entry(label=_("Vos données"), url_name="privacy", place="footer", order=30))
