from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """Surveys announce themselves to spaces, to the journal and to messages."""

    name = "traboule.blocks.surveys"
    label = "surveys"
    verbose_name = _("enquêtes")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe
        from .indicators import INDICATORS

        register(
            Block(
                key="surveys",
                label=_("Enquêtes"),
                summary=_("Des questions à beaucoup de monde, par écran, SMS, papier ou de vive "
                          "voix."),
                icon="clipboard-list",
                url_name="surveys:surveys",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )  # fmt: skip
        _announce_messages()
        _give_words_to_acts()
        _announce_pages()
        _guard_recordings()


def _announce_messages() -> None:
    """What people answer by SMS, and what surveys do by themselves."""
    # Apps must be loaded first.
    from traboule.kernel.notices import answers as of_notices
    from traboule.kernel.notices import upkeep as of_all

    from . import answers, messages, upkeep

    of_notices.register(
        messages.BEGIN, answers.begin, label=_("Oui, je réponds"), words=("oui", "ok")
    )
    of_notices.register(messages.DECLINE, answers.decline, label=_("Non"), words=("non",))
    of_notices.register_keyword(answers.KEYWORD, answers.by_keyword)
    of_notices.register_thread("surveys", answers.go_on)
    of_all.register(upkeep.close_ended)
    of_all.register(upkeep.forget)


def _give_words_to_acts() -> None:
    """What is done with surveys, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="surveys.created", words=_("nouvelle enquête : %(subject)s")),
        Act(key="surveys.changed", words=_("changement dans l’enquête « %(subject)s »")),
        Act(key="surveys.copied", words=_("copie d’une enquête : « %(subject)s »")),
        Act(key="surveys.added-question", words=_("question ajoutée à « %(subject)s »")),
        Act(key="surveys.changed-question", words=_("question changée dans « %(subject)s »")),
        Act(key="surveys.moved-question", words=_("question déplacée dans « %(subject)s »")),
        Act(key="surveys.removed-question", words=_("question retirée de « %(subject)s »")),
        Act(key="surveys.set-ways", words=_("suites d’une question de « %(subject)s »")),
        Act(key="surveys.opened", words=_("ouverture de l’enquête « %(subject)s »")),
        Act(key="surveys.closed", words=_("clôture de l’enquête « %(subject)s »")),
        Act(key="surveys.took-back", words=_("enquête « %(subject)s » remise en préparation")),
        Act(key="surveys.invited", words=_("invitations à l’enquête « %(subject)s »")),
        Act(key="surveys.made-slips", words=_("codes imprimés pour l’enquête « %(subject)s »")),
        Act(key="surveys.answered", words=_("réponse à l’enquête « %(subject)s »")),
        Act(
            key="surveys.erased-response",
            words=_("réponse effacée de l’enquête « %(subject)s »"),
        ),
        Act(key="surveys.put-aside", words=_("réponse à « %(subject)s » mise de côté")),
        Act(key="surveys.put-back", words=_("réponse à « %(subject)s » à nouveau comptée")),
        Act(key="surveys.found-right", words=_("réponse à « %(subject)s » vérifiée")),
        Act(key="surveys.showed-text", words=_("texte montré dans « %(subject)s »")),
        Act(key="surveys.summarised", words=_("enregistrement écouté dans « %(subject)s »")),
        Act(key="surveys.hid-text", words=_("texte caché dans « %(subject)s »")),
    )


def _announce_pages() -> None:
    """What surveys show on the pages of others, and what one does first with them."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.ui import slots as places

    from . import first_steps, slots

    steps_of_spaces.register(*first_steps.STEPS)
    places.register("space-next", "surveys", slots.draw_next, order=120)
    places.register("space-asked", "surveys", slots.draw_asked, order=120)


def _guard_recordings() -> None:
    """Only the team listens to what was recorded."""
    # Apps must be loaded first.
    from traboule.kernel.files import access

    from .rules import may_listen

    access.register("survey", may_listen)
