"""Who act at the same moment, on PostgreSQL, where two writers truly race."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.models import Enrolment, Signup
from traboule.kernel.people.tests.test_races import at_once

from .factories import make_event, make_people, make_series

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_of_ten_for_one_seat_exactly_one_has_it_and_the_others_wait_in_order():
    event = make_event(capacity=1)
    people = make_people(10)

    at_once(10, lambda n: signups.sign_up(event=event, person=people[n], by=people[n]))

    line = list(Signup.objects.waiting().filter(event=event))
    assert Signup.objects.going().filter(event=event).count() == 1
    assert [signup.place_in_line for signup in line] == list(range(1, 10))


def test_ten_people_in_eight_processes_race_for_one_seat(tmp_path):
    event = make_event(capacity=1)
    people = make_people(10)
    shared_out = [people[rank::8] for rank in range(8)]
    racers = [
        _racer(event, asking, data=tmp_path / str(rank)) for rank, asking in enumerate(shared_out)
    ]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 8

    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()

    assert [racer.communicate(timeout=60)[1] for racer in racers] == [""] * 8
    line = list(Signup.objects.waiting().filter(event=event))
    assert Signup.objects.going().filter(event=event).count() == 1
    assert [signup.place_in_line for signup in line] == list(range(1, 10))
    assert [one.asked_at for one in line] == sorted(one.asked_at for one in line)


def _racer(event, people, *, data):
    """A process of its own, on the database of this test."""
    given = urlsplit(os.environ["DATABASE_URL"])
    url = given._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    settings = {"DATABASE_URL": url, "TRABOULE_DATA": str(data), "TRABOULE_LOG_LEVEL": "ERROR"}
    settings["DJANGO_SETTINGS_MODULE"] = "traboule.config.settings"
    keys = [str(one.pk) for one in [event, *people]]
    return subprocess.Popen(
        [sys.executable, "-m", "traboule.blocks.agenda.tests.racer", *keys],
        env={**os.environ, **settings}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_seat_given_back_while_others_ask_is_taken_once():
    event = make_event(capacity=1)
    people = make_people(6)
    held = signups.sign_up(event=event, person=people[0], by=people[0])

    def act(n):
        if n == 0:
            return signups.cancel(signup=held, by=people[0])
        return signups.sign_up(event=event, person=people[n], by=people[n])

    at_once(6, act)

    event.refresh_from_db()
    assert event.seats_taken == Signup.objects.going().filter(event=event).count() == 1


def test_enrolments_and_single_seats_at_once_neither_block_nor_exceed():
    series = make_series(sessions=3, capacity=2)
    session = series.events.order_by("rank").last()
    people = make_people(8)

    def act(n):
        if n % 2:
            return signups.enrol(series=series, person=people[n], by=people[n])
        return signups.sign_up(event=session, person=people[n], by=people[n])

    at_once(8, act)

    for event in series.events.order_by("pk"):
        assert event.seats_taken == Signup.objects.going().filter(event=event).count() <= 2
    assert Enrolment.objects.filter(state="going").count() <= 2
