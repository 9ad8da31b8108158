from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingsConfig(AppConfig):
    """Letters announce themselves to spaces, to the journal and to messages."""

    name = "traboule.blocks.mailings"
    label = "mailings"
    verbose_name = _("lettres d’information")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.spaces.blocks import Block, register

        from . import recipe
        from .indicators import INDICATORS

        register(
            Block(
                key="mailings",
                label=_("Écrire à tous"),
                summary=_("Un texte, et il part par e-mail, SMS, lettre et affiche."),
                icon="mail",
                url_name="mailings:mailings",
                schema=recipe.read,
                seed=recipe.seed,
                export=recipe.export,
                announce=recipe.announce,
                indicators=INDICATORS,
            )
        )
        _announce_messages()
        _announce_pages()
        _give_words_to_acts()


def _announce_messages() -> None:
    """How letters look, what people answer, who is written to, what goes on by itself."""
    # Apps must be loaded first.
    from traboule.kernel.journal.actions import recorded
    from traboule.kernel.notices import answers as of_notices
    from traboule.kernel.notices import bouncing, dressing
    from traboule.kernel.notices import upkeep as of_all
    from traboule.kernel.spaces import audiences

    from . import answers, messages, upkeep, wanting
    from .actions import subscribing

    for kind in messages.KINDS:
        dressing.register(kind, messages.dress)
    of_notices.register_keyword(answers.CONFIRM, answers.confirmed)
    of_notices.register_keyword(answers.ASK, answers.asked)
    bouncing.complained.connect(subscribing.hear_complaint, dispatch_uid="mailings.complaint")
    recorded.connect(subscribing.hear_stop, dispatch_uid="mailings.stop")
    audiences.register("mailings", wanting.audiences_of)
    for chore in upkeep.CHORES:
        of_all.register(chore)


def _announce_pages() -> None:
    """What letters show on the pages of others."""
    # Apps must be loaded first.
    from traboule.kernel.spaces import first_steps as steps_of_spaces
    from traboule.ui import slots as places

    from . import first_steps, slots

    steps_of_spaces.register(*first_steps.STEPS)
    places.register("space-about", "mailings", slots.draw_about)
    places.register("space-person", "mailings", slots.draw_of_person)
    places.register("me", "mailings", slots.draw_mine, order=60)


def _give_words_to_acts() -> None:
    """What receipts and the journal say of what is done with letters."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    from .actions import subscribing

    register(
        Act(
            key="mailings.subscribed",
            words=_("abonnement à la lettre de « %(subject)s » (STOP par SMS, ou le lien de chaque "
                    "e-mail, l’arrête quand vous voulez)"),
            undo=subscribing.undo_subscribing,
        ),
        Act(key="mailings.asked", words=_("demande de la lettre de « %(subject)s »")),
        Act(key="mailings.confirmed", words=_("abonnement confirmé à « %(subject)s »")),
        Act(key="mailings.ended", words=_("fin de la lettre de « %(subject)s »")),
        Act(key="mailings.wrote", words=_("texte écrit : « %(subject)s »")),
        Act(key="mailings.changed", words=_("texte changé : « %(subject)s »")),
        Act(key="mailings.threw-away", words=_("brouillon supprimé dans « %(subject)s »")),
        Act(key="mailings.prepared", words=_("liste faite pour « %(subject)s »")),
        Act(key="mailings.back-to-draft", words=_("retour au brouillon de « %(subject)s »")),
        Act(key="mailings.sent", words=_("envoi de « %(subject)s »")),
        Act(key="mailings.stopped", words=_("arrêt de l’envoi de « %(subject)s »")),
        Act(key="mailings.resumed", words=_("reprise de l’envoi de « %(subject)s »")),
        Act(key="mailings.showed", words=_("mise sur le site de « %(subject)s »")),
        Act(key="mailings.hid", words=_("retrait du site de « %(subject)s »")),
        Act(key="mailings.named-letter", words=_("nom de la lettre de « %(subject)s »")),
    )  # fmt: skip
