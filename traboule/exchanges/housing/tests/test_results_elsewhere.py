"""What the exchange of homes says on the pages of others, and in few queries."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from traboule.exchanges.housing import signs, slots
from traboule.exchanges.housing.models import Check, Swap, SwapState

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
    make_tenant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_exchange_space()


def ask(listing, days):
    due = timezone.localdate() + datetime.timedelta(days=days)
    return Check.objects.create(listing=listing, due_on=due)


def seen_by(person):
    request = RequestFactory().get("/")
    request.user = person
    return request


def test_an_officer_reads_what_waits_at_its_own_landlord(space):
    own, other = make_landlord(space), make_landlord(space)
    ask(make_listing(make_dwelling(own)), 3)
    ask(make_listing(make_dwelling(other)), 3)

    drawn = slots.draw_asked(seen_by(make_officer(own)), space)

    assert "<strong>1 annonce</strong>" in drawn
    assert slots.draw_asked(seen_by(make_tenant(space)), space) == ""


def test_a_household_reads_that_an_exchange_waits_for_it(space, django_assert_num_queries):
    listing = make_listing(make_dwelling(make_landlord(space)))
    request = seen_by(listing.tenant)
    assert "dites oui ou non" not in slots.draw_mine(request, listing.tenant)
    swap = Swap.objects.create(space=space, answer_by=timezone.localdate())
    swap.moves.create(listing=listing, dwelling=make_dwelling(listing.dwelling.landlord))

    with django_assert_num_queries(2):
        drawn = slots.draw_mine(request, listing.tenant)

    assert "dites oui ou non" in drawn


def test_late_checks_worry_whoever_carries_many_exchanges(space, django_assert_num_queries):
    other = make_exchange_space()
    ask(make_listing(make_dwelling(make_landlord(space))), -1)
    ask(make_listing(make_dwelling(make_landlord(other))), 3)
    Swap.objects.create(space=other, answer_by=timezone.localdate(), state=SwapState.DONE)

    with django_assert_num_queries(2):
        waiting, done = signs.checks([space, other]), signs.done([space, other])

    assert waiting[space.pk].words == "1 à vérifier, dont 1 en retard"
    assert (waiting[space.pk].worries, waiting[other.pk].worries) == (True, False)
    assert done[other.pk].words == "1"
