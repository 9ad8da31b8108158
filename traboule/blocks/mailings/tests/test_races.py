"""Two workers at the same letter, on PostgreSQL, where they truly race."""

import pytest
from django.db import connection

from traboule.blocks.mailings.actions import listing, sending, subscribing
from traboule.blocks.mailings.models import Subscription
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.tests.test_races import at_once

from .factories import make_mailing, make_neighbour

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def to_the_end(step, pk) -> None:
    while step(pk):
        pass


def test_two_who_resume_the_same_letter_write_to_nobody_twice(space, karim, monkeypatch):
    monkeypatch.setattr(sending, "CHUNK", 4)
    monkeypatch.setattr(listing, "CHUNK", 4)
    for number in range(22):
        make_neighbour(space, f"Voisine {number}", email=f"v{number}@exemple.fr")
    mailing = make_mailing(space, karim)
    listing.prepare(mailing=mailing, by=karim)
    at_once(3, lambda n: to_the_end(listing.list_some, mailing.pk))
    assert mailing.recipients.count() == 23
    sending.send(mailing=mailing, by=karim)

    at_once(3, lambda n: to_the_end(sending.send_some, mailing.pk))

    people = list(Notice.objects.values_list("person", flat=True))
    assert len(people) == len(set(people)) == 23
    mailing.refresh_from_db()
    assert mailing.state == "sent"


def test_of_two_who_press_send_one_is_told_that_it_left(space, karim):
    make_neighbour(space, "Ali", email="ali@exemple.fr")
    mailing = make_mailing(space, karim)
    listing.prepare(mailing=mailing, by=karim)

    told = at_once(2, lambda n: sending.send(mailing=mailing, by=karim))

    mailing.refresh_from_db()
    assert mailing.state == "sending"
    assert sorted(told, key=str) == [None, "refused"]


def test_asked_twice_at_once_it_is_one_subscription(space, karim):
    ali = make_neighbour(space, "Ali", email="ali@exemple.fr")

    at_once(4, lambda n: subscribing.subscribe(space=space, person=ali, how="phone", by=karim))

    assert Subscription.objects.get().state == "confirmed"
