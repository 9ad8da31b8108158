from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Publications announce themselves to spaces, to the journal and to the weekly digest."""

    name = "traboule.blocks.publishing"
    label = "publishing"
    verbose_name = _("publications")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.notices import upkeep
        from traboule.kernel.spaces.blocks import Block, register

        from . import messages, recipe
        from .indicators import INDICATORS

        register(
            Block(
                key="publishing",
                label=_("Publications"),
                summary=_("Nouvelles, articles, tutoriels, albums photo, avant et après."),
                icon="book-open",
                url_name="publishing:list",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        upkeep.register(messages.tell_what_is_new)
        _announce_kinds()
        _announce_pages()
        _give_words_to_acts()


def _announce_kinds() -> None:
    """What moderation may hide, and show again."""
    # Apps must be loaded first.
    from traboule.kernel.moderation.kinds import Kind, register

    from . import rules
    from .models import Comment, Publication
    from .views.finding import may_read

    register(
        Kind(
            model=Publication,
            label=_("publication"),
            block="publishing",
            author=lambda one: one.author,
            title=lambda one: one.title,
            url=lambda one: one.get_absolute_url(),
            hide=lambda one: one.hide(),
            show=lambda one: one.show(),
            sees=may_read,
        ),
        Kind(
            model=Comment,
            label=_("commentaire"),
            block="publishing",
            author=lambda one: one.person,
            title=lambda one: one.publication.title,
            url=lambda one: f"{one.publication.get_absolute_url()}#comment-{one.pk}",
            space=lambda one: one.publication.space,
            hide=lambda one: one.hide(),
            show=lambda one: one.show(),
            sees=lambda request, one: (
                rules.can_review(request.user, one.publication)
                or (one.state == Comment.State.SHOWN and may_read(request, one.publication))
            ),
        ),
    )


def _announce_pages() -> None:
    """What publications show on the pages of others."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.ui import slots as places

    from . import first_steps, slots

    steps_of_spaces.register(*first_steps.STEPS)
    places.register("space-published", "publishing", slots.draw_published)
    places.register("space-asked", "publishing", slots.draw_asked)
    places.register("sheet-results", "publishing", slots.draw_on_sheet, order=120)


def _give_words_to_acts() -> None:
    """What is done with publications, as people read it in receipts and in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="publishing.wrote", words=_("texte ou photos donnés : « %(subject)s »")),
        Act(key="publishing.changed", words=_("changement dans « %(subject)s »")),
        Act(key="publishing.removed", words=_("brouillon effacé : « %(subject)s »")),
        Act(key="publishing.arranged", words=_("photos ordonnées dans « %(subject)s »")),
        Act(key="publishing.removed-file", words=_("fichier effacé dans « %(subject)s »")),
        Act(key="publishing.submitted", words=_("« %(subject)s » donné à relire")),
        Act(key="publishing.took-back", words=_("« %(subject)s » repris avant relecture")),
        Act(key="publishing.took-up", words=_("relecture de « %(subject)s »")),
        Act(key="publishing.published", words=_("mise en ligne de « %(subject)s »")),
        Act(key="publishing.sent-back", words=_("« %(subject)s » rendu à reprendre")),
        Act(key="publishing.withdrew", words=_("retrait de « %(subject)s »")),
        Act(key="publishing.set-steps", words=_("gestes du tutoriel « %(subject)s »")),
        Act(key="publishing.added-pair", words=_("nouvel endroit dans « %(subject)s »")),
        Act(key="publishing.added-after", words=_("photo d’après dans « %(subject)s »")),
        Act(key="publishing.removed-after", words=_("photo d’après effacée de « %(subject)s »")),
        Act(key="publishing.removed-pair", words=_("endroit effacé de « %(subject)s »")),
        Act(key="publishing.noted-agreement", words=_("accord écrit noté pour « %(subject)s »")),
        Act(key="publishing.sent-to-box", words=_("photos envoyées pour « %(subject)s »")),
        Act(
            key="publishing.accepted-picture", words=_("photo reçue et prise dans « %(subject)s »")
        ),
        Act(key="publishing.accepted-comment", words=_("commentaire lu sur « %(subject)s »")),
        Act(key="publishing.commented", words=_("commentaire sur « %(subject)s »")),
    )
