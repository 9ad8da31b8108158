"""Making events and series, moving them, cancelling them."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import make_aware, make_naive
from django.utils.translation import gettext as _

from traboule.engines.calendar import Rule
from traboule.engines.calendar.daysoff import skipper
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .. import messages
from ..models import Enrolment, Event, Series, Signup
from .signups import promote, tell_those_seated

MOST_SLOTS = 60
SHORTEST_SLOT = 10


@transaction.atomic
def create_event(
    *, space: Space, by: Person, slot_minutes: int | None = None, **fields: Any
) -> Event:
    """Make one event; with ``slot_minutes``, its one-to-one slots too.

    Raises Refused, or ValidationError by field.
    """
    event = Event(space=space, slot_minutes=slot_minutes, **fields)
    if event.is_slotted:
        event.capacity = None
    event.full_clean(exclude=["space"])
    event.save()
    _cut_into_slots(event)
    record("agenda.created", event, by=by)
    return event


@transaction.atomic
def create_series(
    *,
    space: Space,
    rule: Rule,
    at: datetime.time,
    minutes: int,
    by: Person,
    skip_public: bool = True,
    skip_school: bool = False,
    is_whole: bool = False,
    slot_minutes: int | None = None,
    **fields: Any,
) -> Series:
    """Make a series and its events: each on a date of the rule, days off skipped if so wished."""
    series = Series.objects.create(
        space=space,
        title=fields["title"],
        rule=rule.as_dict(),
        skips_public_holidays=skip_public,
        skips_school_holidays=skip_school,
        is_whole=is_whole,
    )
    for rank, day in enumerate(dates_of(series), 1):
        start = make_aware(datetime.datetime.combine(day, at))
        create_event(
            space=space,
            by=by,
            series=series,
            rank=rank,
            starts_at=start,
            ends_at=_minutes_later(start, minutes),
            slot_minutes=slot_minutes,
            **fields,
        )
    return series


def dates_of(series: Series) -> list[datetime.date]:
    """The dates of a series in its place: France's days off are skipped if so wished."""
    skip = skipper(
        series.space.department_code,
        public=series.skips_public_holidays,
        school=series.skips_school_holidays,
    )
    return list(series.dates.dates(skip=skip))


@transaction.atomic
def open_event(*, event: Event, by: Person) -> None:
    """Confirm a planned event: it shows, and takes sign-ups. Repeatable."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == Event.State.OPEN:
        return
    _refuse_unless_it_may_become(event, Event.State.OPEN)
    event.state = Event.State.OPEN
    event.save(update_fields=["state", "changed_at"])
    event.slots.filter(state=Event.State.DRAFT).update(state=Event.State.OPEN)
    _seat_those_enrolled(event, by=by)
    record("agenda.opened", event, by=by)


@transaction.atomic
def open_series(*, series: Series, by: Person) -> int:
    """Confirm every planned event of a series. How many."""
    planned = list(series.events.filter(state=Event.State.DRAFT).order_by("pk"))
    for event in planned:
        open_event(event=event, by=by)
    return len(planned)


@transaction.atomic
def change_event(*, event: Event, by: Person, **fields: Any) -> Event:
    """Change what the event says; those signed up are told when its hour or place changed."""
    event, has_moved = _change(event, by, fields)
    if has_moved and event.state == Event.State.OPEN:
        for told in [event, *event.slots.open().order_by("pk")]:
            messages.changed(told)
    return event


@transaction.atomic
def change_onward(
    *, event: Event, by: Person, starts_at: datetime.datetime, ends_at: datetime.datetime,
    **fields: Any,
) -> list[Event]:  # fmt: skip
    """Change a session and those that follow it: each moves by as much, at the clock on the wall.

    Whoever comes to several of them is told once.
    """
    delay = make_naive(starts_at) - make_naive(event.starts_at)
    length = ends_at - starts_at
    following = Event.objects.filter(series=event.series, rank__gte=event.rank).upcoming()
    moved = []
    for session in following.exclude(state=Event.State.CANCELLED):
        start = make_aware(make_naive(session.starts_at) + delay)
        dates = {"starts_at": start, "ends_at": start + length}
        changed, has_moved = _change(session, by, dates | fields)
        if has_moved and changed.state == Event.State.OPEN:
            moved += [changed, *changed.slots.open().order_by("pk")]
    messages.changed_onward(moved)
    return moved


def _change(event: Event, by: Person, fields: dict[str, Any]) -> tuple[Event, bool]:
    """The event changed, and whether its hour or place is another one."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == Event.State.CANCELLED:
        raise Refused(_("Cette séance est annulée : faites-en plutôt une nouvelle."))
    before = (event.starts_at, event.ends_at, event.place_name, event.address)
    delay = fields.get("starts_at", event.starts_at) - event.starts_at
    for name, value in fields.items():
        setattr(event, name, value)
    has_moved = before != (event.starts_at, event.ends_at, event.place_name, event.address)
    if delay:
        event.moved_from = event.moved_from or before[0]
    event.revision += 1
    event.full_clean(exclude=["space", "series", "parent"])
    event.save()
    _take_slots_along(event, delay)
    record("agenda.moved" if has_moved else "agenda.changed", event, by=by)
    return event, has_moved


@transaction.atomic
def cancel_event(*, event: Event, by: Person, reason: str) -> None:
    """Call the event off and tell those concerned. Repeatable; its list is kept."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == Event.State.CANCELLED:
        return
    if event.is_over:
        raise Refused(_("Cette séance est passée : elle ne s’annule plus."))
    announced = event.state == Event.State.OPEN
    slots = list(event.slots.exclude(state=Event.State.CANCELLED).order_by("pk"))
    for one in [event, *slots]:
        one.state, one.reason = Event.State.CANCELLED, reason
        one.revision += 1
        one.save(update_fields=["state", "reason", "revision", "changed_at"])
        if announced:
            messages.cancelled(one)
    record("agenda.cancelled", event, by=by)


def _cut_into_slots(event: Event) -> None:
    """The one-to-one slots of an event: as many as fit from its start to its end."""
    if event.slot_minutes is None:
        return
    if event.slot_minutes < SHORTEST_SLOT:
        raise Refused(_("Un rendez-vous dure au moins dix minutes."))
    count = event.minutes // event.slot_minutes
    if not 1 <= count <= MOST_SLOTS:
        raise Refused(_("Cette durée ne permet pas de découper des rendez-vous."))
    for rank in range(count):
        start = _minutes_later(event.starts_at, rank * event.slot_minutes)
        Event.objects.create(
            space=event.space,
            parent=event,
            rank=rank + 1,
            kind=event.kind,
            title=event.title,
            place_name=event.place_name,
            address=event.address,
            starts_at=start,
            ends_at=_minutes_later(start, event.slot_minutes),
            capacity=1,
            is_public=event.is_public,
            state=event.state,
        )


def _take_slots_along(event: Event, delay: datetime.timedelta) -> None:
    """The slots follow their event in time and place."""
    for slot in event.slots.select_for_update().order_by("pk"):
        if delay:
            slot.moved_from = slot.moved_from or slot.starts_at
        slot.starts_at += delay
        slot.ends_at += delay
        slot.title, slot.is_public = event.title, event.is_public
        slot.place_name, slot.address, slot.reason = event.place_name, event.address, event.reason
        slot.revision += 1
        slot.save()


def _seat_those_enrolled(event: Event, *, by: Person) -> None:
    """Whoever follows the whole series comes to a session confirmed later too."""
    if event.series_id is None:
        return
    followers = Enrolment.objects.filter(series=event.series_id, series__is_whole=True)
    for enrolment in followers.exclude(state=Enrolment.State.CANCELLED).order_by("asked_at", "pk"):
        Signup.objects.get_or_create(
            event=event,
            person_id=enrolment.person_id,
            defaults={
                "enrolment": enrolment,
                "state": Signup.State.WAITING,
                "asked_at": enrolment.asked_at,
                "by": by,
            },
        )
    tell_those_seated(promote([event]))


def _refuse_unless_it_may_become(event: Event, state: Any) -> None:
    if not event.may_become(state):
        raise Refused(_("Cette séance est annulée : faites-en plutôt une nouvelle."))


def _minutes_later(start: datetime.datetime, minutes: int) -> datetime.datetime:
    return start + datetime.timedelta(minutes=minutes)
