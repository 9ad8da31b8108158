"""Households that act at the same moment, on PostgreSQL, where two writers truly race."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from traboule.exchanges.housing.actions import contacts, visits
from traboule.exchanges.housing.models import Interest, Visit
from traboule.kernel.conversations.models import Conversation
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def pair():
    landlord = make_landlord(make_exchange_space())
    return [make_listing(make_dwelling(landlord)) for _ in range(2)]


def test_two_who_like_each_other_at_once_make_one_contact_and_may_write(pair):
    def like(number):
        one, other = pair[number], pair[1 - number]
        contacts.show_interest(sender=one, receiver=other, by=one.tenant)

    at_once(2, like)

    assert Interest.objects.get().state == "mutual"
    assert Conversation.objects.count() == 1


def test_a_yes_and_a_withdrawal_at_once_leave_no_open_conversation_behind(pair):
    nadia, paul = pair
    interest = contacts.show_interest(sender=nadia, receiver=paul, by=nadia.tenant)
    refused = []

    def answer(number):
        listing = (paul, nadia)[number]
        try:
            contacts.answer(interest=interest, listing=listing, yes=number == 0, by=listing.tenant)
        except Refused as said:
            refused.append(said)

    at_once(2, answer)

    assert Interest.objects.get().state == "declined"
    assert not Conversation.objects.open().exists()


def test_a_visit_asked_and_offered_at_once_is_one_visit(pair):
    nadia, paul = pair
    interest = contacts.show_interest(sender=nadia, receiver=paul, by=nadia.tenant)
    contacts.answer(interest=interest, listing=paul, yes=True, by=paul.tenant)
    later = timezone.now() + datetime.timedelta(days=2)

    def arrange(number):
        if number:
            visits.ask(interest=interest, visitor=nadia, by=nadia.tenant)
        else:
            visits.offer_hours(interest=interest, host=paul, hours=[later], by=paul.tenant)

    at_once(2, arrange)

    assert Visit.objects.get().hours == [later.isoformat()]
