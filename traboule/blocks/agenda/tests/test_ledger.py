"""The presence ledger is only ever added to, counts once, and shows a change."""

import datetime
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from traboule.blocks.agenda.actions import presence
from traboule.blocks.agenda.actions.presence import Line
from traboule.blocks.agenda.models import Presence
from traboule.kernel.people.actions import Refused

from .factories import make_event, make_people

State, Source = Presence.State, Presence.Source


@pytest.fixture
def event(db):
    return make_event(starts_at=timezone.now() - datetime.timedelta(hours=3))


def line(person, state=State.PRESENT, *, ago=0, **fields):
    return Line(
        client_id=uuid.uuid4(),
        person_id=person.pk if person else None,
        state=state,
        noted_at=timezone.now() - datetime.timedelta(minutes=ago),
        **fields,
    )


def test_a_roll_call_sent_twice_counts_once(event):
    lina, omar = make_people(2)
    told = [line(lina), line(omar, State.ABSENT)]

    first = presence.note(event=event, lines=told, by=lina, source=Source.ROLL_CALL)
    second = presence.note(event=event, lines=told, by=lina, source=Source.ROLL_CALL)

    assert (first, second, Presence.objects.count()) == (2, 0, 2)


def test_the_last_word_about_somebody_counts_even_when_it_arrives_first(event):
    (lina,) = make_people(1)
    earlier, later = line(lina, State.ABSENT, ago=10), line(lina, State.LATE, ago=1, minutes=90)

    for one in (later, earlier):
        presence.note(event=event, lines=[one], by=lina, source=Source.ROLL_CALL)

    (counted,) = Presence.objects.current()
    assert (counted.state, counted.minutes) == (State.LATE, 90)


def test_people_without_a_name_are_counted_by_the_last_number_given(event):
    (lina,) = make_people(1)
    for count, ago in ((3, 5), (4, 1)):
        told = [line(None, count=count, ago=ago)]
        presence.note(event=event, lines=told, by=lina, source=Source.ROLL_CALL)

    assert [one.count for one in Presence.objects.current()] == [4]


def test_a_line_altered_in_the_database_shows(event):
    lina, omar = make_people(2)
    presence.note(
        event=event, lines=[line(lina, State.ABSENT), line(omar)], by=lina, source=Source.SHEET
    )
    assert presence.first_broken(event) is None

    with connection.cursor() as cursor:
        cursor.execute("UPDATE agenda_presence SET state = 'present' WHERE number = 1")

    assert presence.first_broken(event) == 1
    with pytest.raises(Refused):
        presence.countersign(event=event, by=lina)


def test_a_ledger_rewritten_after_it_was_signed_shows(event):
    lina, omar = make_people(2)
    presence.note(event=event, lines=[line(lina)], by=lina, source=Source.ROLL_CALL)
    presence.countersign(event=event, by=omar)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agenda_presence")
    presence.note(event=event, lines=[line(omar)], by=lina, source=Source.ROLL_CALL)

    assert presence.first_broken(event) == 1


def test_a_line_is_never_changed_from_the_code(event):
    (lina,) = make_people(1)
    presence.note(event=event, lines=[line(lina)], by=lina, source=Source.ROLL_CALL)

    with pytest.raises(TypeError):
        Presence.objects.get().save()
    with pytest.raises(TypeError):
        Presence.objects.all().update(state=State.ABSENT)
