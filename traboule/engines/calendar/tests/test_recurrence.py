import dataclasses
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from traboule.engines.calendar import Rule
from traboule.engines.calendar.recurrence import LONGEST

TUESDAY, THURSDAY = 1, 3
STARTS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SKIPPED_NUMBERS = st.sets(st.integers(0, 10), max_size=4)


def days(*written):
    return [date.fromisoformat(day) for day in written]


@st.composite
def rules(draw, counted=None):
    """Rules whose dates all fit, even with a few left out."""
    start = draw(STARTS)
    kind = draw(st.sampled_from(["weekly", "monthly", "ranked"]))
    interval = draw(st.integers(1, 2))
    counted = draw(st.booleans()) if counted is None else counted
    end = {"until": start + timedelta(draw(st.integers(0, 180)))}
    if counted:
        end = {"count": draw(st.integers(1, 6))}
    if kind == "weekly":
        weekdays = tuple(draw(st.sets(st.integers(0, 6))))
        return Rule("weekly", start, interval=interval, weekdays=weekdays, **end)
    if kind == "monthly":
        start = start.replace(day=draw(st.integers(1, 28)))
        end = end if counted else {"until": start + timedelta(180)}
        return Rule("monthly", start, interval=interval, **end)
    nth, weekday = draw(st.sampled_from([-1, 1, 2, 3, 4])), draw(st.integers(0, 6))
    return Rule("monthly", start, interval=interval, weekdays=(weekday,), nth=nth, **end)


@given(rules(), SKIPPED_NUMBERS)
def test_dates_follow_one_another_on_the_right_days_and_none_is_a_skipped_one(rule, numbers):
    off = {day for number, day in enumerate(rule.dates()) if number in numbers}

    dates = rule.dates(skip=off.__contains__)

    assert dates == sorted(set(dates))
    assert off.isdisjoint(dates)
    assert all(rule.start <= day <= (rule.until or rule.start + LONGEST) for day in dates)
    if rule.days_of_week:
        assert {day.weekday() for day in dates} <= set(rule.days_of_week)
    else:
        assert {day.day for day in dates} <= {rule.start.day}


@given(rules(counted=True), SKIPPED_NUMBERS)
def test_nine_sessions_are_nine_sessions_whatever_is_skipped(rule, numbers):
    off = {day for number, day in enumerate(rule.dates()) if number in numbers}

    assert len(rule.dates(skip=off.__contains__)) == rule.count


@given(rules())
def test_a_rule_written_and_read_again_is_the_same(rule):
    assert Rule.from_dict(rule.as_dict()) == rule


@given(rules())
def test_a_calendar_program_finds_the_same_dates(rule):
    dates = rule.dates()
    if dates:
        read = rrulestr(rule.to_rrule(), dtstart=datetime.combine(dates[0], time(18)))

        assert [moment.date() for moment in read] == dates


def test_a_skipped_week_is_made_up_for_at_the_end():
    rule = Rule("weekly", date(2026, 10, 6), count=3)

    assert rule.dates(skip={date(2026, 10, 13)}.__contains__) == days(
        "2026-10-06", "2026-10-20", "2026-10-27"
    )


def test_every_other_week_counts_from_the_first_date():
    rule = Rule("weekly", date(2026, 12, 17), count=3, interval=2, weekdays=(TUESDAY,))

    assert rule.dates() == days("2026-12-22", "2027-01-05", "2027-01-19")


def test_the_third_thursday_until_a_day_that_is_included():
    rule = Rule("monthly", date(2026, 11, 1), until=date(2027, 1, 21), weekdays=(THURSDAY,), nth=3)

    assert rule.dates() == days("2026-11-19", "2026-12-17", "2027-01-21")


def test_a_month_without_a_fifth_thursday_has_no_date():
    rule = Rule("monthly", date(2026, 10, 1), count=3, weekdays=(THURSDAY,), nth=5)

    assert rule.dates() == days("2026-10-29", "2026-12-31", "2027-04-29")


def test_the_last_thursday_is_the_fourth_or_the_fifth():
    rule = Rule("monthly", date(2026, 11, 1), count=2, weekdays=(THURSDAY,), nth=-1)

    assert rule.dates() == days("2026-11-26", "2026-12-31")


def test_a_month_without_a_thirty_first_has_no_date():
    assert Rule("monthly", date(2026, 12, 31), count=3).dates() == days(
        "2026-12-31", "2027-01-31", "2027-03-31"
    )


def test_february_29_comes_back_on_the_29th_of_other_months():
    assert Rule("monthly", date(2028, 2, 29), count=2).dates() == days("2028-02-29", "2028-03-29")


def test_weeks_run_through_february_29():
    assert Rule("weekly", date(2028, 2, 22), count=3).dates() == days(
        "2028-02-22", "2028-02-29", "2028-03-07"
    )


def test_a_single_date_is_kept_even_on_a_day_off():
    assert Rule("once", date(2026, 7, 14)).dates(skip=lambda day: True) == [date(2026, 7, 14)]


def test_an_end_may_leave_no_date():
    rule = Rule("weekly", date(2026, 10, 7), until=date(2026, 10, 9), weekdays=(TUESDAY,))

    assert rule.dates() == []
    with pytest.raises(ValueError, match="aucune date"):
        rule.to_rrule()


@pytest.mark.parametrize(
    ("rule", "skip", "message"),
    [
        (Rule("weekly", date(2026, 1, 1), count=200), None, "157 dates sur 200"),
        (Rule("weekly", date(2026, 1, 1), count=9), lambda day: True, "0 dates sur 9"),
        (
            Rule("weekly", date(2026, 1, 1), until=date(2028, 1, 1), weekdays=tuple(range(7))),
            None,
            "plus de 200 dates",
        ),
    ],
)
def test_dates_that_would_never_end_are_refused(rule, skip, message):
    with pytest.raises(ValueError, match=message):
        rule.dates(skip=skip)


WEEKLY = {"frequency": "weekly", "start": "2026-10-06", "count": 9}
MONTHLY = WEEKLY | {"frequency": "monthly"}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (WEEKLY | {"wekdays": [1]}, "ne connaît pas « wekdays »"),
        (WEEKLY | {"frequency": "daily"}, "La fréquence est"),
        ({"start": "2026-10-06", "count": 9}, "La fréquence est"),
        ({"frequency": "weekly", "count": 9}, "sans heure"),
        (WEEKLY | {"start": "le 6 octobre"}, "« le 6 octobre » n’est pas une date"),
        (WEEKLY | {"count": "9"}, "entiers"),
        (WEEKLY | {"count": True}, "entiers"),
        (WEEKLY | {"count": 0}, "de 1 à 200"),
        (WEEKLY | {"count": 201}, "de 1 à 200"),
        (WEEKLY | {"count": None}, "soit le nombre"),
        (WEEKLY | {"until": "2026-12-01"}, "soit le nombre"),
        (WEEKLY | {"count": None, "until": "2026-10-05"}, "La dernière date"),
        (WEEKLY | {"count": None, "until": "2030-01-01"}, "La dernière date"),
        (WEEKLY | {"interval": 0}, "intervalle"),
        (WEEKLY | {"weekdays": [7]}, "jours de la semaine vont"),
        (WEEKLY | {"weekdays": 1}, "une liste"),
        (WEEKLY | {"nth": 3}, "règle mensuelle"),
        (MONTHLY | {"weekdays": [1]}, "un seul jour de la semaine, avec son rang"),
        (MONTHLY | {"weekdays": [1, 3], "nth": 1}, "un seul jour de la semaine, avec son rang"),
        (MONTHLY | {"nth": 6}, "de 1 à 5"),
        (WEEKLY | {"frequency": "once"}, "ne se répète pas"),
        ({"frequency": "once", "start": "2026-10-06", "interval": 2}, "ne se répète pas"),
    ],
)
def test_a_rule_that_contradicts_itself_says_why(written, message):
    with pytest.raises(ValueError, match=message):
        Rule.from_dict(written)


def test_a_time_of_day_is_no_day():
    with pytest.raises(ValueError, match="sans heure"):
        Rule("once", datetime(2026, 10, 6, 18))  # noqa: DTZ001


def test_a_rule_does_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Rule("once", date(2026, 10, 6)).start = date(2026, 10, 7)


START = date(2026, 10, 6)
JUNE = date(2027, 6, 18)


@pytest.mark.parametrize(
    ("rule", "french", "english"),
    [
        (Rule("once", START), "le mardi 6 octobre 2026", "on Tuesday 6 October 2026"),
        (Rule("weekly", START, count=9), "tous les mardis, 9 fois", "every Tuesday, 9 times"),
        (
            Rule("weekly", START, until=date(2027, 6, 1), weekdays=(3, 1, 0)),
            "tous les lundis, mardis et jeudis, jusqu’au 1er juin 2027",
            "every Monday, Tuesday and Thursday, until 1 June 2027",
        ),
        (
            Rule("weekly", START, count=1, interval=2),
            "tous les mardis, une semaine sur deux, une fois",
            "every Tuesday, one week in two, once",
        ),
        (
            Rule("monthly", START, until=JUNE, weekdays=(3,), nth=3),
            "le troisième jeudi du mois, jusqu’au 18 juin 2027",
            "the third Thursday of the month, until 18 June 2027",
        ),
        (
            Rule("monthly", START, count=4, interval=3, nth=-1),
            "le dernier mardi du mois, un mois sur trois, 4 fois",
            "the last Tuesday of the month, one month in three, 4 times",
        ),
        (
            Rule("monthly", date(2026, 10, 1), count=4),
            "le 1er du mois, 4 fois",
            "day 1 of the month, 4 times",
        ),
    ],
)
def test_a_rule_is_said_in_words(rule, french, english):
    assert rule.to_text() == french
    assert rule.to_text("en-gb") == english


@pytest.mark.parametrize(
    ("rule", "ical"),
    [
        (Rule("once", START), "FREQ=DAILY;COUNT=1"),
        (
            Rule("weekly", START, count=9, interval=2, weekdays=(1, 3)),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=9",
        ),
        (Rule("monthly", START, until=JUNE, nth=-1), "FREQ=MONTHLY;BYDAY=-1TU;COUNT=8"),
        (Rule("monthly", START, count=2), "FREQ=MONTHLY;COUNT=2"),
    ],
)
def test_a_rule_is_written_for_calendar_programs(rule, ical):
    assert rule.to_rrule() == ical
