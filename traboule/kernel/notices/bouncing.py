"""What is done about e-mail that comes back: another way, for this message and the next ones."""

import datetime
import logging
import mailbox
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Channel, Person

from .actions import leave_after_commit
from .choosing import Way, route_of
from .models import Bounce, Delivery, Notice, Outcome, State
from .returned import Nature, Returned, read

logger = logging.getLogger(__name__)

RETRY_AFTER = datetime.timedelta(days=1)
MOST_ATTEMPTS = 4
LONGEST = 2_000_000
MOST_AT_ONCE = 500

complained = Signal()
"""Sent with the ``notice`` that its reader took for unwanted mail, in the same transaction."""


def take(raw: bytes, *, now: datetime.datetime) -> bool:
    """Act on one e-mail that came back; False when it says nothing of a notice of ours."""
    returned = read(raw)
    return returned is not None and note_returned(returned, now=now)


@transaction.atomic
def note_returned(returned: Returned, *, now: datetime.datetime) -> bool:
    """Keep what came back and find another way. Safe to repeat: said twice, it was once."""
    notice = Notice.objects.select_for_update().filter(pk=returned.notice).first()
    if notice is None:
        return False
    sent = notice.deliveries.filter(channel_kind=ChannelKind.EMAIL).first()
    if sent is None:
        return False
    if returned.nature == Nature.COMPLAINT:
        _note_complaint(notice, sent, now=now)
    elif sent.outcome == Outcome.SENT:
        sent.outcome, sent.error = Outcome.FAILED, returned.reason
        sent.save(update_fields=["outcome", "error"])
        if returned.nature == Nature.LOST:
            _mark(sent, notice, Bounce.Nature.LOST, now=now)
        _try_otherwise(notice, sent, now=now)
        record("notices.mail-returned", notice, nature=str(returned.nature))
    return True


def _note_complaint(notice: Notice, sent: Delivery, *, now: datetime.datetime) -> None:
    if _mark(sent, notice, Bounce.Nature.COMPLAINT, now=now):
        complained.send(Notice, notice=notice)
        record("notices.mail-unwanted", notice)


def _mark(sent: Delivery, notice: Notice, nature: str, *, now: datetime.datetime) -> bool:
    """Remember it of the address, if it is still theirs; False when it was known."""
    theirs = Channel.objects.filter(kind=ChannelKind.EMAIL, value=sent.channel_value)
    channel = theirs.filter(person=notice.recipient_id).first()
    if channel is None:
        return False
    bounce, is_new = Bounce.objects.get_or_create(
        channel=channel, defaults={"nature": nature, "at": now}
    )
    if is_new or bounce.nature == nature:
        changed = is_new
    else:
        bounce.nature, bounce.at, changed = nature, now, True
        bounce.save(update_fields=["nature", "at"])
    return changed


def _try_otherwise(notice: Notice, sent: Delivery, *, now: datetime.datetime) -> None:
    """By another way when there is one; by the same tomorrow; else somebody looks after it."""
    if notice.state not in {State.SENT, State.DELIVERED}:
        return
    recipient = Person.objects.get(pk=notice.recipient_id)
    route = route_of(recipient, urgent=notice.urgent)
    elsewhere = (route.kind, route.value) != (sent.channel_kind, sent.channel_value)
    if route.way == Way.WEB or (not elsewhere and notice.attempts >= MOST_ATTEMPTS):
        notice.move(State.FAILED)
    elif elsewhere:
        notice.move(State.WAITING, attempts=0, not_before=None)
        leave_after_commit(notice)
    else:
        notice.move(State.WAITING, not_before=now + RETRY_AFTER)


def read_mailbox(now: datetime.datetime) -> None:
    """Read what came back to our own mailbox; the rest stays there, marked as seen."""
    if not settings.BOUNCE_MAILDIR:
        return
    box = mailbox.Maildir(settings.BOUNCE_MAILDIR, create=False)
    fresh = [key for key, message in box.iteritems() if message.get_subdir() == "new"]
    for key in fresh[:MOST_AT_ONCE]:
        raw = box.get_bytes(key)
        if len(raw) <= LONGEST and take(raw, now=now):
            box.remove(key)
        else:
            seen = mailbox.MaildirMessage(raw)
            seen.set_subdir("cur")
            seen.add_flag("S")
            box[key] = seen


def trust_again(sender: Any, *, entry: Entry, by: Any, **kwargs: Any) -> None:
    """Whoever signs in with a code sent by e-mail has an address that works; hears the journal."""
    if entry.act == "sign-in" and entry.details.get("channel") == ChannelKind.EMAIL:
        Bounce.objects.filter(channel__person=by, nature=Bounce.Nature.LOST).delete()
