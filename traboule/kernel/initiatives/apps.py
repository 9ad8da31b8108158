from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "traboule.kernel.initiatives"
    label = "initiatives"
    verbose_name = _("initiatives")

    def ready(self) -> None:
        from traboule.kernel.people.rules import is_editor  # Apps must be loaded first.
        from traboule.ui.navigation import Entry, register

        _give_words_to_acts()
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


def _give_words_to_acts() -> None:
    """What is done with sheets, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="draft.started", words=_("début d’une fiche")),
        Act(key="draft.submitted", words=_("envoi d’une fiche à relire")),
        Act(key="draft.returned", words=_("fiche rendue, à compléter")),
        Act(key="draft.published", words=_("fiche relue et publiée")),
        Act(key="draft.refused", words=_("fiche relue et non retenue")),
        Act(key="initiative.published", words=_("publication de la fiche « %(subject)s »")),
        Act(key="initiative.revised", words=_("correction de la fiche « %(subject)s »")),
        Act(key="initiative.withdrawn", words=_("retrait de la fiche « %(subject)s »")),
        Act(key="initiative.partner-added", words=_("ajout d’un partenaire à « %(subject)s »")),
        Act(
            key="initiative.partner-changed",
            words=_("changement d’un partenaire de « %(subject)s »"),
        ),
        Act(
            key="initiative.partner-removed", words=_("retrait d’un partenaire de « %(subject)s »")
        ),
        Act(
            key="confirmation.asked", words=_("question posée : « %(subject)s » est-elle à jour ?")
        ),
        Act(key="confirmation.no-answer", words=_("appel sans réponse au sujet d’une fiche")),
        Act(key="confirmation.still-true", words=_("réponse : « %(subject)s » est à jour")),
        Act(key="confirmation.changed", words=_("réponse : « %(subject)s » a changé")),
        Act(key="confirmation.ended", words=_("réponse : « %(subject)s » est terminée")),
    )
