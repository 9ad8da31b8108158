from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Message


class ConversationsConfig(AppConfig):
    """Conversations announce themselves to the journal, to messages and to moderation."""

    name = "traboule.kernel.conversations"
    label = "conversations"
    verbose_name = _("conversations")

    def ready(self) -> None:
        # Apps must be loaded first.
        from traboule.kernel.notices import answers as of_notices
        from traboule.kernel.notices import upkeep as of_all
        from traboule.ui import slots as places

        from . import answers, slots, upkeep

        of_notices.register_keyword(answers.KEYWORD, answers.by_sms)
        of_all.register(upkeep.forget)
        places.register("me", "conversations", slots.draw_mine, order=25)
        _announce_to_moderation()
        _give_words_to_acts()


def _announce_to_moderation() -> None:
    """A message that may not stay can be hidden, with a reason."""
    # Apps must be loaded first.
    from traboule.kernel.moderation.kinds import Kind, register

    from .models import Message

    register(
        Kind(
            model=Message,
            label=_("message d’une conversation"),
            author=lambda message: message.author.person if message.author else None,
            title=lambda message: message.journal_label,
            url=lambda message: message.conversation.get_absolute_url(),
            hide=lambda message: message.hide(),
            show=lambda message: message.show(),
            space=lambda message: message.conversation.space,
            sees=_takes_part,
            related=("author__person", "conversation__space__initiative"),
        )
    )


def _takes_part(request: "HttpRequest", message: "Message") -> bool:
    from .rules import voice_of  # Apps must be loaded first.

    return voice_of(request.user, message.conversation) is not None


def _give_words_to_acts() -> None:
    """What is done in conversations, as people read it in what is held on them."""
    from traboule.kernel.journal.acts import Act, register  # Apps must be loaded first.

    register(
        Act(key="conversations.started", words=_("conversation commencée : %(subject)s")),
        Act(key="conversations.wrote", words=_("message écrit : %(subject)s")),
        Act(key="conversations.closed", words=_("conversation fermée : %(subject)s")),
        Act(key="conversations.blocked", words=_("une personne bloquée")),
        Act(key="conversations.unblocked", words=_("une personne débloquée")),
    )
