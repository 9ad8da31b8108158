from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """The installation itself: its commands and the pages that speak of the whole."""

    name = "traboule.config"
    label = "config"

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.notices import upkeep
        from traboule.ui.navigation import Entry, register

        from .tuning import refresh_statistics

        upkeep.register(refresh_statistics)
        register(Entry(label=_("Vos données"), url_name="privacy", place="footer", order=30))
