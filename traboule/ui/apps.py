from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """The look of the house."""

    name = "traboule.ui"
    label = "ui"
    verbose_name = _("Interface")

    def ready(self) -> None:
        from . import slots, specimens
        from .navigation import Entry, register

        slots.register("gallery", "ui", specimens.draw_slot)

        register(
            Entry(
                label=_("Accessibilité"),
                url_name="ui:accessibility",
                place="footer",
                order=80,
            ),
            Entry(label=_("Composants"), url_name="ui:gallery", place="footer", order=90),
        )
