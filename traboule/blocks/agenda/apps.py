from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    """The agenda announces itself to spaces, to the journal and to messages."""

    name = "traboule.blocks.agenda"
    label = "agenda"
    verbose_name = _("agenda")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.journal.actions import recorded
        from traboule.kernel.people.duplicates import rows_moved
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe
        from .actions import leaving, merging
        from .indicators import INDICATORS

        register(
            Block(
                key="agenda",
                label=_("Agenda"),
                summary=_("Des dates, des inscriptions, l’appel et les heures."),
                icon="calendar",
                url_name="agenda:agenda",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        rows_moved.connect(merging.recount, dispatch_uid="agenda.recount")
        recorded.connect(leaving.give_back, dispatch_uid="agenda.leaving")
        _announce_messages()
        _announce_acts()
        _give_words_to_acts()
        _announce_pages()


def _announce_messages() -> None:
    """What people answer to the agenda's messages, and what it does by itself."""
    # Apps must be loaded first.
    from traboule.kernel.notices import answers as of_notices
    from traboule.kernel.notices import upkeep as of_all

    from . import answers, messages, upkeep

    of_notices.register(
        messages.YES, answers.yes, label=_("Oui, je viens"), words=("oui", "ok", "je viens")
    )
    of_notices.register(
        messages.NO, answers.no, label=_("Non, je ne viens pas"), words=("non", "annule")
    )
    of_notices.register_keyword(answers.KEYWORD, answers.by_code)
    of_notices.register_keyword(answers.DATES_KEYWORD, answers.dates_by_code)
    of_notices.register_keyword(answers.WATCH_KEYWORD, answers.watch_by_code)
    of_all.register(upkeep.remind)
    of_all.register(upkeep.forget_names)


def _announce_acts() -> None:
    """What receipts say of the acts done for someone, and which can be undone."""
    # Apps must be loaded first.
    from traboule.kernel.journal.acts import Act, register

    from .actions import polls, signups

    register(
        Act(key="agenda.signed-up", words=_("inscription à %(subject)s"),
            undo=signups.undo_signup),
        Act(key="agenda.put-on-waiting-list", words=_("liste d’attente de %(subject)s"),
            undo=signups.undo_signup),
        Act(key="agenda.changed-party",
            words=_("changement du nombre de personnes à %(subject)s")),
        Act(key="agenda.cancelled-signup",
            words=_("annulation de l’inscription à %(subject)s"),
            undo=signups.undo_cancelling),
        Act(key="agenda.enrolled", words=_("inscription à toutes les séances de %(subject)s"),
            undo=signups.undo_enrolment),
        Act(key="agenda.put-on-waiting-list-of-series",
            words=_("liste d’attente de toutes les séances de %(subject)s"),
            undo=signups.undo_enrolment),
        Act(key="agenda.left-series",
            words=_("fin de l’inscription aux séances de %(subject)s")),
        Act(key="agenda.answered-poll",
            words=_("réponse au sondage de dates « %(subject)s »"), undo=polls.undo_answer),
        Act(key="agenda.corrected-poll-answer",
            words=_("correction de la réponse au sondage de dates « %(subject)s »")),
        Act(key="agenda.removed-poll-answer",
            words=_("retrait de la réponse au sondage de dates « %(subject)s »")),
    )  # fmt: skip


def _give_words_to_acts() -> None:
    """What else is done with dates, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="agenda.created", words=_("nouvelle date : %(subject)s")),
        Act(key="agenda.opened", words=_("date confirmée : %(subject)s")),
        Act(key="agenda.changed", words=_("changement dans %(subject)s")),
        Act(key="agenda.moved", words=_("changement de date ou de lieu : %(subject)s")),
        Act(key="agenda.cancelled", words=_("annulation de %(subject)s")),
        Act(
            key="agenda.changed-capacity", words=_("changement du nombre de places de %(subject)s")
        ),
        Act(key="agenda.invited", words=_("invitations à %(subject)s")),
        Act(key="agenda.promoted", words=_("place libérée et donnée pour %(subject)s")),
        Act(
            key="agenda.promoted-in-series",
            words=_("place libérée et donnée dans toutes les séances de %(subject)s"),
        ),
        Act(key="agenda.noted-presence", words=_("présences notées à %(subject)s")),
        Act(key="agenda.countersigned", words=_("présences signées de %(subject)s")),
        Act(key="agenda.asked-dates", words=_("sondage de dates « %(subject)s »")),
        Act(key="agenda.sent-poll", words=_("envoi du sondage de dates « %(subject)s »")),
        Act(
            key="agenda.closed-poll",
            words=_("fin des réponses au sondage de dates « %(subject)s »"),
        ),
        Act(
            key="agenda.reopened-poll",
            words=_("reprise des réponses au sondage de dates « %(subject)s »"),
        ),
        Act(key="agenda.watched", words=_("prévenir des changements de dates de « %(subject)s »")),
        Act(
            key="agenda.stopped-watching",
            words=_("ne plus prévenir des changements de dates de « %(subject)s »"),
        ),
        Act(key="agenda.chose-date", words=_("date choisie pour « %(subject)s »")),
    )


def _announce_pages() -> None:
    """The agenda in the menu, and what it shows on the pages of others."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.kernel.spaces import panorama
    from traboule.ui import navigation
    from traboule.ui import slots as places

    from . import first_steps, signs, slots

    navigation.register(
        navigation.Entry(
            label=_("Agenda"),
            url_name="agenda:territory",
            place="header",
            icon="calendar",
            order=12,
        )
    )
    steps_of_spaces.register(*first_steps.STEPS)
    places.register("card-scanned", "agenda", slots.draw_scanned)
    places.register("space-next", "agenda", slots.draw_next)
    places.register("space-asked", "agenda", slots.draw_asked)
    places.register("space-person", "agenda", slots.draw_of_person)
    places.register("me", "agenda", slots.draw_mine, order=50)
    panorama.register(
        panorama.Sign(key="agenda.next", label=_("Prochaine date"), of=signs.next_dates)
    )
