"""Whoever is erased holds no seat to come, and counts wherever they came."""

import pytest

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.indicators import people_present
from traboule.blocks.agenda.models import Enrolment, Signup
from traboule.kernel.people import rights
from traboule.kernel.spaces.blocks import Period

from .factories import make_event, make_people, make_series, past_event, present

pytestmark = pytest.mark.django_db


def test_a_seat_to_come_goes_to_who_waits():
    lina, omar = make_people(2)
    event = make_event(capacity=1)
    for person in (lina, omar):
        signups.sign_up(event=event, person=person, by=person)

    rights.erase(person=lina, by=lina)

    event.refresh_from_db()
    assert [one.person for one in event.signups.going()] == [omar]
    assert event.seats_taken == 1


def test_so_does_a_seat_in_every_session_of_a_series():
    lina, omar = make_people(2)
    series = make_series(capacity=1)
    for person in (lina, omar):
        signups.enrol(series=series, person=person, by=person)

    rights.erase(person=lina, by=lina)

    assert dict(Enrolment.objects.values_list("person", "state")) == {
        lina.pk: "cancelled",
        omar.pk: "going",
    }
    assert Signup.objects.going().filter(person=omar).count() == 3


def test_a_seat_of_a_date_that_is_past_stays_counted():
    (lina,) = make_people(1)
    event = past_event()
    Signup.objects.create(event=event, person=lina, state="going", asked_at=event.starts_at)
    present(event, lina)

    rights.erase(person=lina, by=lina)

    assert Signup.objects.going().count() == 1
    assert people_present(event.space, Period()) == 1
