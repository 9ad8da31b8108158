"""Preparing a meeting: its date, its agenda, and agendas that come back."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from traboule.blocks.agenda.actions.events import change_event, create_event, open_event
from traboule.blocks.agenda.models import Event, Kind
from traboule.blocks.agenda.wording import day_and_year
from traboule.blocks.documents.models import Document
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from ..models import HouseRules, Item, Meeting, MeetingModel, ModelItem, Purpose
from .locking import locked, locked_space

OPEN_MINUTES = (Meeting.State.DRAFTED, Meeting.State.AMENDING)


@transaction.atomic
def prepare(*, event: Event, by: Person, model: MeetingModel | None = None) -> Meeting:
    """Make a meeting of a date of the agenda; repeatable.

    The date is confirmed, and takes sign-ups: who comes is counted. Its agenda begins with the
    minutes that still wait to be approved, then takes the points of the model.
    """
    space = locked_space(event.space)
    if known := Meeting.objects.filter(event=event).first():
        return known
    if event.state == Event.State.CANCELLED:
        raise Refused(_("Cette date est annulée : choisissez-en une autre."))
    if event.parent_id or event.is_slotted:
        raise Refused(_("Une réunion ne se découpe pas en rendez-vous."))
    open_event(event=event, by=by)
    event.refresh_from_db()
    if not event.takes_signups or event.kind != Kind.MEETING:
        change_event(event=event, by=by, takes_signups=True, kind=Kind.MEETING)
        event.refresh_from_db()
    rules = HouseRules.of(space)
    meeting = Meeting(space=space, event=event, quorum=rules.quorum, voices_each=rules.voices_each)
    meeting.year = meeting.day.year
    meeting.number = next_number(Meeting.objects.filter(space=space, year=meeting.year))
    meeting.save()
    put_approvals_on_agenda(meeting)
    if model:
        _copy(model, meeting)
    record("meetings.prepared", meeting, by=by)
    return meeting


@transaction.atomic
def plan(*, space: Space, by: Person, model: MeetingModel | None = None, **fields: Any) -> Meeting:
    """Put a meeting in the agenda, and begin to prepare it. Raises Refused."""
    event = create_event(space=space, by=by, kind=Kind.MEETING, takes_signups=True, **fields)
    return prepare(event=event, by=by, model=model)


def next_number(numbered: Any) -> int:
    """The number after the last one given."""
    return (numbered.aggregate(last=Max("number"))["last"] or 0) + 1


def put_approvals_on_agenda(meeting: Meeting) -> None:
    """Write on the agenda the minutes of earlier meetings that nobody has approved yet."""
    waiting = Meeting.objects.filter(
        space=meeting.space_id, state__in=OPEN_MINUTES, approval_items__isnull=True,
        event__starts_at__lt=meeting.event.starts_at,
    ).select_related("event")  # fmt: skip
    for earlier in waiting.order_by("event__starts_at", "pk"):
        put_approval_on_agenda(meeting, earlier)


def put_approval_on_agenda(meeting: Meeting, earlier: Meeting) -> None:
    """Write the approval of earlier minutes first on the agenda."""
    first = meeting.items.order_by("position").values_list("position", flat=True).first()
    if first == 0:
        for item in meeting.items.order_by("position", "pk"):
            item.position += 1
            item.save(update_fields=["position"])
    Item.objects.create(
        meeting=meeting,
        position=0,
        title=_("Approbation du compte-rendu du %(day)s") % {"day": day_and_year(earlier.day)},
        duration=5,
        purpose=Purpose.DECIDE,
        approves=earlier,
    )


def _copy(model: MeetingModel, meeting: Meeting) -> None:
    after = _last_position(meeting)
    for rank, line in enumerate(model.items.order_by("position", "pk"), after + 1):
        Item.objects.create(
            meeting=meeting, position=rank, title=line.title, duration=line.duration,
            purpose=line.purpose,
        )  # fmt: skip


def _last_position(meeting: Meeting) -> int:
    last = meeting.items.aggregate(last=Max("position"))["last"]
    return -1 if last is None else last


# The agenda


@transaction.atomic
def add_item(
    *, meeting: Meeting, by: Person, documents: Iterable[Document] = (), **fields: Any
) -> Item:
    """Add a point at the end of the agenda, before the minutes are approved. Raises Refused."""
    meeting = locked(meeting)
    must_be_writable(meeting)
    item = Item(meeting=meeting, position=_last_position(meeting) + 1, **fields)
    item.full_clean(exclude=["meeting"])
    item.save()
    item.documents.set(documents)
    record("meetings.changed-agenda", meeting, by=by, added=item.pk)
    return item


@transaction.atomic
def change_item(
    *, item: Item, by: Person, documents: Iterable[Document] | None = None, **fields: Any
) -> None:
    """Say a point otherwise; its documents stay as they are unless told."""
    meeting = locked(item.meeting)
    must_be_writable(meeting)
    for name, value in fields.items():
        setattr(item, name, value)
    item.full_clean(exclude=["meeting"])
    item.save(update_fields=list(fields))
    if documents is not None:
        item.documents.set(documents)
    record("meetings.changed-agenda", meeting, by=by, changed=item.pk)


@transaction.atomic
def remove_item(*, item: Item, by: Person) -> None:
    """Take a point off the agenda; one under which something was decided stays."""
    meeting = locked(item.meeting)
    must_be_writable(meeting)
    if item.decisions.exists() or item.notes:
        raise Refused(_("Ce point a déjà son compte-rendu : il reste à l’ordre du jour."))
    record("meetings.changed-agenda", meeting, by=by, removed=item.pk)
    item.delete()


@transaction.atomic
def move_item(*, item: Item, up: bool, by: Person) -> None:
    """Put a point one place earlier or later."""
    meeting = locked(item.meeting)
    must_be_writable(meeting)
    items = list(meeting.items.order_by("position", "pk"))
    here = next(rank for rank, one in enumerate(items) if one.pk == item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    for rank, one in enumerate(items):
        if one.position != rank:
            one.position = rank
            one.save(update_fields=["position"])
    record("meetings.changed-agenda", meeting, by=by, moved=item.pk)


def must_be_writable(meeting: Meeting) -> None:
    """Refuse what would change approved minutes."""
    if meeting.is_approved:
        raise Refused(_("Ce compte-rendu est approuvé : il ne change plus."))


# Agendas that come back, and the rules of the house


@transaction.atomic
def keep_as_model(*, meeting: Meeting, title: str, by: Person) -> MeetingModel:
    """Keep a meeting's agenda for the next ones; an agenda of that name is replaced."""
    space = locked_space(meeting.space)
    lines = [
        ModelItem(position=rank, title=one.title, duration=one.duration, purpose=one.purpose)
        for rank, one in enumerate(meeting.items.filter(approves=None).order_by("position", "pk"))
    ]
    if not lines:
        raise Refused(_("Écrivez d’abord un point à l’ordre du jour."))
    model = make_model(space=space, title=title, lines=lines)
    record("meetings.kept-model", space, by=by, model=model.pk)
    return model


def make_model(*, space: Space, title: str, lines: Iterable[ModelItem]) -> MeetingModel:
    """An agenda of that name with these points and no other."""
    model, _made = MeetingModel.objects.get_or_create(space=space, title=title)
    model.items.all().delete()
    for line in lines:
        line.model = model
        line.full_clean(exclude=["model"])
        line.save()
    return model


@transaction.atomic
def remove_model(*, model: MeetingModel, by: Person) -> None:
    """Forget an agenda that comes back; the meetings made of it stay."""
    locked_space(model.space)
    record("meetings.removed-model", model.space, by=by, model=model.pk)
    model.delete()


@transaction.atomic
def change_rules(*, rules: HouseRules, by: Person) -> None:
    """Keep how the space holds its meetings; it serves for the meetings to come."""
    locked_space(rules.space)
    rules.full_clean(exclude=["space"])
    rules.save()
    record("meetings.changed-rules", rules.space, by=by)


# What was held before


@transaction.atomic
def type_past(
    *,
    space: Space,
    by: Person,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    subjects: Iterable[str],
    decisions: Iterable[str],
    summary: str,
    present: int,
    **fields: Any,
) -> Meeting:
    """Type a meeting that was held, from its paper minutes: its draft is ready to be approved."""
    # Late: writing builds on this module.
    from .writing import count_present, decide, draft, hold

    meeting = plan(space=space, by=by, starts_at=starts_at, ends_at=ends_at, **fields)
    for subject in subjects:
        add_item(meeting=meeting, by=by, title=subject)
    count_present(meeting=meeting, number=present, by=by)
    hold(meeting=meeting, by=by)
    draft(meeting=meeting, by=by)
    decided = list(decisions)
    if decided:
        item = add_item(meeting=meeting, by=by, title=_("Décisions"), purpose=Purpose.DECIDE)
        for text in decided:
            decide(item=item, text=text, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(summary=summary)
    record("meetings.typed-past", meeting, by=by)
    meeting.refresh_from_db()
    return meeting
