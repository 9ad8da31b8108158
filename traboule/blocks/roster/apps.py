from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RosterConfig(AppConfig):
    """The composition announces itself to spaces, to the journal and to messages."""

    name = "traboule.blocks.roster"
    label = "roster"
    verbose_name = _("composition")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.journal.actions import recorded
        from traboule.kernel.spaces.blocks import Block, register

        from . import leaving, recipe
        from .indicators import INDICATORS

        register(
            Block(
                key="roster",
                label=_("Composition"),
                summary=_("Collèges, membres et mandats, parité, tirage au sort."),
                icon="users",
                url_name="roster:roster",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        recorded.connect(leaving.give_back, dispatch_uid="roster.leaving")
        _announce_messages()
        _give_words_to_acts()
        _announce_pages()


def _announce_messages() -> None:
    """What people answer when their name is drawn, and what the block does by itself."""
    # Apps must be loaded first.
    from traboule.kernel.notices import answers as of_notices
    from traboule.kernel.notices import upkeep

    from . import answers, leaving, messages

    of_notices.register(
        messages.ACCEPT, answers.yes, label=_("Oui, j’accepte"), words=("oui", "ok", "j accepte")
    )
    of_notices.register(
        messages.DECLINE, answers.no, label=_("Non, je ne peux pas"), words=("non", "je refuse")
    )
    upkeep.register(leaving.forget_candidates)


def _give_words_to_acts() -> None:
    """What is done with a composition, as people read it; done for someone, it can be undone."""
    # Apps must be loaded first.
    from traboule.kernel.journal.acts import Act, register

    from .actions import answers, members

    register(
        Act(key="roster.appointed", words=_("entrée dans la composition : %(subject)s"),
            undo=members.undo_appointing),
        Act(key="roster.accepted", words=_("place acceptée : %(subject)s"),
            undo=answers.undo_accepting),
        Act(key="roster.declined", words=_("place refusée : %(subject)s"),
            undo=answers.undo_declining),
        Act(key="roster.ended", words=_("fin de votre place : %(subject)s")),
        Act(key="roster.promoted", words=_("suppléance devenue titulaire : %(subject)s")),
        Act(key="roster.called", words=_("personne de la réserve appelée : %(subject)s")),
        Act(key="roster.changed-member",
            words=_("changement d’une fonction ou d’un mandat : %(subject)s")),
        Act(key="roster.changed-settings", words=_("réglages de la composition : %(subject)s")),
        Act(key="roster.added-college", words=_("nouveau collège : %(subject)s")),
        Act(key="roster.changed-college", words=_("changement d’un collège : %(subject)s")),
        Act(key="roster.removed-college", words=_("retrait d’un collège : %(subject)s")),
        Act(key="roster.added-quota", words=_("nouveau quota : %(subject)s")),
        Act(key="roster.removed-quota", words=_("retrait d’un quota : %(subject)s")),
        Act(key="roster.prepared-draw", words=_("préparation du tirage « %(subject)s »")),
        Act(key="roster.added-candidates", words=_("candidatures au tirage « %(subject)s »")),
        Act(key="roster.removed-candidate",
            words=_("retrait d’une candidature au tirage « %(subject)s »")),
        Act(key="roster.froze-draw", words=_("liste figée du tirage « %(subject)s »")),
        Act(key="roster.drew-lots", words=_("tirage au sort « %(subject)s »")),
        Act(key="roster.asked-chosen",
            words=_("personnes prévenues du tirage « %(subject)s »")),
        Act(key="roster.cancelled-draw", words=_("annulation du tirage « %(subject)s »")),
    )  # fmt: skip


def _announce_pages() -> None:
    """What the composition shows on pages that do not know it, and to whom a space can speak."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import audiences as of_spaces
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.ui import slots as places

    from . import audiences, first_steps, slots

    steps_of_spaces.register(*first_steps.STEPS)
    of_spaces.register("roster", audiences.of)
    places.register("space-asked", "roster", slots.draw_asked)
    places.register("space-person", "roster", slots.draw_of_person)
    places.register("me", "roster", slots.draw_mine, order=60)
