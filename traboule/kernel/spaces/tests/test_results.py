import csv
import datetime
import io
from itertools import product

import pytest
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.kernel.people.consents import record_answer
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import results
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.results import age_band, periods, protected

from .conftest import COUNTED
from .factories import make_participant, make_space

SMALL = 5


@pytest.fixture
def counting(space, trial_block):
    """A space that follows how many people take part."""
    type(space).objects.update(indicator_keys=["essai.people", "gone.since"])
    space.refresh_from_db()
    return space


def test_a_space_measures_what_it_follows(counting, nadia):
    (measured,) = results.measure(counting)

    assert measured.indicator is COUNTED
    assert (measured.value, measured.number, measured.unit) == (1, "1", "personne")
    assert measured.when == "depuis le début"


def test_a_figure_says_how_it_is_counted_on_the_page_and_the_sheet(client, counting, nadia):
    page = client.get(counting.get_absolute_url()).content.decode()
    sheet = results.draw_on_sheet(RequestFactory().get("/"), counting.initiative)

    for html in (page, sheet):
        assert "Mesuré ici" in html
        assert "Comment est-ce compté" in html
        assert "Chaque personne compte une fois." in html


def test_a_sheet_without_a_space_shows_no_measure(db):
    from traboule.kernel.initiatives.tests.factories import make_initiative

    assert results.draw_on_sheet(RequestFactory().get("/"), make_initiative()) == ""


def test_who_coordinates_chooses_what_is_followed(client, counting, awa):
    client.force_login(awa)
    counting.blocks.create(key="essai")
    address = reverse("spaces:choose-results", args=[counting.slug])

    assert "personnes présentes" in client.get(address).content.decode()
    client.post(address, {})

    counting.refresh_from_db()
    assert counting.indicator_keys == []


def test_periods_are_school_years_calendar_years_and_months():
    space = make_unsaved(starts_on=datetime.date(2025, 11, 3))

    found = periods(space, datetime.date(2026, 2, 10))

    assert [(one.key, one.label) for one in found] == [
        ("tout", "Depuis le début"),
        ("scolaire-2025", "Année scolaire 2025-2026"),
        ("annee-2026", "Année 2026"),
        ("annee-2025", "Année 2025"),
        ("mois-2026-02", "Février 2026"),
        ("mois-2026-01", "Janvier 2026"),
        ("mois-2025-12", "Décembre 2025"),
        ("mois-2025-11", "Novembre 2025"),
    ]
    assert found[1].period == Period(
        start=datetime.date(2025, 9, 1), end=datetime.date(2026, 8, 31)
    )
    assert found[4].period.end == datetime.date(2026, 2, 28)


def make_unsaved(**fields):
    from traboule.kernel.spaces.models import Space

    return Space(**fields)


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [
        (None, "inconnu"),
        (2015, "00 à 11 ans"),
        (2014, "12 à 17 ans"),
        (2000, "26 à 39 ans"),
        (1966, "60 ans et plus"),
        (2030, "inconnu"),
    ],
)
def test_ages_go_by_bands(birth_year, band):
    assert age_band(birth_year, 2026) == band


def shown(counts):
    cells = protected(counts)
    return cells and {cell.label: cell.text for cell in cells}


def test_small_groups_hide_and_take_another_with_them():
    assert shown({"a": 12, "b": 8}) == {"a": "12", "b": "8"}
    assert shown({"a": 12, "b": 3, "c": 20}) == {"a": "masqué", "b": "moins de 5", "c": "20"}
    assert shown({"a": 2, "b": 3, "c": 20}) == {"a": "moins de 5", "b": "moins de 5", "c": "20"}


def test_a_split_that_would_tell_anyway_is_not_given():
    assert shown({"a": 3}) is None
    assert shown({"a": 1, "b": 1}) is None
    assert shown({"a": 4, "b": 4}) is None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_no_hidden_group_can_be_computed_from_the_total(numbers):
    counts = {str(i): number for i, number in enumerate(numbers)}
    cells = protected(counts)
    if cells is None:
        return

    assert [cell.label for cell in cells if cell.shown and 0 < cell.count < SMALL] == []
    hidden = [cell for cell in cells if not cell.shown]
    together = sum(counts.values()) - sum(cell.count for cell in cells if cell.shown)
    ranges = [range(1, SMALL) if cell.small else range(SMALL, together + 1) for cell in hidden]
    fitting = [guess for guess in product(*ranges) if sum(guess) == together]
    for i in range(len(hidden)):
        assert len({guess[i] for guess in fitting}) > 1


def table(client, space):
    response = client.get(reverse("spaces:results-csv", args=[space.slug]))
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_table_gives_totals_and_groups_that_tell_of_nobody(client, counting, karim):
    for number in range(7):
        make_participant(counting, name=f"Femme {number}")
    for number in range(6):
        make_participant(counting, name=f"Homme {number}")
    people = type(karim).objects
    people.filter(name__startswith="Femme").update(gender="woman", birth_year=1980)
    people.filter(name__startswith="Homme").update(gender="man", birth_year=1980)
    client.force_login(karim)

    head, *rows = table(client, counting)

    assert head == ["résultat", "unité", "période", "découpage", "groupe", "nombre"]
    assert [row[3:] for row in rows] == [
        ["total", "", "14"],
        ["quartier", "hors quartier ou inconnu", "14"],
        ["genre", "Femme", "7"],
        ["genre", "Homme", "masqué"],
        ["genre", "inconnu", "moins de 5"],
        ["âge", "40 à 59 ans", "masqué"],
        ["âge", "inconnu", "moins de 5"],
    ]


def test_the_page_keeps_to_the_period_asked(client, counting, nadia):
    client.force_login(nadia)
    address = reverse("spaces:results", args=[counting.slug])

    chosen = client.get(address, {"periode": "annee-2026"}).context["chosen"]
    unknown = client.get(address, {"periode": "hier"}).context["chosen"]

    assert (chosen.key, unknown.key) == ("annee-2026", "tout")


def test_a_parents_sheet_shows_nothing_of_its_childs_measures(counting):
    parent = make_space().initiative

    assert results.draw_on_sheet(RequestFactory().get("/"), parent) == ""


def test_who_refuses_or_no_longer_agrees_is_counted_without_age_gender_or_place(counting):
    people = [make_participant(counting, name=f"P{number}") for number in range(12)]
    Person.objects.update(gender="woman", birth_year=1990)
    for number, person in enumerate(people[:6]):
        long_ago = {"expires_on": datetime.date(2020, 1, 1)} if number else {}
        record_answer(person=person, purpose="data", given=bool(number), how="screen",
                      said_by=person, by=person, **long_ago)  # fmt: skip

    by_gender = results.splits(COUNTED, counting, Period())[1]

    assert [(cell.label, cell.count) for cell in by_gender.cells] == [("Femme", 6), ("inconnu", 6)]


def test_noughts_are_not_shown_before_something_happened(client, counting):
    sheet = results.draw_on_sheet(RequestFactory().get("/"), counting.initiative)

    assert sheet == ""
    assert client.get(counting.get_absolute_url()).context["measured"] == []
