"""Who give their voice at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection

from traboule.blocks.meetings.actions import convening, writing
from traboule.blocks.meetings.models import Decision, Meeting, Proxy
from traboule.kernel.people.tests.test_races import at_once
from traboule.kernel.spaces.tests.factories import make_participant

from .factories import comes, convened, held, only_item

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_of_six_who_give_their_voice_to_one_person_two_do(space, karim):
    givers = [make_participant(space, name=f"Voisine {n}") for n in range(6)]
    meeting = convened(space, by=karim)
    Meeting.objects.filter(pk=meeting.pk).update(voices_each=2)
    comes(meeting, karim)

    at_once(6, lambda n: _give(meeting, givers[n], karim))

    assert Proxy.objects.filter(withdrawn_at=None, carrier=karim).count() == 2


def test_a_voice_given_twice_at_once_is_carried_by_one(space, karim):
    rose, nadia = (make_participant(space, name=name) for name in ("Rose", "Nadia"))
    meeting = convened(space, by=karim)
    comes(meeting, karim)
    comes(meeting, nadia)

    at_once(4, lambda n: _give(meeting, rose, (karim, nadia)[n % 2]))

    assert Proxy.objects.filter(withdrawn_at=None, giver=rose).count() == 1


def test_decisions_written_at_once_have_each_their_number(space, karim):
    items = [only_item(held(space, by=karim)) for _n in range(4)]

    at_once(4, lambda n: writing.decide(item=items[n], text="Oui.", by=karim))

    numbers = Decision.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def _give(meeting, giver, carrier):
    return convening.give_voice(meeting=meeting, giver=giver, carrier=carrier, by=giver)
