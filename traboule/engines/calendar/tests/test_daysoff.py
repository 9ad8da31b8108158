import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest

from traboule.engines.calendar import Rule, daysoff


@pytest.mark.parametrize(
    ("day", "department", "name"),
    [
        ("2026-11-11", "69", "Armistice"),
        ("2027-01-01", "", "Jour de l’an"),
        ("2027-05-06", "2A", "Ascension"),
        ("2027-03-29", "nowhere", "Lundi de Pâques"),
        ("2026-12-26", "57", "Saint-Étienne"),
        ("2026-12-26", "67", "Saint-Étienne"),
        ("2027-03-26", "68", "Vendredi saint"),
        ("2026-12-26", "69", None),
        ("2027-05-27", "971", "Abolition de l’esclavage"),
        ("2027-05-22", "972", "Abolition de l’esclavage"),
        ("2027-06-10", "973", "Abolition de l’esclavage"),
        ("2026-12-20", "974", "Abolition de l’esclavage"),
        ("2027-04-27", "976", "Abolition de l’esclavage"),
        ("2026-12-20", "69", None),
    ],
)
def test_public_holidays_are_those_of_the_department(day, department, name):
    assert daysoff.public_holiday(date.fromisoformat(day), department) == name


@pytest.mark.parametrize(
    ("department", "name", "first", "last"),
    [
        ("69", "Vacances de la Toussaint", "2026-10-17", "2026-11-01"),
        ("33", "Vacances de Noël", "2026-12-19", "2027-01-03"),
        ("69", "Vacances d’hiver", "2027-02-13", "2027-02-28"),
        ("13", "Vacances d’hiver", "2027-02-20", "2027-03-07"),
        ("75", "Vacances d’hiver", "2027-02-06", "2027-02-21"),
        ("69", "Vacances de printemps", "2027-04-10", "2027-04-25"),
        ("69", "Vacances d’été", "2027-07-03", "2027-08-31"),
    ],
)
def test_school_holidays_last_from_departure_to_the_eve_of_the_return(
    department, name, first, last
):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    day = timedelta(days=1)
    around = [first - day, first, last, last + day]

    assert [daysoff.school_holiday(moment, department) for moment in around] == [
        None,
        name,
        name,
        None,
    ]


@pytest.mark.parametrize("department", ["2A", "2B", "974", "nowhere", ""])
def test_school_holidays_of_corsica_and_overseas_are_not_known(department):
    assert daysoff.school_holiday(date(2026, 12, 25), department) is None


def test_every_department_has_its_zone():
    codes = [f"{number:02}" for number in range(1, 96) if number != 20] + ["2A", "2B"]

    zones = Counter(daysoff.zone_of(code) for code in codes)

    assert zones == {"A": 32, "B": 41, "C": 21, "Corse": 2}
    assert [daysoff.zone_of(code) for code in ("69", "59", "31", "2B", "974", "20")] == [
        "A",
        "B",
        "C",
        "Corse",
        None,
        None,
    ]


def test_holidays_are_known_to_the_end_of_a_school_year():
    until = daysoff.known_until()

    assert until >= date(2028, 8, 31)
    assert daysoff.school_holiday(until, "69") == "Vacances d’été"
    assert daysoff.school_holiday(until + timedelta(days=60), "69") is None


def test_a_workshop_leaves_out_the_days_off_of_its_place():
    rule = Rule("weekly", date(2026, 10, 14), count=3)  # Wednesdays; 11 November is one.

    assert rule.dates(skip=daysoff.skipper("69")) == [
        date(2026, 10, 14),
        date(2026, 11, 4),
        date(2026, 11, 18),
    ]
    assert rule.dates(skip=daysoff.skipper("69", public=False))[-1] == date(2026, 11, 11)
    assert rule.dates(skip=daysoff.skipper("69", school=False))[-1] == date(2026, 10, 28)


def test_the_year_end_is_crossed_without_christmas():
    rule = Rule("weekly", date(2026, 12, 15), count=2)

    assert rule.dates(skip=daysoff.skipper("69")) == [date(2026, 12, 15), date(2027, 1, 5)]


def test_importing_costs_nothing_until_someone_asks():
    heavy = "{'dateutil', 'holidays', 'vacances_scolaires_france', 'django'}"
    code = (
        "import sys; from traboule.engines.calendar import Rule, daysoff; "
        f"print({heavy} & set(sys.modules))"
    )

    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
