"""What people are told of their conversations."""

from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell

from .models import Message, Party

KIND = "conversations.message"


def written(message: Message, *, author: Party) -> None:
    """The others learn what was written, and how to answer from where they read it."""
    conversation = message.conversation
    for party in conversation.parties.exclude(pk=author.pk).select_related("person").order_by("pk"):
        tell(
            person=party.person,
            kind=KIND,
            subject=_("%(name)s vous a écrit"),
            text=_("%(name)s vous a écrit au sujet de « %(title)s » : « %(text)s » Pour répondre "
                   "par SMS : REP puis votre message."),
            values={"name": author.name, "title": conversation.title, "text": message.text},
            url=conversation.get_absolute_url(),
            at_once=True,
            purse=conversation.space.purse,
            data={"conversation": conversation.pk},
            key=f"{KIND}:{message.pk}:{party.pk}",
        )  # fmt: skip
