"""What follows from calls, visits and messages: states, the pace, nobody called twice."""

import datetime
import uuid

import pytest
from django.utils import timezone

from traboule.blocks.outreach.actions import contacts, exchanges
from traboule.blocks.outreach.models import Contact, Exchange, NextAction, Suppression
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_contact, outreach_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return outreach_space()


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def lina(space, karim):
    return make_contact(space, by=karim, phone="+33612345678")


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


def planned(contact):
    return [(one.kind, one.due_on) for one in contact.actions.to_do()]


def call(contact, outcome, by, *, days=0, **more):
    at = timezone.now() + datetime.timedelta(days=days)
    return exchanges.note_exchange(
        contact=contact, kind="call", outcome=outcome, by=by, at=at, **more
    )


def test_without_an_answer_the_next_call_is_the_one_of_the_pace(lina, karim):
    call(lina, "no-answer", karim)
    assert planned(lina) == [("call", today(14))]

    Exchange.objects.update(at=timezone.now() - datetime.timedelta(days=15))
    NextAction.objects.update(due_on=today(-1))
    call(lina, "left-message", karim)
    assert planned(lina) == [("call", today(6))]

    Exchange.objects.order_by("pk").update(at=timezone.now() - datetime.timedelta(days=30))
    call(lina, "no-answer", karim)
    assert planned(lina) == [("lost-touch", today(15))]


def test_having_spoken_puts_in_touch_and_the_pace_begins_again(lina, karim):
    call(lina, "no-answer", karim, days=-20)
    call(lina, "reached", karim, days=-10)
    lina.refresh_from_db()

    assert (lina.state, planned(lina)) == ("in-touch", [])
    assert lina.informed_at is not None

    call(lina, "no-answer", karim)
    assert planned(lina) == [("call", today(14))]


def test_whoever_asks_to_be_called_again_is_on_that_day(lina, karim):
    call(lina, "call-back", karim, back_on=today(5))

    assert planned(lina) == [("call", today(5))]


def test_no_is_not_the_same_as_lost_touch(space, lina, karim):
    omar = make_contact(space, "Omar", by=karim, phone="+33612345679")
    call(lina, "not-interested", karim)
    contacts.move(contact=omar, state="lost-touch", by=karim)

    lina.refresh_from_db()
    omar.refresh_from_db()
    assert (lina.state, omar.state) == ("given-up", "lost-touch")
    assert list(Contact.objects.may_be_approached()) == [omar]


def test_a_wrong_number_leaves_something_else_to_do(space, karim):
    lina = make_contact(space, by=karim, phone="+33612345678", street="rue des Bauges")
    call(lina, "wrong", karim)

    lina = Contact.objects.for_listing().get(pk=lina.pk)
    assert lina.phone is None
    assert [kind for kind, _day in planned(lina)] == ["visit"]


def test_what_a_colleague_just_did_is_not_done_twice(space, lina, karim):
    awa = make_facilitator(space, "Awa")
    todo = contacts.plan_next(contact=lina, kind="call", due_on=today(), by=karim)
    call(lina, "no-answer", awa, action=todo.pk)

    with pytest.raises(Refused, match="Awa vient de le faire"):
        call(lina, "no-answer", karim, action=todo.pk)
    assert Exchange.objects.count() == 1


def test_sent_twice_an_exchange_counts_once(lina, karim):
    key = uuid.uuid4()
    for _ in range(2):
        call(lina, "reached", karim, client_id=key)

    assert Exchange.objects.count() == 1


def test_a_planned_meeting_stays_planned_when_a_message_leaves(lina, karim):
    contacts.plan_next(contact=lina, kind="meet", due_on=today(3), by=karim)
    exchanges.note_exchange(contact=lina, kind="email", by=karim)

    assert planned(lina) == [("meet", today(3))]


def test_nobody_is_contacted_once_they_asked_not_to_be(space, lina, karim):
    contacts.plan_next(contact=lina, kind="call", due_on=today(), by=karim)
    contacts.opt_out(contact=lina, by=karim)
    lina.refresh_from_db()

    assert planned(lina) == []
    for act in (
        lambda: call(lina, "reached", karim),
        lambda: contacts.move(contact=lina, state="in-touch", by=karim),
        lambda: contacts.plan_next(contact=lina, kind="call", due_on=today(), by=karim),
        lambda: make_contact(space, "Une autre", by=karim, phone="+33612345678"),
    ):
        with pytest.raises(Refused, match="ne plus être contactée"):
            act()
    assert "0612345678" not in "".join(Suppression.objects.values_list("fingerprint", flat=True))


def test_a_day_gone_by_is_no_plan(lina, karim):
    with pytest.raises(Refused, match="un jour à venir"):
        contacts.plan_next(contact=lina, kind="call", due_on=today(-1), by=karim)


def test_the_same_person_has_one_file(space, lina, karim):
    again = make_contact(space, "Lina", by=karim, phone="+33612345678", activity="Traiteur")

    assert (again.pk, again.activity) == (lina.pk, "Traiteur")
    assert Person.objects.filter(name__startswith="Lina").count() == 1


def test_old_files_are_forgotten_and_whoever_was_known_by_them_only(space, karim):
    lina = make_contact(space, by=karim, phone="+33612345678", organisation="Chez Lina")
    call(lina, "reached", karim, note="Cherche un local")
    rose = make_contact(space, "Rose", by=karim, phone="+33612345679")
    long_ago = timezone.now() - datetime.timedelta(days=3 * 365 + 1)
    Contact.objects.filter(pk=lina.pk).update(created_at=long_ago, last_exchange_at=long_ago)

    assert contacts.forget_old(timezone.now()) == 1

    lina.refresh_from_db()
    assert (lina.organisation, lina.person.name) == ("", "Personne effacée")
    assert list(Exchange.objects.values_list("note", flat=True)) == [""]
    assert list(Contact.objects.live()) == [rose]


def test_taking_charge_of_something_seen_free_is_for_the_first(space, lina, karim):
    awa = make_facilitator(space, "Awa")
    todo = contacts.plan_next(contact=lina, kind="call", due_on=today(), by=karim)
    NextAction.objects.update(owner=None)

    contacts.take(action=todo, seen_owner=None, by=awa)

    with pytest.raises(Refused, match="Awa vient de s’en charger"):
        contacts.take(action=todo, seen_owner=None, by=karim)
