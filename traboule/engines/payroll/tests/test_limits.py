"""What is too much, too late or too young, and what holds for whatever hours somebody works."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.engines.payroll.limits import Code, Work, breaches, table
from traboule.engines.payroll.rates import OutsideTable

MONDAY = date(2026, 6, 1)
OF_17, OF_40 = date(2009, 3, 1), date(1986, 3, 1)


def on(day, hours, begin=None, **values):
    """Some hours so many days after a Monday."""
    begin = None if begin is None else time(begin)
    return Work(MONDAY + timedelta(days=day), Decimal(str(hours)), begin, **values)


def codes(works, born=OF_40, **values):
    return [one.code.value for one in breaches(works, born, **values)]


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        ([on(0, 8, 9, pause=Decimal(1))], []),
        ([on(0, "8.5", 9, pause=Decimal(1))], ["minor_day"]),
        ([on(0, 4, 8), on(0, "4.5", 13)], ["minor_day"]),
        ([on(day, 4) for day in range(5)], []),
        ([on(day, 4) for day in range(5)] * 2, ["minor_week"]),
        ([on(0, 5, 9)], ["minor_pause"]), ([on(0, 5, 9, pause=Decimal("0.5"))], []),
        ([on(0, 2, 20)], []), ([on(0, 3, 20)], ["minor_night"]), ([on(0, 2, 5)], ["minor_night"]),
        ([on(0, 3, 18), on(1, 3, 8)], ["minor_daily_rest"]), ([on(0, 3, 18), on(1, 3, 9)], []),
        ([on(6, 2)], ["minor_sunday"]), ([on(0, 2)], []),
        ([on(0, 2, tasks=frozenset({"trees", "mowing"}))], ["minor_task"]),
    ],
)  # fmt: skip
def test_between_16_and_18_one_works_little_by_day_and_safely(works, expected):
    assert codes(works, OF_17) == expected


def test_a_holiday_is_not_worked_before_18():
    assert codes([on(0, 2)], OF_17, holidays={MONDAY}) == ["minor_holiday"]
    assert codes([on(0, 2)], OF_40, holidays={MONDAY}) == []


def test_under_16_nothing_else_is_said():
    works = [on(0, 9), on(1, 2)]  # The second day is a birthday.

    found = breaches(works, date(2010, 6, 2))

    assert [(one.code, one.day, one.found) for one in found] == [(Code.TOO_YOUNG, MONDAY, 15)]


@pytest.mark.parametrize(
    ("works", "is_regular", "expected"),
    [
        ([on(day, 10) for day in range(4)], False, []),
        ([on(0, "10.5")], False, ["day"]),
        ([on(day, 8) for day in range(6)], False, []),
        ([on(day, "8.2") for day in range(6)], False, ["irregular_week"]),
        ([on(day, "8.2") for day in range(6)], True, []),
        ([on(day, "8.5") for day in range(6)], True, ["week"]),
        ([on(0, 3, 18), on(1, 3, 8)], False, []),
        ([on(0, 4, 18), on(1, 3, 8)], False, ["daily_rest"]),
        ([on(day, 2, 9) for day in range(7)], False, ["weekly_rest"]),
        ([on(day, 2, 9) for day in range(6)], False, []),
        ([on(day, 2) for day in range(7)], False, []),
    ],
)
def test_an_adult_rests_each_day_and_each_week(works, is_regular, expected):
    assert codes(works, is_regular=is_regular) == expected


def test_a_rest_may_lie_between_two_weeks():
    # From Saturday 21:00 to Monday 8:00: 35 hours.
    week = [on(day, 2, 9) for day in range(5)]

    assert codes([*week, on(5, 3, 18), on(7, 2, 8)]) == []
    assert codes([*week, on(5, 4, 18), on(7, 2, 8)]) == ["weekly_rest"]


def test_twelve_weeks_may_not_pass_48_hours_on_average():
    works = [on(7 * week + day, 10) for week in range(12) for day in range(5)]

    assert codes(works[:-5], is_regular=True) == []
    assert codes(works, is_regular=True) == ["average"]


def test_what_holds_by_caution_or_by_consent_is_no_refusal():
    (day,) = breaches([on(0, 11)], OF_40)
    (rest,) = breaches([on(each, 1, 9) for each in range(7)], OF_40)

    assert (day.is_firm, day.limit, "prudence" in day.doubt) == (False, 10, True)
    assert (rest.is_firm, "accord écrit" in rest.waiver) == (False, True)
    assert breaches([on(0, 1)], date(2012, 1, 1))[0].is_firm


def test_every_limit_has_its_source_and_every_code_its_limit():
    assert all(one["source"] for one in table()["limit"])
    assert {code.value for code in Code} <= {one["code"] for one in table()["limit"]}


def test_a_month_outside_the_table_is_refused():
    with pytest.raises(OutsideTable, match="2027-01"):
        breaches([Work(date(2027, 1, 4), Decimal(1))], OF_40)


TIMES = st.builds(
    on,
    st.integers(0, 20),
    st.decimals("0.25", 12, places=2),
    st.integers(0, 23),
    tasks=st.sampled_from([frozenset(), frozenset({"trees"})]),
)
PLANS = st.lists(TIMES, max_size=12)
ADULTS = ["day", "week", "irregular_week", "average", "daily_rest", "weekly_rest"]


def kinds(works, born):
    return {(one.code.value.removeprefix("minor_"), one.day) for one in breaches(works, born)}


@given(works=PLANS, more=TIMES)
def test_one_more_job_never_makes_anything_right(works, more):
    for born in (OF_17, OF_40):
        assert kinds(works, born) <= kinds([*works, more], born)


@given(works=PLANS)
def test_what_is_right_at_17_is_right_at_40(works):
    if not breaches(works, OF_17):
        assert breaches(works, OF_40) == []


@given(works=st.lists(TIMES, min_size=1, max_size=6), seed=st.randoms())
def test_order_does_not_matter(works, seed):
    mixed = list(works)
    seed.shuffle(mixed)

    assert breaches(mixed, OF_17) == breaches(works, OF_17)


@given(works=PLANS)
def test_nobody_under_16_works(works):
    assert codes(works, date(2012, 1, 1)) == ["too_young"][: len(works)]
