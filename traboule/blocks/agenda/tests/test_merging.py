"""Two rows that become one person hold one seat, and came once."""

import pytest

from traboule.blocks.agenda.actions import presence, signups
from traboule.blocks.agenda.indicators import people_present
from traboule.blocks.agenda.models import Presence, Signup
from traboule.blocks.agenda.roll import roll_of
from traboule.kernel.people import duplicates
from traboule.kernel.spaces.blocks import Period

from .factories import make_event, make_people, past_event, present

pytestmark = pytest.mark.django_db


def states(event):
    return dict(event.signups.values_list("person__name", "state"))


def test_the_second_seat_of_one_person_goes_to_who_waits_and_parting_seats_nobody_twice():
    lina, again, omar = make_people(3)
    event = make_event(capacity=2)
    for person in (lina, again, omar):
        signups.sign_up(event=event, person=person, by=person)

    merge = duplicates.merge(kept=lina, absorbed=again, by=None)

    event.refresh_from_db()
    assert states(event) == {"Voisine 1": "going", "Voisine 3": "going"}
    assert event.seats_taken == 2

    duplicates.undo_merge(merge=merge, by=lina)

    event.refresh_from_db()
    assert states(event) == {"Voisine 1": "going", "Voisine 2": "waiting", "Voisine 3": "going"}
    assert event.seats_taken == 2


def test_the_seat_of_the_one_absorbed_follows_the_person():
    lina, again = make_people(2)
    event = make_event(capacity=1)
    signups.sign_up(event=event, person=again, by=again)

    duplicates.merge(kept=lina, absorbed=again, by=None)

    event.refresh_from_db()
    assert (states(event), event.seats_taken) == ({"Voisine 1": "going"}, 1)
    assert Signup.objects.get().person == lina


def test_what_the_ledger_says_of_both_counts_once_under_the_name_that_was_kept():
    lina, again = make_people(2)
    event = past_event()
    present(event, lina, again)

    duplicates.merge(kept=lina, absorbed=again, by=None)

    assert people_present(event.space, Period()) == 1
    assert [row.person for row in roll_of(event, Presence.Part.WHOLE).rows] == [lina]
    assert presence.first_broken(event) is None
