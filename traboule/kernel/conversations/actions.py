"""Starting a conversation, writing in it, reading it, closing it; hearing no more of someone."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from . import messages
from .models import Blocking, Conversation, Message, Party
from .private_words import refuse_private
from .rules import is_silenced

MOST_AN_HOUR = 30
MOST_UNANSWERED = 8
"""What one may write in a row: whoever gets no answer is asked to wait for one."""


@transaction.atomic
def start(*, space: Space, title: str, parties: Mapping[Person, str], by: Person) -> Conversation:
    """Have people write to each other, each under the name that the others read."""
    conversation = Conversation.objects.create(space=space, title=title)
    Party.objects.bulk_create(
        Party(conversation=conversation, person=person, name=name)
        for person, name in parties.items()
    )
    record("conversations.started", conversation, by=by)
    return conversation


@transaction.atomic
def write(*, party: Party, text: str, by: Person) -> Message:
    """Write as one of those who take part; the others are told on their channel.

    Raises Refused when nobody hears any more, when it is too much, and for what has no place there.
    """
    conversation = Conversation.objects.select_for_update().get(pk=party.conversation_id)
    _check_is_heard(conversation, party)
    text = text.strip()
    if not text:
        raise Refused(_("Écrivez votre message."))
    try:
        refuse_private(text)
    except ValidationError as found:
        raise Refused(found.messages[0]) from found
    now = timezone.now()
    message = Message(conversation=conversation, author=party, text=text, sent_at=now)
    message.full_clean(exclude=["conversation", "author"])
    message.save()
    Conversation.objects.filter(pk=conversation.pk).update(last_at=now)
    read(party=party, at=now)
    record("conversations.wrote", message, by=by, for_=party.person)
    messages.written(message, author=party)
    return message


def _check_is_heard(conversation: Conversation, party: Party) -> None:
    if conversation.is_closed:
        raise Refused(_("Cette conversation est fermée. Elle reste là pour être relue."))
    if is_silenced(conversation):
        raise Refused(_("Vous ne pouvez plus vous écrire."))
    may_post(party.person, conversation.space)
    since = timezone.now() - datetime.timedelta(hours=1)
    mine = Message.objects.filter(author__person=party.person_id, sent_at__gt=since)
    if mine.count() >= MOST_AN_HOUR:
        raise Refused(_("Vous avez beaucoup écrit en peu de temps. Reprenez dans une heure."))
    latest = conversation.messages.order_by("-sent_at", "-pk")[:MOST_UNANSWERED]
    writers = list(latest.values_list("author", flat=True))
    if len(writers) == MOST_UNANSWERED and set(writers) == {party.pk}:
        raise Refused(_("Attendez que l’on vous réponde avant d’écrire encore."))


def read(*, party: Party, at: datetime.datetime | None = None) -> None:
    """What was written until then has been read."""
    party.read_at = at or timezone.now()
    party.save(update_fields=["read_at"])


@transaction.atomic
def close(*, conversation: Conversation, because: str, by: Person | None = None) -> None:
    """Nobody writes there any more; it stays to be read again. Repeatable."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if conversation.is_closed:
        return
    conversation.closed_at, conversation.closed_because = timezone.now(), because
    conversation.save(update_fields=["closed_at", "closed_because"])
    record("conversations.closed", conversation, by=by)


@transaction.atomic
def block(*, person: Person, other: Person, by: Person) -> None:
    """Hear no more of someone, here nor anywhere; they are not told. Repeatable."""
    if person.pk == other.pk:
        raise Refused(_("On ne peut pas se bloquer soi-même."))
    if Blocking.objects.get_or_create(person=person, other=other)[1]:
        record("conversations.blocked", person, by=by, for_=person)


@transaction.atomic
def unblock(*, blocking: Blocking, by: Person) -> None:
    """Hear of them again."""
    blocking.delete()
    record("conversations.unblocked", blocking.person, by=by)
