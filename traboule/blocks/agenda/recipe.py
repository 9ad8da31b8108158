"""What a recipe may say to the agenda: first events, told by weeks from the start."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal, Self

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime, make_aware
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from traboule.engines.calendar import Rule
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .actions import events as acts
from .models import Event, Kind

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
A_MONDAY = datetime.date(2026, 1, 5)
_ALWAYS_SAID = {"title", "weekday", "at", "minutes"}
_strict = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True, config=_strict)
class Repeat:
    """How the event comes back: every week, or the nth such day of the month."""

    frequency: Literal["weekly", "monthly"]
    count: Annotated[int, Field(ge=2, le=60)]
    interval: Annotated[int, Field(ge=1, le=12)] = 1
    nth: Annotated[int, Field(ge=-1, le=5)] = 0

    @model_validator(mode="after")
    def _makes_dates(self) -> Self:
        """What the calendar refuses on the day is refused when the recipe is read."""
        Rule(self.frequency, A_MONDAY, self.count, None, self.interval, (0,), self.nth).dates()
        return self


@dataclass(frozen=True, kw_only=True, config=_strict)
class Slots:
    """One-to-one help: how long each appointment lasts, in minutes."""

    minutes: Annotated[int, Field(ge=10, le=240)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class FirstEvent:
    """An event of the start: ``week`` 0 is the first; ``minutes`` is how long it lasts."""

    kind: Kind = Kind.WORKSHOP
    title: Annotated[str, Field(min_length=1, max_length=120)]
    description: Annotated[str, Field(max_length=4000)] = ""
    place: Annotated[str, Field(max_length=200)] = ""
    week: Annotated[int, Field(ge=0, le=52)] = 0
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    minutes: Annotated[int, Field(ge=10, le=24 * 60)]
    capacity: Annotated[int, Field(ge=1, le=5000)] | None = None
    repeat: Repeat | None = None
    slots: Slots | None = None
    signup: bool = True
    """Whether one signs up; else anyone comes."""
    skip_holidays: bool = False
    series_signup: bool = False

    def first_day(self, start: datetime.date) -> datetime.date:
        """Its date when the space starts that day."""
        ahead = (DAYS.index(self.weekday) - start.weekday()) % 7
        return start + datetime.timedelta(days=ahead + 7 * self.week)

    def rule(self, start: datetime.date) -> Rule:
        """The dates of an event that comes back."""
        assert self.repeat  # noqa: S101 (asked of events that come back only)
        return Rule(
            frequency=self.repeat.frequency,
            start=self.first_day(start),
            count=self.repeat.count,
            until=None,
            interval=self.repeat.interval,
            weekdays=(DAYS.index(self.weekday),),
            nth=self.repeat.nth,
        )


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """The agenda's part of a recipe."""

    events: tuple[FirstEvent, ...] = ()


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Plan the first events: their dates are to be confirmed before anybody sees them."""
    for first in data.events:
        common: dict[str, Any] = {
            "kind": first.kind,
            "title": first.title,
            "description": first.description,
            "place_name": first.place,
            "capacity": first.capacity,
            "slot_minutes": first.slots.minutes if first.slots else None,
            "takes_signups": first.signup,
            "state": Event.State.DRAFT,
        }
        at = datetime.time.fromisoformat(first.at)
        if first.repeat:
            acts.create_series(
                space=space,
                rule=first.rule(space.starts_on),
                at=at,
                minutes=first.minutes,
                skip_school=first.skip_holidays,
                is_whole=first.series_signup,
                by=by,
                **common,
            )
        else:
            start = make_aware(datetime.datetime.combine(first.first_day(space.starts_on), at))
            end = start + datetime.timedelta(minutes=first.minutes)
            acts.create_event(space=space, by=by, starts_at=start, ends_at=end, **common)


def announce(data: Seed, *, start: datetime.date) -> list[str]:
    """What seeding would plan, in words."""
    return [
        _("%(title)s : %(dates)s à %(at)s")
        % {
            "title": first.title,
            "dates": _dates(first, start),
            "at": first.at.replace(":", " h ").removesuffix(" 00"),
        }
        for first in data.events
    ]


def _dates(first: FirstEvent, start: datetime.date) -> str:
    """Its day, or how it comes back and from when."""
    day = date_format(first.first_day(start), "l j F Y")
    if not first.repeat:
        return day
    rule = first.rule(start)
    return _("%(rule)s, à partir du %(day)s") % {
        "rule": rule.to_text(get_language() or "fr"),
        "day": date_format(rule.dates()[0], "l j F Y"),
    }


def export(space: Space) -> dict[str, Any]:
    """The table that plans the same events again; nothing of the people who came."""
    found = [(one.events.order_by("rank").first(), one) for one in space.series.order_by("pk")]
    alone = space.events.gatherings().filter(series__isnull=True).order_by("pk")
    firsts = [(event, series) for event, series in found if event] + [(e, None) for e in alone]
    firsts.sort(key=lambda pair: pair[0].pk)
    return {"events": [_table(event, series, space) for event, series in firsts]}


def _table(event: Event, series: Any, space: Space) -> dict[str, Any]:
    """One event as a recipe says it; what has its usual value is left out."""
    start = localtime(event.moved_from or event.starts_at)
    day = series.dates.start if series else start.date()
    first = FirstEvent(
        kind=Kind(event.kind),
        title=event.title,
        description=event.description,
        place=event.place_name,
        week=max(0, (day - space.starts_on).days // 7),
        weekday=DAYS[day.weekday()],  # type: ignore[arg-type]
        at=f"{start:%H:%M}",
        minutes=event.minutes,
        capacity=None if event.is_slotted else event.capacity,
        repeat=_repeat(series),
        slots=Slots(minutes=event.slot_minutes) if event.slot_minutes else None,
        signup=event.takes_signups,
        skip_holidays=bool(series and series.skips_school_holidays),
        series_signup=bool(series and series.is_whole),
    )
    usual = FirstEvent(title="-", weekday="monday", at="00:00", minutes=10)
    said = asdict(first)
    return {
        key: value
        for key, value in said.items()
        if key in _ALWAYS_SAID or value != getattr(usual, key)
    }


def _repeat(series: Any) -> Repeat | None:
    if series is None:
        return None
    rule = series.dates
    return Repeat(frequency=rule.frequency, count=rule.count, interval=rule.interval, nth=rule.nth)
