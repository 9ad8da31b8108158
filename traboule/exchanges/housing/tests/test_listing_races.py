"""Who act on a listing at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection

from traboule.exchanges.housing.actions import listing as acts
from traboule.exchanges.housing.actions import listing_life as life
from traboule.exchanges.housing.models import Check, Listing
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_tenant,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def landlord():
    return make_landlord(make_exchange_space())


def test_of_two_who_say_they_live_in_one_home_one_has_the_listing(landlord):
    home, space = make_dwelling(landlord), landlord.space
    tenants = [make_tenant(space) for _ in range(4)]
    refused = []

    def register(number):
        try:
            tenant = tenants[number]
            acts.register(space=space, dwelling=home, tenant=tenant, by=tenant)
        except Refused as said:
            refused.append(said.messages[0])

    at_once(4, register)

    assert Listing.objects.count() == 1
    assert len(refused) == 3
    assert "a déjà une annonce en cours" in refused[0]


def test_one_household_that_taps_many_times_begins_one_listing_and_sends_it_once(landlord):
    home, space = make_dwelling(landlord), landlord.space
    tenant = make_tenant(space)

    at_once(4, lambda _: acts.register(space=space, dwelling=home, tenant=tenant, by=tenant))

    listing = Listing.objects.get()
    Listing.objects.filter(pk=listing.pk).update(reason="bigger")
    listing.wish.places.create(commune=home.commune)
    refused = []

    def send(_):
        try:
            acts.send(listing=listing, by=tenant)
        except Refused as said:
            refused.append(said.messages[0])

    at_once(4, send)
    assert Check.objects.count() == 1
    assert refused == ["Votre annonce est déjà partie."] * 3


def test_a_household_is_asked_once_whatever_the_number_of_workers(landlord):
    listing = make_listing(make_dwelling(landlord))

    at_once(4, lambda _: life.ask_renewal(listing, listing.published_at))

    assert Notice.objects.filter(kind="housing.still-looking").count() == 1
