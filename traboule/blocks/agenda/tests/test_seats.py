"""No sequence of acts exceeds the seats or loses anybody."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.models import Enrolment, Event, Signup
from traboule.blocks.agenda.models.signup import seats
from traboule.kernel.people.actions import Refused

from .factories import make_event, make_people, make_series

State = Signup.State


@pytest.fixture
def event(db):
    return make_event(capacity=2)


def states(event):
    """Who has what, in the order in which they asked."""
    return list(event.signups.order_by("asked_at", "pk").values_list("person__name", "state"))


def test_the_one_too_many_waits_and_takes_the_first_seat_given_back(event):
    lina, omar, rose = make_people(3)
    first, _, last = (
        signups.sign_up(event=event, person=person, by=person) for person in (lina, omar, rose)
    )

    assert last.state == State.WAITING
    assert last.place_in_line == 1

    signups.cancel(signup=first, by=lina, reason="malade")

    assert states(event) == [
        ("Voisine 1", "cancelled"),
        ("Voisine 2", "going"),
        ("Voisine 3", "going"),
    ]


def test_a_small_party_does_not_overtake_a_big_one(event):
    lina, omar, rose = make_people(3)
    signups.sign_up(event=event, person=lina, by=lina)

    big = signups.sign_up(event=event, person=omar, by=omar, extra=1)
    small = signups.sign_up(event=event, person=rose, by=rose)

    assert (big.state, small.state) == (State.WAITING, State.WAITING)


def test_a_party_made_smaller_lets_the_line_move(event):
    lina, omar, rose = make_people(3)
    signups.sign_up(event=event, person=lina, by=lina)
    signups.sign_up(event=event, person=omar, by=omar, extra=1)
    signups.sign_up(event=event, person=rose, by=rose)

    signups.sign_up(event=event, person=omar, by=omar, extra=0)

    assert states(event) == [
        ("Voisine 1", "going"),
        ("Voisine 2", "going"),
        ("Voisine 3", "waiting"),
    ]


def test_a_party_that_does_not_fit_any_more_keeps_its_seat(event):
    lina, omar = make_people(2)
    for person in (lina, omar):
        signups.sign_up(event=event, person=person, by=person)

    with pytest.raises(Refused):
        signups.sign_up(event=event, person=lina, by=lina, extra=1)

    assert states(event) == [("Voisine 1", "going"), ("Voisine 2", "going")]


def test_fewer_seats_than_taken_are_refused_and_more_seat_the_line(event):
    people = make_people(3)
    for person in people:
        signups.sign_up(event=event, person=person, by=person)

    with pytest.raises(Refused):
        signups.change_capacity(event=event, capacity=1, by=people[0])
    signups.change_capacity(event=event, capacity=3, by=people[0])

    assert {state for _, state in states(event)} == {"going"}


def test_the_database_refuses_a_seat_too_many_whatever_the_code_does(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(seats_taken=3)


@pytest.mark.django_db
def test_a_series_is_followed_whole_or_waited_for():
    series = make_series(sessions=3, capacity=1)
    lina, omar = make_people(2)

    first = signups.enrol(series=series, person=lina, by=lina)
    second = signups.enrol(series=series, person=omar, by=omar)

    assert (first.state, second.state) == ("going", "waiting")
    assert Signup.objects.going().filter(person=lina).count() == 3
    assert Signup.objects.waiting().filter(person=omar).count() == 3

    signups.leave_series(enrolment=first, by=lina)

    second.refresh_from_db()
    assert second.state == "going"
    assert Signup.objects.going().filter(person=omar).count() == 3


@pytest.mark.django_db
def test_one_session_given_back_seats_nobody_for_half_a_series():
    series = make_series(sessions=2, capacity=1)
    lina, omar = make_people(2)
    signups.enrol(series=series, person=lina, by=lina)
    signups.enrol(series=series, person=omar, by=omar)

    signups.cancel(signup=Signup.objects.going().filter(person=lina).first(), by=lina)

    assert Signup.objects.going().filter(person=omar).count() == 0


class Seats(RuleBasedStateMachine):
    """Five people, one event and one series of two sessions, acts in any order."""

    def __init__(self):
        super().__init__()
        self.people = make_people(5)
        self.series = make_series(sessions=2, capacity=2)
        self.event = make_event(self.series.space, capacity=2)
        self.asked = set()

    def _act(self, act, **arguments):
        try:
            act(**arguments)
        except ValidationError:
            return False
        return True

    @rule(who=st.integers(0, 4), extra=st.integers(0, 2), first_session=st.booleans())
    def sign_up(self, who, extra, first_session):
        event = self.series.events.order_by("rank").first() if first_session else self.event
        person = self.people[who]
        if self._act(signups.sign_up, event=event, person=person, by=person, extra=extra):
            self.asked.add((event.pk, person.pk))

    @rule(who=st.integers(0, 4))
    def enrol(self, who):
        person = self.people[who]
        if self._act(signups.enrol, series=self.series, person=person, by=person):
            self.asked |= {(event.pk, person.pk) for event in self.series.events.order_by("pk")}

    @rule(who=st.integers(0, 4))
    def cancel_one(self, who):
        signup = Signup.objects.live().filter(person=self.people[who]).order_by("pk").first()
        if signup:
            signups.cancel(signup=signup, by=self.people[who])

    @rule(who=st.integers(0, 4))
    def leave(self, who):
        enrolment = Enrolment.objects.filter(person=self.people[who]).first()
        if enrolment:
            signups.leave_series(enrolment=enrolment, by=self.people[who])

    @rule(capacity=st.one_of(st.none(), st.integers(1, 5)))
    def change_capacity(self, capacity):
        self._act(signups.change_capacity, event=self.event, capacity=capacity, by=self.people[0])

    @invariant()
    def seats_are_counted_and_never_exceeded(self):
        for event in Event.objects.order_by("pk"):
            held = seats(event.signups.going())
            assert held == event.seats_taken
            assert event.capacity is None or held <= event.capacity

    @invariant()
    def nobody_is_lost(self):
        kept = set(Signup.objects.values_list("event_id", "person_id"))
        assert self.asked <= kept

    @invariant()
    def the_first_in_line_would_not_fit(self):
        self.event.refresh_from_db()
        first = Signup.objects.waiting().filter(event=self.event).first()
        assert first is None or first.seats > self.event.free


Seats.TestCase.settings = hypothesis_settings(
    max_examples=25, stateful_step_count=15, deadline=None
)


class TestSeatsInAnyOrder(Seats.TestCase, HypothesisTestCase):
    """The machine above, each example in a transaction of its own."""
