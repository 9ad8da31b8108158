"""What the founders count: exchanges, who moved, how far, how long, and what landlords take."""

import datetime
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from traboule.exchanges.housing.indicators import INDICATORS
from traboule.exchanges.housing.models import Check, Decision, Move, State, Swap, SwapState
from traboule.exchanges.housing.statistics import as_rows, report
from traboule.kernel.initiatives.tests.factories import make_commune
from traboule.kernel.spaces import shelf
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_exchange_space()


@pytest.fixture
def landlord(space):
    return make_landlord(space)


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def moved(space, *listings, days_ago=10):
    """An exchange done: each household in the next one's home."""
    swap = Swap.objects.create(
        space=space, state=SwapState.DONE, done_at=ago(days_ago), answer_by=ago(60).date()
    )
    for one, after in pairwise([*listings, listings[0]]):
        Move.objects.create(swap=swap, listing=one, dwelling=after.dwelling)
        one.state, one.ended_at = State.HOUSED, ago(days_ago)
        one.save()
    return swap


def household(landlord, size, rooms, *, days_ago=100, **home):
    dwelling = make_dwelling(landlord, rooms=rooms, **home)
    begun = ago(days_ago)
    return make_listing(
        dwelling, household_size=size, created_at=begun, published_at=begun, confirmed_at=begun
    )


def measured(space, period=None):
    period = period or Period()
    return {one.key.removeprefix("housing."): one.value(space, period) for one in INDICATORS}


def test_each_figure_counts_what_it_says(space, landlord):
    elsewhere = make_commune("74010")
    crowded = household(landlord, 4, rooms=3, days_ago=314)
    alone = household(landlord, 1, rooms=4, days_ago=162)
    moved(space, crowded, alone)
    there = household(landlord, 2, rooms=2, commune=elsewhere)
    moved(space, household(landlord, 3, rooms=3), household(landlord, 3, rooms=3), there)
    household(landlord, 2, rooms=2)
    make_listing(make_dwelling(landlord), state=State.DRAFT, published_at=None)
    looked = Check.objects.create(
        listing=crowded, asked_at=ago(9), due_on=ago(1).date(), decided_at=ago(5),
        outcome="confirmed",
    )  # fmt: skip
    Decision.objects.create(
        swap=Swap.objects.first(), landlord=landlord, asked_at=ago(40), due_on=ago(1).date(),
        decided_at=ago(10), state="accepted",
    )  # fmt: skip

    assert looked.listing.waited.days == 304
    assert measured(space) == {
        "registered": 6,
        "active": 1,
        "exchanges": 2,
        "tenants-housed": 5,
        "several": 1,
        "between-communes": 50.0,
        "over-occupation": 1,
        "under-occupation": 0,
        "waiting": 3.0,
        "check-days": 4.0,
        "decision-days": 30.0,
    }


def test_too_large_a_home_counts_once_it_is_given_back_for_one_that_fits(space, landlord):
    moved(space, household(landlord, 2, rooms=4), household(landlord, 4, rooms=3))

    assert measured(space)["under-occupation"] == 1
    assert measured(space)["over-occupation"] == 1


def test_whoever_searched_last_year_counts_as_active_then(space, landlord):
    moved(space, household(landlord, 3, 3, days_ago=500), household(landlord, 3, 3, days_ago=500))
    last_year = Period(end=ago(365).date())

    assert (measured(space, last_year)["active"], measured(space)["active"]) == (2, 0)


def test_few_households_of_a_landlord_are_not_told(space, landlord):
    large = make_landlord(space, "Toits du Léman")
    for of_landlord, number in ((landlord, 4), (large, 6), (make_landlord(space, "Fier"), 3)):
        for _rank in range(number):
            household(of_landlord, 3, rooms=3)

    found = {line.landlord: line.active for line in report(space, Period()).landlords}

    assert (found[landlord], found[large]) == ("moins de 5", "6")


def test_landlords_and_territories_stand_side_by_side(space, landlord):
    slow = make_landlord(space, "Toits du Léman")
    waits = household(slow, 3, rooms=3)
    Check.objects.create(listing=waits, asked_at=ago(30), due_on=ago(20).date())
    refused = household(landlord, 3, rooms=3)
    Check.objects.create(
        listing=refused, asked_at=ago(30), due_on=ago(20).date(), decided_at=ago(28),
        outcome="refused", grounds=["dispute"],
    )  # fmt: skip

    found = report(space, Period())

    lines = {one.landlord: (one.active, one.check_days, one.checks_late) for one in found.landlords}
    assert lines == {slow: ("masqué", None, 1), landlord: ("masqué", 2.0, 0)}
    assert [(one.offered, one.wanted, one.arrived) for one in found.territories] == [
        ("masqué", "masqué", "0")
    ]
    assert [why.title for why in found.reasons] == ["Annonces refusées par un bailleur"]
    assert found.reasons[0].lines[0][1] == "masqué"
    assert ["bailleur", "Toits du Léman", "Annonces en retard", "1"] in list(as_rows(found))


def test_the_page_costs_the_same_with_one_landlord_as_with_nine(client, space):
    client.force_login(make_facilitator(space))
    address = reverse("housing:results", args=[space.slug])

    def queries():
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    moved(space, *(household(make_landlord(space), 3, rooms=3) for _ in range(2)))
    few = queries()
    for _ in range(4):
        moved(space, *(household(make_landlord(space), 3, rooms=3) for _ in range(2)))

    assert queries() == few <= 40


def test_the_results_are_counted_once_for_all_who_look_within_a_few_minutes(
    client, space, landlord, django_assert_max_num_queries
):
    client.force_login(make_facilitator(space))
    address = reverse("housing:results", args=[space.slug])
    first = client.get(address).context["report"]
    household(landlord, 3, rooms=3)

    with django_assert_max_num_queries(12):
        page = client.get(address)

    assert page.context["report"] == first
    assert f"Calculé le {date_format(timezone.localtime(first.at), 'j F Y')}" in (
        page.content.decode()
    )
    cache.clear()
    again = client.get(address).context["report"]
    assert [one.value for one in again.figures][:2] == [1, 1]


def test_results_are_kept_from_tenants_and_leave_as_a_table_and_on_paper(client, space, landlord):
    moved(space, household(landlord, 3, rooms=3), household(landlord, 3, rooms=3))
    client.force_login(make_participant(space))
    assert client.get(reverse("housing:results", args=[space.slug])).status_code == 403
    client.force_login(make_facilitator(space, "Odile"))

    rows = client.get(reverse("housing:results-csv", args=[space.slug])).getvalue().decode()
    paper = client.get(reverse("housing:results-pdf", args=[space.slug]))

    assert "ensemble;échange;Échanges réalisés;1" in rows
    assert paper.content.startswith(b"%PDF")


def test_the_recipe_starts_with_landlords_that_a_team_renames():
    recipe = shelf.recipe_of_sheet("echangeons-nos-logements")

    assert recipe.seed["housing"].landlords[0].name.startswith("Office public")
    assert recipe.indicators == tuple(one.key for one in INDICATORS)
