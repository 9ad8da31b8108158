from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Meetings announce themselves to spaces, to the journal and to messages."""

    name = "traboule.blocks.meetings"
    label = "meetings"
    verbose_name = _("réunions")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.journal.actions import recorded
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe
        from .actions import convening
        from .indicators import INDICATORS

        register(
            Block(
                key="meetings",
                label=_("Réunions et comptes-rendus"),
                summary=_("De la convocation au compte-rendu approuvé, et au bilan de l’année."),
                icon="users",
                url_name="meetings:meetings",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        recorded.connect(convening.follow_agenda, dispatch_uid="meetings.follow-agenda")
        _announce_messages()
        _announce_acts()
        _announce_pages()


def _announce_messages() -> None:
    """What people answer to messages about meetings, and what meetings do by themselves."""
    # Apps must be loaded first.
    from traboule.kernel.notices import answers as of_notices
    from traboule.kernel.notices import upkeep as of_all

    from . import answers, messages, upkeep

    of_notices.register(
        messages.YES, answers.yes, label=_("Oui, je viens"), words=("oui", "ok", "je viens")
    )
    of_notices.register(
        messages.NO, answers.no, label=_("Non, je ne viens pas"), words=("non", "absent")
    )
    of_notices.register(messages.GIVE, answers.give, label=_("Non, je donne ma voix"))
    of_notices.register(messages.WITHDRAW, answers.withdraw, label=_("Je reprends ma voix"))
    of_notices.register(
        messages.DECLINE, answers.decline, label=_("Je ne peux pas porter cette voix")
    )
    of_notices.register(messages.DONE, answers.done, label=_("C’est fait"), words=("fait",))
    of_notices.register_keyword(answers.KEYWORD, answers.by_code)
    of_all.register(upkeep.remind)


def _announce_acts() -> None:
    """What is done with meetings, as people read it; a voice given for someone can be undone."""
    # Apps must be loaded first.
    from traboule.kernel.journal.acts import Act, register

    from .actions.convening import undo_voice

    words = {
        "prepared": _("préparation : %(subject)s"),
        "changed-agenda": _("changement de l’ordre du jour : %(subject)s"),
        "kept-model": _("ordre du jour type gardé pour %(subject)s"),
        "removed-model": _("ordre du jour type retiré de %(subject)s"),
        "changed-rules": _("règles de réunion de %(subject)s"),
        "typed-past": _("réunion passée recopiée : %(subject)s"),
        "convened": _("convocation : %(subject)s"),
        "excused": _("absence excusée : %(subject)s"),
        "withdrew-voice": _("voix reprise : %(subject)s"),
        "held": _("réunion tenue : %(subject)s"),
        "drafted": _("compte-rendu commencé : %(subject)s"),
        "wrote": _("écriture du compte-rendu : %(subject)s"),
        "decided": _("décision notée : %(subject)s"),
        "removed-decision": _("décision retirée : %(subject)s"),
        "noted-action": _("chose à faire notée : %(subject)s"),
        "removed-action": _("chose à faire retirée : %(subject)s"),
        "did": _("chose faite après : %(subject)s"),
        "undid": _("chose de nouveau à faire après : %(subject)s"),
        "opened-amendments": _("compte-rendu donné à relire : %(subject)s"),
        "asked-amendment": _("correction demandée au compte-rendu : %(subject)s"),
        "accepted-amendment": _("correction acceptée au compte-rendu : %(subject)s"),
        "refused-amendment": _("correction non retenue au compte-rendu : %(subject)s"),
        "adopted": _("compte-rendu approuvé : %(subject)s"),
        "published": _("compte-rendu publié : %(subject)s"),
        "sent": _("compte-rendu envoyé : %(subject)s"),
        "wrote-foreword": _("avant-propos du bilan de %(subject)s"),
    }
    register(
        *(Act(key=f"meetings.{key}", words=said) for key, said in words.items()),
        Act(key="meetings.gave-voice", words=_("votre voix donnée : %(subject)s"), undo=undo_voice),
    )


def _announce_pages() -> None:
    """What meetings show on the pages of others."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.ui import slots as places

    from . import first_steps, slots

    steps_of_spaces.register(*first_steps.STEPS)
    places.register("space-next", "meetings", slots.draw_next, order=110)
    places.register("space-asked", "meetings", slots.draw_asked, order=90)
    places.register("me", "meetings", slots.draw_mine, order=60)
