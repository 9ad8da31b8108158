from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "traboule.kernel.initiatives"
    label = "initiatives"
    verbose_name = _("initiatives")

    def ready(self) -> None:
        from traboule.kernel.people.rules import is_editor  # Apps must be loaded first.
        from traboule.ui.navigation import Entry, register

        register(
            Entry(
                label=_("Explorer"),
                url_name="initiatives:explore",
                place="header",
                icon="search",
                order=10,
            ),
            Entry(
                label=_("Contribuer"),
                url_name="initiatives:contribute",
                place="header",
                icon="pencil",
                order=20,
            ),
            Entry(
                label=_("Rédaction"),
                url_name="initiatives:review-list",
                place="header",
                icon="check",
                order=30,
                visible=lambda request: is_editor(request.user),
            ),
            Entry(label=_("Imprimer"), url_name="initiatives:print", place="footer", order=10),
            Entry(
                label=_("Données ouvertes"),
                url_name="initiatives:open-data",
                place="footer",
                order=20,
            ),
        )
