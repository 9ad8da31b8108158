"""How much, how late and at what age one may work in private households, all of them together.

Each figure stands in ``limits.toml``, dated, with its source; what was not read at its source, or
holds by caution only, says so, so that the application warns where it may not refuse.
"""

import tomllib
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from .cases import ZERO
from .rates import OutsideTable

TABLE = Path(__file__).parent / "limits.toml"
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
SUNDAY = 6


class Code(StrEnum):
    """What may be wrong; the application puts it in words."""

    TOO_YOUNG = "too_young"
    MINOR_WEEK = "minor_week"
    MINOR_DAY = "minor_day"
    MINOR_PAUSE = "minor_pause"
    MINOR_NIGHT = "minor_night"
    MINOR_SUNDAY = "minor_sunday"
    MINOR_HOLIDAY = "minor_holiday"
    MINOR_DAILY_REST = "minor_daily_rest"
    MINOR_WEEKLY_REST = "minor_weekly_rest"
    MINOR_TASK = "minor_task"
    DAY = "day"
    WEEK = "week"
    IRREGULAR_WEEK = "irregular_week"
    AVERAGE = "average"
    DAILY_REST = "daily_rest"
    WEEKLY_REST = "weekly_rest"


@dataclass(frozen=True)
class Work:
    """Some hours on a day, in any household; without ``begin``, nobody knows when."""

    day: date
    hours: Decimal
    begin: time | None = None
    pause: Decimal = ZERO
    tasks: frozenset[str] = frozenset()

    @cached_property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when, pause included."""
        if self.begin is None:
            return None
        begun = datetime.combine(self.day, self.begin)
        return begun, begun + float(self.hours + self.pause) * HOUR


@dataclass(frozen=True)
class Breach:
    """What is wrong, on which day (the Monday of a week), how much it is, and how much it may be.

    ``doubt`` and ``waiver`` say why one may be warned rather than refused.
    """

    code: Code
    day: date
    found: Decimal
    limit: Decimal
    doubt: str = ""
    waiver: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether nothing allows it."""
        return not (self.doubt or self.waiver)


@dataclass(frozen=True)
class Limits:
    """The figures of a month, what is said of each, and what is asked of nobody under age."""

    figures: dict[str, Decimal]
    notes: dict[str, dict[str, str]]
    tasks: frozenset[str]

    def __getitem__(self, name: str) -> Decimal:
        return self.figures[name]

    def breach(self, code: Code, day: date, found: Decimal) -> Breach:
        """What is wrong, with the limit that it passes and what is said of that limit."""
        return Breach(code, day, found, self[code], **self.notes[code])


@cache
def table() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(TABLE.read_text())


@cache
def limits_of(month: str) -> Limits:
    """The figures of a month, written « 2026-07 ». Raises OutsideTable."""
    known = table()
    if not known["first"] <= month <= known["last"]:
        raise OutsideTable(
            f"Le mois {month} n’est pas dans la table, qui va de {known['first']} à "
            f"{known['last']} : aucune limite n’est devinée."
        )
    figures, notes = {}, {}
    for one in known["limit"]:
        values = one["values"]
        figures[one["code"]] = Decimal(values[max(since for since in values if since <= month)])
        notes[one["code"]] = {name: one[name] for name in ("doubt", "waiver") if name in one}
    return Limits(figures, notes, frozenset(known["minor_tasks"]))


def breaches(
    works: Iterable[Work],
    born: date,
    *,
    holidays: Container[date] = (),
    is_regular: bool = False,
) -> list[Breach]:
    """All that is wrong with the hours of somebody, by day; nothing is said of what is unknown.

    Nights and rests are judged where times are known, averages over the weeks that are given; a
    rest between two weeks counts for the one where half of it lies. Raises OutsideTable.
    """
    works = sorted(works, key=lambda work: (work.day, work.begin or time.min))
    found = [*_of_ages(works, born)]
    allowed = [work for work in works if _age(born, work.day) >= _limits(work.day)["too_young"]]
    for day, of_day in groupby(allowed, key=lambda work: work.day):
        found += _of_day(day, list(of_day), is_minor=_is_minor(born, day), holidays=holidays)
    found += _of_rests(allowed, born)
    weeks = _weeks(allowed)
    for monday, of_week in weeks.items():
        is_minor = _is_minor(born, of_week[0].day)
        found += _of_week(monday, of_week, is_minor=is_minor, is_regular=is_regular)
        found += _of_weekly_rest(monday, of_week, allowed, is_minor=is_minor)
    found += _of_averages(weeks)
    return sorted(found, key=lambda one: (one.day, one.code, one.found))


def _of_ages(works: Sequence[Work], born: date) -> Iterator[Breach]:
    for work in works:
        age, limits = _age(born, work.day), _limits(work.day)
        if age < limits["too_young"]:
            yield limits.breach(Code.TOO_YOUNG, work.day, Decimal(age))
            return


def _of_day(
    day: date, works: Sequence[Work], *, is_minor: bool, holidays: Container[date]
) -> Iterator[Breach]:
    limits, hours = _limits(day), sum((work.hours for work in works), ZERO)
    longest = Code.MINOR_DAY if is_minor else Code.DAY
    if hours > limits[longest]:
        yield limits.breach(longest, day, hours)
    if not is_minor:
        return
    if day.weekday() == SUNDAY:
        yield limits.breach(Code.MINOR_SUNDAY, day, hours)
    if day in holidays:
        yield limits.breach(Code.MINOR_HOLIDAY, day, hours)
    for work in works:
        if work.hours > limits["minor_stretch"] and work.pause < limits["minor_pause"]:
            yield limits.breach(Code.MINOR_PAUSE, day, work.pause)
        if forbidden := work.tasks & limits.tasks:
            yield limits.breach(Code.MINOR_TASK, day, Decimal(len(forbidden)))
        if work.span and (night := _at_night(*work.span, limits)):
            yield limits.breach(Code.MINOR_NIGHT, day, night)


def _at_night(begun: datetime, ended: datetime, limits: Limits) -> Decimal:
    """How many hours lie between the evening and the morning, the night before and after."""
    midnight = datetime.combine(begun.date(), time.min)
    hours = 0.0
    for eve in (midnight - DAY, midnight, midnight + DAY):
        dark = eve + float(limits["minor_evening"]) * HOUR
        light = eve + DAY + float(limits["minor_morning"]) * HOUR
        hours += max(timedelta(0), min(ended, light) - max(begun, dark)) / HOUR
    return _hours(hours)


def _of_rests(works: Sequence[Work], born: date) -> Iterator[Breach]:
    """Between the end of a day and the beginning of the next one that is worked."""
    days = [
        (day, [work.span for work in of_day])
        for day, of_day in groupby(works, key=lambda work: work.day)
    ]
    for (_, before), (day, after) in pairwise(days):
        if None in before or None in after:
            continue
        rest = min(span[0] for span in after if span) - max(span[1] for span in before if span)
        code = Code.MINOR_DAILY_REST if _is_minor(born, day) else Code.DAILY_REST
        if (hours := _hours(rest / HOUR)) < _limits(day)[code]:
            yield _limits(day).breach(code, day, hours)


def _of_week(
    monday: date, works: Sequence[Work], *, is_minor: bool, is_regular: bool
) -> Iterator[Breach]:
    limits, hours = _limits(works[0].day), sum((work.hours for work in works), ZERO)
    code = Code.MINOR_WEEK if is_minor else Code.WEEK if is_regular else Code.IRREGULAR_WEEK
    if hours > limits[code]:
        yield limits.breach(code, monday, hours)


def _of_weekly_rest(
    monday: date, of_week: Sequence[Work], works: Sequence[Work], *, is_minor: bool
) -> Iterator[Breach]:
    around = [work for work in works if monday - WEEK <= work.day < monday + 2 * WEEK]
    spans = sorted(work.span for work in around if work.span)
    if len(spans) < len(around):
        return
    limits = _limits(of_week[0].day)
    code = Code.MINOR_WEEKLY_REST if is_minor else Code.WEEKLY_REST
    half = float(limits[code] / 2) * HOUR
    begins = datetime.combine(monday, time.min)
    edge, end = begins - half, begins + WEEK + half
    longest = timedelta(0)
    for begun, ended in [*spans, (end, end)]:
        longest = max(longest, min(begun, end) - edge)
        edge = max(edge, ended)
    if (hours := _hours(longest / HOUR)) < limits[code]:
        yield limits.breach(code, monday, hours)


def _of_averages(weeks: dict[date, list[Work]]) -> Iterator[Breach]:
    """Over each run of weeks that ends with one that is worked."""
    totals = {
        monday: sum((work.hours for work in of_week), ZERO) for monday, of_week in weeks.items()
    }
    for monday, of_week in weeks.items():
        limits = _limits(of_week[0].day)
        count = int(limits["average_weeks"])
        run = sum((totals.get(monday - back * WEEK, ZERO) for back in range(count)), ZERO)
        if run > count * limits["average"]:
            yield limits.breach(Code.AVERAGE, monday, run / count)


def _weeks(works: Sequence[Work]) -> dict[date, list[Work]]:
    weeks: dict[date, list[Work]] = {}
    for work in works:
        weeks.setdefault(work.day - work.day.weekday() * DAY, []).append(work)
    return weeks


def _limits(day: date) -> Limits:
    return limits_of(f"{day:%Y-%m}")


def _is_minor(born: date, day: date) -> bool:
    return _age(born, day) < _limits(day)["of_age"]


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _hours(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))
