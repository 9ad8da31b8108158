"""The minutes as they are written: what was said, decided, and is to be done."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.blocks.agenda.actions.presence import Line, key_of, note
from traboule.blocks.agenda.models import Presence
from traboule.blocks.agenda.wording import hour
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..attendance import attendance_of
from ..models import ActionPoint, Decision, Item, Meeting
from .locking import locked, locked_space, move
from .preparing import must_be_writable, next_number

State = Meeting.State


@transaction.atomic
def hold(*, meeting: Meeting, by: Person) -> None:
    """Say that the meeting took place; from now on it is written up. Repeatable."""
    meeting = locked(meeting)
    if meeting.is_held:
        return
    if meeting.is_cancelled:
        raise Refused(_("Cette réunion est annulée."))
    if not meeting.has_begun:
        raise Refused(_("La réunion n’a pas encore commencé."))
    move(meeting, State.HELD)
    record("meetings.held", meeting, by=by)


@transaction.atomic
def draft(*, meeting: Meeting, by: Person) -> None:
    """Begin the minutes: the points of the agenda, and an opening that tells who was there."""
    meeting = locked(meeting)
    if meeting.is_written:
        return
    move(meeting, State.DRAFTED, opening=opening_of(meeting))
    record("meetings.drafted", meeting, by=by)


def opening_of(meeting: Meeting) -> str:
    """« Réunion ouverte à 18 h. 12 personnes présentes, 2 voix portées. Le quorum… »."""
    there = attendance_of(meeting)
    parts = [
        _("Réunion ouverte à %(hour)s.") % {"hour": hour(meeting.event.starts_at)},
        f"{there.in_words}.",
    ]
    if meeting.quorum:
        words = (
            _("Le quorum de %(n)d voix est atteint.")
            if there.voices >= meeting.quorum
            else _("Le quorum de %(n)d voix n’est pas atteint.")
        )
        parts.append(words % {"n": meeting.quorum})
    return " ".join(parts)


@transaction.atomic
def count_present(*, meeting: Meeting, number: int, by: Person) -> None:
    """Note how many were there when the names are on paper, or nobody asked for them."""
    meeting = locked(meeting)
    line = Line(
        client_id=key_of(meeting.event, "unnamed", number, uuid.uuid4()),
        person_id=None,
        state=Presence.State.PRESENT,
        noted_at=timezone.now(),
        count=number,
    )
    note(event=meeting.event, lines=[line], by=by, source=Presence.Source.SHEET)


@transaction.atomic
def write(
    *, meeting: Meeting, by: Person, opening: str, summary: str, notes: Mapping[int, str]
) -> None:
    """Keep the text of the minutes: ``notes`` by the key of each point. Raises Refused."""
    meeting = locked(meeting)
    must_be_written(meeting)
    if not summary and meeting.state == State.AMENDING:
        raise Refused(_("On relit déjà ce compte-rendu : gardez-lui son essentiel en cinq lignes."))
    meeting.opening, meeting.summary = opening, summary
    meeting.save(update_fields=["opening", "summary"])
    for item in meeting.items.filter(pk__in=notes).order_by("pk"):
        if item.notes != notes[item.pk]:
            item.write(notes[item.pk])
    record("meetings.wrote", meeting, by=by)


def must_be_written(meeting: Meeting) -> None:
    """Refuse to write before the draft is begun, and once the minutes are approved."""
    if not meeting.is_written:
        raise Refused(_("Commencez d’abord le compte-rendu."))
    must_be_writable(meeting)


@transaction.atomic
def decide(
    *, item: Item, text: str, by: Person, votes: tuple[int, int, int] | None = None
) -> Decision:
    """Write a decision under a point: ``votes`` for, against, abstaining; by consensus without.

    It takes the next number of the year in its space.
    """
    space = locked_space(item.meeting.space)
    meeting = locked(item.meeting)
    must_be_written(meeting)
    decision = Decision(space=space, item=item, year=meeting.year, text=text)
    decision.number = next_number(Decision.objects.filter(space=space, year=meeting.year))
    if votes is not None:
        decision.is_consensus = False
        decision.votes_for, decision.votes_against, decision.votes_abstain = votes
    decision.full_clean(exclude=["space", "item"])
    decision.save()
    record("meetings.decided", meeting, by=by, decision=decision.pk)
    return decision


@transaction.atomic
def remove_decision(*, decision: Decision, by: Person) -> None:
    """Take out a decision written by mistake."""
    meeting = locked(decision.item.meeting)
    must_be_written(meeting)
    record("meetings.removed-decision", meeting, by=by, number=decision.number)
    decision.delete()


@transaction.atomic
def note_action(
    *,
    item: Item,
    text: str,
    by: Person,
    owner: Person | None = None,
    owner_words: str = "",
    due_on: datetime.date | None = None,
) -> ActionPoint:
    """Write what is to be done, by whom and until when."""
    meeting = locked(item.meeting)
    must_be_written(meeting)
    action = ActionPoint(
        item=item, text=text, owner=owner, owner_words="" if owner else owner_words, due_on=due_on
    )
    action.full_clean(exclude=["item"])
    action.save()
    record("meetings.noted-action", meeting, by=by, action=action.pk)
    return action


@transaction.atomic
def remove_action(*, action: ActionPoint, by: Person) -> None:
    """Take out something to do, written by mistake."""
    meeting = locked(action.item.meeting)
    must_be_written(meeting)
    record("meetings.removed-action", meeting, by=by, action=action.pk)
    action.delete()


@transaction.atomic
def finish(*, action: ActionPoint, by: Person, done: bool = True) -> None:
    """Say that something is done, or after all is not. Repeatable."""
    action = ActionPoint.objects.select_for_update().get(pk=action.pk)
    must_be_open(action.item.meeting.space)
    if done == (action.done_at is not None):
        return
    action.done_at = timezone.now() if done else None
    action.save(update_fields=["done_at"])
    act = "meetings.did" if done else "meetings.undid"
    record(act, action.item.meeting, by=by, action=action.pk)
