from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    """Outreach announces itself to spaces, to the journal and to what runs by itself."""

    name = "traboule.blocks.outreach"
    label = "outreach"
    verbose_name = _("aller vers")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.journal.actions import recorded
        from traboule.kernel.people.duplicates import rows_moved
        from traboule.kernel.spaces import audiences
        from traboule.kernel.spaces.blocks import Block, register

        from . import arriving, groups, recipe
        from .actions import merging
        from .indicators import INDICATORS

        register(
            Block(
                key="outreach",
                label=_("Aller vers"),
                summary=_(
                    "Des contacts avant tout compte : appeler, écrire, rendre visite, suivre."
                ),
                icon="heart-handshake",
                url_name="outreach:today",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        audiences.register("outreach", groups.of_space)
        rows_moved.connect(merging.bring_over, dispatch_uid="outreach.merging")
        recorded.connect(arriving.welcome, dispatch_uid="outreach.arriving")
        _announce_chores()
        _give_words_to_acts()
        _announce_pages()


def _announce_chores() -> None:
    # Apps must be loaded first.
    from traboule.kernel.notices import upkeep as of_all

    from . import carrying, locating, upkeep

    of_all.register(carrying.leave_again)
    of_all.register(locating.locate_some)
    of_all.register(upkeep.remind_owners)
    of_all.register(upkeep.forget)


def _announce_pages() -> None:
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.ui import slots as places

    from . import first_steps, slots

    steps_of_spaces.register(*first_steps.STEPS)
    places.register("space-person", "outreach", slots.draw_of_person)
    places.register("me", "outreach", slots.draw_mine, order=70)


def _give_words_to_acts() -> None:
    """What is done with contacts, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="outreach.added", words=_("ajout d’un contact")),
        Act(key="outreach.changed", words=_("changement dans une fiche de contact")),
        Act(key="outreach.moved", words=_("nouvel état d’un contact")),
        Act(key="outreach.opted-out", words=_("demande de ne plus être contacté")),
        Act(key="outreach.took", words=_("prise en charge d’un contact")),
        Act(key="outreach.planned", words=_("prochaine action avec un contact")),
        Act(key="outreach.forgot", words=_("oubli d’un contact après trois ans")),
        Act(key="outreach.exchanged", words=_("échange noté avec un contact")),
        Act(key="outreach.checked-import", words=_("lecture d’une liste de contacts")),
        Act(key="outreach.imported", words=_("import d’une liste de contacts")),
        Act(key="outreach.drafted", words=_("brouillons de messages individuels")),
        Act(key="outreach.edited-message", words=_("changement d’un message individuel")),
        Act(key="outreach.sent-messages", words=_("envoi de messages individuels")),
        Act(key="outreach.dropped-message", words=_("message individuel écarté")),
        Act(key="outreach.posted-letters", words=_("courriers individuels postés")),
        Act(key="outreach.message-came-back", words=_("message individuel revenu")),
        Act(key="outreach.applied-plan", words=_("plan de suivi donné après %(subject)s")),
        Act(key="outreach.marked-step", words=_("étape de suivi notée")),
        Act(key="outreach.saved-segment", words=_("groupe de contacts gardé")),
        Act(key="outreach.removed-segment", words=_("groupe de contacts supprimé")),
        Act(key="outreach.changed-words", words=_("changement des étapes, besoins ou du rythme")),
        Act(key="outreach.saved-template", words=_("modèle de message gardé")),
        Act(key="outreach.removed-template", words=_("modèle de message supprimé")),
        Act(key="outreach.saved-plan", words=_("plan de suivi gardé")),
        Act(key="outreach.removed-plan", words=_("plan de suivi supprimé")),
    )
