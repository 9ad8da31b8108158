from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "traboule.kernel.spaces"
    label = "spaces"
    verbose_name = _("espaces")

    def ready(self) -> None:
        # Apps must be loaded first.
        from django.core import checks

        from traboule.ui import slots

        from . import checks as ours
        from .views import start

        checks.register(ours.recipes)
        slots.register("sheet-start", "spaces", start.draw_start)
        slots.register("sheet-replicate", "spaces", start.draw_replicate)
        _announce_life()
        _give_words_to_acts()


def _announce_life() -> None:
    """What people find of spaces elsewhere: the menu, the sheet's measures, words in receipts."""
    # Apps must be loaded first.
    from traboule.kernel.files import access as files_access
    from traboule.kernel.journal import acts
    from traboule.kernel.journal.actions import recorded
    from traboule.kernel.notices import rules as notice_rules
    from traboule.kernel.people import rules as people_rules
    from traboule.ui import navigation, slots

    from . import access, actions, first_steps, panorama, results, rules, starting
    from .views import partners, people

    navigation.register(
        navigation.Entry(
            label=_("Mes espaces"),
            url_name="spaces:list",
            place="header",
            icon="door-open",
            order=15,
            visible=lambda request: request.user.is_authenticated,
        )
    )
    acts.register(
        acts.Act(
            key="join-space",
            words=_("votre entrée dans « %(subject)s »"),
            undo=actions.undo_joining,
        ),
        acts.Act(key=starting.STARTED, words=_("le lancement de « %(subject)s »")),
    )
    first_steps.register(*first_steps.OWN)
    panorama.register(*panorama.OWN)
    slots.register("sheet-results", "spaces", results.draw_on_sheet)
    slots.register("way-back", "spaces", people.draw_way_back)
    slots.register("organisation", "spaces", partners.draw_on_organisation)
    recorded.connect(access.promote_guests, dispatch_uid="spaces.promote-guests")
    files_access.register("space", access.may_open_files)
    notice_rules.register_follower("spaces", rules.notices_followed_by)
    people_rules.register_recorder("spaces", rules.can_help)
    people_rules.register_issuer("spaces", rules.can_open_door_of)
    people_rules.register_merger("spaces", rules.can_make_one, rules.people_helped_by)


def _give_words_to_acts() -> None:
    """What else is done in a space, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="ask-to-join-space", words=_("demande pour prendre part à « %(subject)s »")),
        Act(
            key="decline-to-join-space",
            words=_("refus d’une demande pour prendre part à « %(subject)s »"),
        ),
        Act(key="enter-with-code", words=_("entrée avec un code dans « %(subject)s »")),
        Act(key="leave-space", words=_("départ d’une personne de « %(subject)s »")),
        Act(key="tick", words=_("chose faite : %(subject)s")),
        Act(key="untick", words=_("chose de nouveau à faire : %(subject)s")),
        Act(key="add-item", words=_("ajout d’une chose à faire dans « %(subject)s »")),
        Act(key="remove-item", words=_("retrait d’une chose à faire dans « %(subject)s »")),
        Act(key="write-news", words=_("nouvelle écrite dans « %(subject)s »")),
        Act(key="remove-news", words=_("retrait d’une nouvelle de « %(subject)s »")),
        Act(key="add-page", words=_("ajout d’une page à « %(subject)s »")),
        Act(key="change-page", words=_("changement d’une page de « %(subject)s »")),
        Act(key="move-page", words=_("déplacement d’une page de « %(subject)s »")),
        Act(key="remove-page", words=_("retrait d’une page de « %(subject)s »")),
        Act(key="add-block", words=_("ajout d’une brique à « %(subject)s »")),
        Act(key="put-block-away", words=_("rangement d’une brique de « %(subject)s »")),
        Act(key="change-space", words=_("réglages de « %(subject)s »")),
        Act(key="follow-results", words=_("choix des résultats de « %(subject)s »")),
        Act(key="name-referent", words=_("nom et heures à lire dans « %(subject)s »")),
        Act(key="remove-referent", words=_("nom retiré de « %(subject)s »")),
        Act(key="take-everything-away", words=_("copie de tout ce que contient « %(subject)s »")),
        Act(key="rotate-access-code", words=_("nouveau code d’accès pour « %(subject)s »")),
        Act(key="close-access-code", words=_("fin du code d’accès de « %(subject)s »")),
        Act(key="close-space", words=_("fermeture de « %(subject)s »")),
        Act(key="reopen-space", words=_("réouverture de « %(subject)s »")),
    )
