"""What people of the house do so that nobody falls through: call, post, take charge, close."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Person

from .models import Delivery, Inbound, LetterBatch, Notice, Outcome, State
from .rules import followed_by

CALLS = {
    Outcome.REACHED: State.CALLED,
    Outcome.WRONG_NUMBER: State.FAILED,
}
"""Where a call leads; one that nobody took leads nowhere."""

MOST_LETTERS = 100


@transaction.atomic
def note_call(*, notice: Notice, outcome: Outcome, by: Person) -> None:
    """Keep what a call gave. Told on the telephone, it needs no more looking after."""
    notice = _locked(notice)
    Delivery.objects.create(
        notice=notice,
        channel_kind=ChannelKind.LANDLINE,
        channel_value=notice.channel_value if notice.channel_value.startswith("+") else "",
        outcome=outcome,
        by=by,
    )
    state = CALLS.get(outcome)
    if state in notice.next_states:
        notice.move(state)
    if outcome == Outcome.REACHED and not (notice.is_asking and notice.answered_at is None):
        notice.change(settled_at=timezone.now())
    record("notices.called", notice, by=by, outcome=str(outcome))


@transaction.atomic
def take_charge(*, notice: Notice, by: Person) -> None:
    """Make this person the one who follows the notice up."""
    notice = _locked(notice)
    notice.change(owner=by)
    record("notices.took-charge", notice, by=by)


@transaction.atomic
def settle(*, notice: Notice, by: Person) -> None:
    """Close the matter: nothing more is to be done about it."""
    notice = _locked(notice)
    notice.change(settled_at=timezone.now())
    record("notices.settled", notice, by=by)


@transaction.atomic
def handle(*, inbound: Inbound, note: str, by: Person) -> None:
    """Close an SMS that a human has read and dealt with."""
    inbound.handled_by, inbound.handled_at = by, timezone.now()
    inbound.note = note.strip()[:300]
    inbound.save(update_fields=["handled_by", "handled_at", "note"])
    record("notices.handled-sms", inbound.notice or inbound, by=by)


@transaction.atomic
def prepare_letters(*, by: Person) -> LetterBatch:
    """Put the letters that wait into one batch to print. Raises Refused when none waits."""
    waiting = Notice.objects.to_post().filter(followed_by(by), batch=None)
    keys = list(waiting.order_by("created_at", "pk").values_list("pk", flat=True)[:MOST_LETTERS])
    if not keys:
        raise Refused(_("Aucun courrier n’attend. Il n’y a rien à imprimer."))
    batch = LetterBatch.objects.create(by=by)
    Notice.objects.filter(pk__in=keys).update(batch=batch)
    record("notices.prepared-letters", batch, by=by, letters=len(keys))
    return batch


@transaction.atomic
def note_posted(*, batch: LetterBatch, by: Person) -> None:
    """Keep that the letters of a batch were posted; said twice, it was still once."""
    batch = LetterBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.posted_at:
        return
    batch.posted_at = timezone.now()
    batch.save(update_fields=["posted_at"])
    for notice in batch.notices.select_for_update().filter(state=State.TO_POST).order_by("pk"):
        notice.move(State.POSTED)
        Delivery.objects.create(
            notice=notice,
            channel_kind=ChannelKind.POST,
            channel_value=notice.channel_value,
            text=notice.text,
            outcome=Outcome.POSTED,
            by=by,
        )
    record("notices.posted-letters", batch, by=by)


def _locked(notice: Notice) -> Any:
    return Notice.objects.select_for_update().get(pk=notice.pk)
