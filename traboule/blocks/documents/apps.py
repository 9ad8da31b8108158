from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """The shelves announce themselves to spaces, to the journal and to messages."""

    name = "traboule.blocks.documents"
    label = "documents"
    verbose_name = _("documents")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.notices import answers as of_notices
        from traboule.kernel.notices import upkeep as of_all
        from traboule.kernel.spaces import first_steps as steps_of_spaces
        from traboule.kernel.spaces.blocks import Block, register
        from traboule.ui import slots as places

        from . import answers, first_steps, recipe, slots, upkeep
        from .indicators import INDICATORS

        register(
            Block(
                key="documents",
                label=_("Documents"),
                summary=_("Deux étagères, avec un résumé simple et des copies papier."),
                icon="file-text",
                url_name="documents:shelves",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        of_notices.register_keyword(answers.KEYWORD, answers.copy_by_number)
        of_all.register(upkeep.forget_copies)
        of_all.register(upkeep.read_what_is_left)
        steps_of_spaces.register(*first_steps.STEPS)
        places.register("space-about", "documents", slots.draw_latest, order=20)
        places.register("space-person", "documents", slots.draw_of_person, order=120)
        places.register("me", "documents", slots.draw_mine, order=80)
        _give_words_to_acts()


def _give_words_to_acts() -> None:
    """What is done with documents, as people read it in what is held on them."""
    # Apps must be loaded first.
    from traboule.kernel.journal.acts import Act, register

    from .actions import copies

    register(
        Act(key="documents.added", words=_("nouveau document : %(subject)s")),
        Act(key="documents.added-version", words=_("nouvelle version de « %(subject)s »")),
        Act(key="documents.changed", words=_("changement dans la présentation de « %(subject)s »")),
        Act(key="documents.made-public", words=_("« %(subject)s » montré à tout le monde")),
        Act(key="documents.kept-for-members", words=_("« %(subject)s » gardé pour les membres")),
        Act(key="documents.put-away", words=_("« %(subject)s » rangé")),
        Act(key="documents.brought-back", words=_("« %(subject)s » remis sur son étagère")),
        Act(
            key="documents.asked-for-copy",
            words=_("copie papier de « %(subject)s » demandée"),
            undo=copies.undo_asking,
        ),
        Act(key="documents.gave-up-copy", words=_("copie papier de « %(subject)s » annulée")),
        Act(key="documents.handed-copies", words=_("copies papier de « %(subject)s » remises")),
        Act(key="documents.expected", words=_("« %(subject)s » ajouté aux documents attendus")),
        Act(
            key="documents.no-longer-expected",
            words=_("« %(subject)s » retiré des documents attendus"),
        ),
    )
