"""Who act at the same moment, on PostgreSQL, where two writers truly race."""

import uuid

import pytest
from django.db import connection

from traboule.blocks.reports.actions import handling, reporting
from traboule.blocks.reports.models import Report
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_report

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def space():
    return make_space(blocks=("reports",))


def test_of_two_who_take_the_same_problem_at_once_one_has_it(space):
    bench = make_report(space)
    team = [make_facilitator(space, name) for name in ("Karim", "Lina")]
    refused = []

    def take(number):
        try:
            handling.take(report=bench, by=team[number])
        except Refused as said:
            refused.append(said.messages[0])

    at_once(2, take)

    bench.refresh_from_db()
    assert refused == [f"{bench.owner} s’en occupe déjà."]


def test_one_form_sent_many_times_at_once_is_one_report_and_numbers_follow(space):
    nadia, key = make_participant(space), uuid.uuid4()

    at_once(
        8,
        lambda n: reporting.report(
            space=space, by=nadia, words="Banc", key=key if n % 2 else uuid.uuid4()
        ),
    )

    numbers = Report.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_one_person_who_taps_many_times_counts_once(space):
    bench, rose = make_report(space), make_participant(space, name="Rose")

    at_once(6, lambda n: reporting.say_it_is_the_same(report=bench, by=rose))

    assert Report.objects.for_listing().get().seen_by == 2
