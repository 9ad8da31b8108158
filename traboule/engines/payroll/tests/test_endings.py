import datetime
from decimal import Decimal

import pytest

from traboule.engines.payroll import endings

FIRST = datetime.date(2025, 1, 15)


@pytest.mark.parametrize(
    ("until", "months"),
    [
        (datetime.date(2025, 2, 13), 0), (datetime.date(2025, 2, 14), 1),
        (datetime.date(2026, 1, 14), 12),
    ],
)  # fmt: skip
def test_seniority_is_in_whole_months_both_days_worked(until, months):
    assert endings.seniority(FIRST, until) == months


@pytest.mark.parametrize(
    ("months", "last_day"),
    [
        (5, datetime.date(2025, 1, 21)), (6, datetime.date(2025, 2, 14)),
        (24, datetime.date(2025, 3, 14)),
    ],
)  # fmt: skip
def test_notice_is_a_week_a_month_or_two(months, last_day):
    assert endings.notice_ends(FIRST, months) == last_day


def test_severance_is_a_quarter_of_a_month_a_year_then_a_third_beyond_ten():
    wage = Decimal(1200)

    assert endings.severance(wage, 12) == 300
    assert endings.severance(wage, 18) == 450
    assert endings.severance(wage, 120) == 3000
    assert endings.severance(wage, 132) == 3400
    assert not endings.has_severance(7)
    assert endings.has_severance(8)


def test_the_mean_wage_is_the_better_of_a_year_and_a_quarter():
    lower = [Decimal(100)] * 9 + [Decimal(200)] * 3

    assert endings.mean_wage(lower) == 200
    assert endings.mean_wage(lower[::-1]) == 125
    assert endings.mean_wage([]) == 0
    assert endings.mean_wage([Decimal(50)]) == 50


def test_the_end_of_a_fixed_term_is_a_tenth_of_all_that_it_paid():
    assert endings.of_fixed_term(Decimal("123.45")) == Decimal("12.35")
