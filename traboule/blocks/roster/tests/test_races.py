"""Two who compose at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection

from traboule.blocks.roster.actions import answers, members
from traboule.blocks.roster.models import Draw, Member, Rank
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.tests.test_races import at_once
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_council, make_draw, make_member, make_resident

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_two_facilitators_promote_the_same_substitute_once():
    council = make_council(seats=2)
    substitute = make_member(council, rank=Rank.SUBSTITUTE)
    team = [make_facilitator(council, name) for name in ("Karim", "Rose")]

    at_once(2, lambda n: members.promote(member=substitute, by=team[n]))

    assert Entry.objects.filter(act="roster.promoted").count() == 1


def test_two_substitutes_promoted_at_once_fill_the_last_seat_once():
    council = make_council(seats=1)
    substitutes = [make_member(council, name, rank=Rank.SUBSTITUTE) for name in ("Lina", "Omar")]
    by = make_facilitator(council)

    at_once(2, lambda n: members.promote(member=substitutes[n], by=by))

    assert Member.objects.current().titular().count() == 1


def test_two_answers_and_an_appointment_for_the_last_seats_never_fill_more_than_there_are():
    council = make_council(seats=2)
    draw = make_draw(council, state=Draw.State.APPLIED)
    asked = list(draw.candidates.asked())
    rose, by = make_resident("Rose"), make_facilitator(council)

    def act(n):
        if n < 2:
            return answers.accept(candidate=asked[n], by=asked[n].person)
        college = council.colleges.get()
        return members.appoint(space=council, person=rose, college=college, by=by)

    at_once(3, act)

    assert Member.objects.current().titular().count() == 2


def test_two_refusals_at_once_call_two_different_people():
    draw = make_draw(make_council(seats=2), state=Draw.State.APPLIED)
    asked = list(draw.candidates.asked())

    at_once(2, lambda n: answers.decline(candidate=asked[n], by=asked[n].person))

    assert draw.candidates.asked().filter(outcome="reserve").count() == 2
