"""Individual messages: drafts made from a template, edited one by one, sent by a human's hand."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.blocks.agenda.models import Event
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..carrying import carry_message
from ..drafting import filled, values_of, way_for
from ..models import ActionKind, Contact, ExchangeKind, Message
from ..pace import possible
from . import contacts
from .exchanges import note_exchange

State, Way = Message.State, Message.Way
MOST_AT_ONCE = 200
KIND_OF = {
    Way.EMAIL: ExchangeKind.EMAIL, Way.SMS: ExchangeKind.SMS, Way.LETTER: ExchangeKind.LETTER,
}  # fmt: skip
_SENT = uuid.UUID("6f7ad9c4-2f5e-4b8e-9a51-5f0c3c1f7a10")


@dataclass(frozen=True)
class Drafted:
    """What drafting made, and for whom nothing could be written."""

    batch: uuid.UUID
    messages: int
    to_call: int


@transaction.atomic
def draft(
    *,
    space: Space,
    people: Iterable[Contact],
    subject: str,
    text: str,
    by: Person,
    way: str = "",
    event: Event | None = None,
    batch: uuid.UUID | None = None,
) -> Drafted:
    """Prepare one message for each of these contacts; whoever cannot be written to is to call.

    The same ``batch`` asked twice makes one message each.
    """
    must_be_open(space)
    batch = batch or uuid.uuid4()
    made, to_call = 0, 0
    for contact in people:
        chosen = way_for(contact, way)
        if chosen is None:
            to_call += _is_to_call(contact, by)
            continue
        values = values_of(contact, by=by, event=event)
        Message.objects.get_or_create(
            batch=batch,
            contact=contact,
            defaults={
                "way": chosen,
                "subject": filled(subject, values)[:150],
                "text": filled(text, values),
                "event": event,
                "by": by,
            },
        )
        made += 1
    record("outreach.drafted", space, by=by, number=made)
    return Drafted(batch, made, to_call)


def _is_to_call(contact: Contact, by: Person) -> int:
    """Put someone who cannot be written to on the list of calls. 1 if they were put there."""
    if contact.actions.to_do().exists() or contact.is_unreachable:
        return 0
    kind = possible(contact, ActionKind.CALL)
    contacts.to_do(contact, kind, timezone.localdate(), owner=contact.owner or by)
    return 1


@transaction.atomic
def edit(*, message: Message, subject: str, text: str, by: Person) -> Message:
    """Change the words of a draft. Raises Refused once it has left."""
    message = _locked(message)
    if not message.may_be_edited:
        raise Refused(_("Ce message est déjà parti, ou va partir : il ne se change plus."))
    message.subject, message.text = subject, text
    message.save(update_fields=["subject", "text"])
    record("outreach.edited-message", message.contact, by=by)
    return message


@transaction.atomic
def send(*, messages: Iterable[Message], by: Person) -> int:
    """Have these drafts, which somebody has read, leave one by one. How many leave."""
    leaving = []
    for message in map(_locked, messages):
        must_be_open(message.contact.space)
        if message.state not in {State.DRAFT, State.FAILED} or message.way == Way.LETTER:
            continue
        message.state, message.reason, message.attempts = State.READY, "", 0
        message.by, message.leaving_until = by, None
        message.save()
        leaving.append(message)
    if leaving:
        record("outreach.sent-messages", leaving[0].contact.space, by=by, number=len(leaving))
    for message in leaving:
        transaction.on_commit(lambda pk=message.pk: carry_message.enqueue(pk))  # type: ignore[misc]
    return len(leaving)


@transaction.atomic
def drop(*, message: Message, by: Person) -> None:
    """Do not send this draft after all."""
    message = _locked(message)
    if State.STOPPED not in Message.MOVES[State(message.state)]:
        raise Refused(_("Ce message est déjà parti."))
    message.state, message.reason = State.STOPPED, _("Écarté à la relecture.")
    message.save(update_fields=["state", "reason"])
    record("outreach.dropped-message", message.contact, by=by)


@transaction.atomic
def posted(*, messages: Iterable[Message], by: Person) -> int:
    """These letters were printed and posted. How many were."""
    number = 0
    for message in map(_locked, messages):
        if message.way == Way.LETTER and message.state == State.DRAFT:
            note_sent(message, by=by)
            number += 1
    if number:
        record("outreach.posted-letters", message.contact.space, by=by, number=number)
    return number


def note_sent(message: Message, *, by: Person | None) -> None:
    """It left: it counts as an exchange, and the pace goes on from there. Once."""
    contact = message.contact
    exchange = note_exchange(
        contact=contact,
        kind=KIND_OF[Way(message.way)],
        by=by,
        note=message.subject[:500],
        client_id=uuid.uuid5(_SENT, f"{message.pk}:{message.attempts}"),
    )
    now = timezone.now()
    message.state, message.sent_at, message.exchange = State.SENT, now, exchange
    message.leaving_until, message.reason = None, ""
    message.save()
    Contact.objects.filter(pk=contact.pk, informed_at=None).update(informed_at=now)


@transaction.atomic
def came_back(*, message: Message, by: Person) -> None:
    """The message was returned: it can be corrected and sent again, and someone is to call."""
    message = _locked(message)
    if message.state != State.SENT:
        raise Refused(_("Ce message n’est pas parti."))
    fail(message, _("Le message est revenu."))
    record("outreach.message-came-back", message.contact, by=by)


def fail(message: Message, reason: str) -> None:
    """It did not arrive: someone calls instead, today."""
    message.state, message.reason, message.leaving_until = State.FAILED, reason[:300], None
    message.save()
    contact = contacts.locked(message.contact)
    planned = contact.actions.to_do().first()
    today = timezone.localdate()
    if contact.state != Contact.State.GIVEN_UP and (planned is None or planned.due_on > today):
        wished = possible(contact, ActionKind.CALL)
        contacts.to_do(contact, wished, today, owner=message.by)


def _locked(message: Message) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).for_listing()
    found: Message = rows.get(pk=message.pk)
    return found


def unread_drafts(space: Space) -> Any:
    """The drafts that wait for somebody's eyes."""
    return Message.objects.filter(contact__space=space, state=State.DRAFT)
