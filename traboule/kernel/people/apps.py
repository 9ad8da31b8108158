from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People, and the doors they come in by."""

    name = "traboule.kernel.people"
    label = "people"
    verbose_name = _("personnes et organisations")

    def ready(self) -> None:
        from traboule.ui import slots
        from traboule.ui.navigation import Entry, register

        from .shared_computers import reminder

        slots.register("session", "shared-computer", reminder)
        _register_acts()
        _register_own_acts()
        register(
            Entry(
                label=_("Se connecter"),
                url_name="people:sign-in",
                place="account",
                icon="log-in",
                order=10,
                visible=_is_visitor,
            ),
            Entry(
                label=_("Moi"),
                url_name="people:me",
                place="account",
                icon="user",
                order=10,
                visible=_is_signed_in,
                text=_name,
            ),
            Entry(
                label=_("Me déconnecter"),
                url_name="people:sign-out",
                place="account",
                icon="log-out",
                order=20,
                visible=_is_signed_in,
                post=True,
            ),
        )


def _is_visitor(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _name(request: HttpRequest) -> str:
    return str(request.user)


def _register_acts() -> None:
    """Give words to what one person does in another's name."""
    from traboule.kernel.journal.acts import Act, register

    from .cards import undo_making
    from .consents import undo_record
    from .guardians import undo_add

    register(
        Act(key="propose-mandate", words=_("préparation du %(subject)s")),
        Act(key="sign-mandate", words=_("signature notée du %(subject)s")),
        Act(key="end-mandate", words=_("fin du %(subject)s")),
        Act(key="add-child", words=_("inscription d’un enfant dont vous répondez")),
        Act(
            key="add-guardian",
            words=_("ajout comme parent ou responsable d’un enfant"),
            undo=undo_add,
        ),
        Act(key="end-guardianship", words=_("retrait comme parent ou responsable d’un enfant")),
        Act(key="record-consent", words=_("réponse notée – %(subject)s"), undo=undo_record),
        Act(key="issue-card", words=_("remise d’une carte à votre nom"), undo=undo_making),
        Act(key="replace-card", words=_("remplacement de votre carte"), undo=undo_making),
        Act(key="revoke-card", words=_("arrêt de votre carte")),
        Act(key="withdraw-consent", words=_("réponse retirée – %(subject)s")),
    )


def _register_own_acts() -> None:
    """Give words to what people do for themselves, and to the care of the list of people."""
    from traboule.kernel.journal.acts import Act, register

    register(
        Act(key="join", words=_("première venue")),
        Act(key="sign-in", words=_("connexion")),
        Act(key="add-channel", words=_("ajout d’un moyen de contact")),
        Act(key="remove-channel", words=_("retrait d’un moyen de contact")),
        Act(key="add-passkey", words=_("ajout d’une clé d’accès")),
        Act(key="link-identity", words=_("lien avec un compte professionnel")),
        Act(key="remove-key", words=_("retrait d’une clé d’accès ou d’un compte professionnel")),
        Act(key="accept-guardianship", words=_("accord pour répondre d’un enfant")),
        Act(key="decline-guardianship", words=_("refus de répondre d’un enfant")),
        Act(key="name-editor", words=_("entrée d’une personne dans la rédaction")),
        Act(key="dismiss-editor", words=_("départ d’une personne de la rédaction")),
        Act(key="undo", words=_("annulation de « %(subject)s »")),
        Act(key="prefer-channel", words=_("choix du moyen de contact à utiliser d’abord")),
        Act(key="ask-relay", words=_("demande à une personne d’être relais")),
        Act(key="accept-relay", words=_("accord pour être relais")),
        Act(key="decline-relay", words=_("refus ou fin d’un rôle de relais")),
        Act(key="merge", words=_("réunion de deux inscriptions d’une même personne")),
        Act(key="undo-merge", words=_("séparation de deux inscriptions")),
        Act(key="two-people", words=_("deux inscriptions reconnues comme deux personnes")),
        Act(key="erase", words=_("effacement d’une personne")),
        Act(key="create-organisation", words=_("création de l’organisation %(subject)s")),
        Act(key="change-organisation", words=_("correction de l’organisation %(subject)s")),
        Act(key="remove-organisation", words=_("suppression de l’organisation %(subject)s")),
        Act(key="add-member", words=_("ajout d’une personne dans %(subject)s")),
        Act(key="change-role", words=_("changement de rôle dans %(subject)s")),
        Act(key="remove-member", words=_("départ d’une personne de %(subject)s")),
    )
