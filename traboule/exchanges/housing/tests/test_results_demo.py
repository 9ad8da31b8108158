"""The exchange that one looks at holds together, and is the same for the same seed."""

import pytest

from traboule.exchanges.housing.demo import fill
from traboule.exchanges.housing.models import Check, Dwelling, Listing, State, Wish

from .factories import make_exchange_space

pytestmark = pytest.mark.django_db


def test_every_household_has_a_home_a_wish_and_what_its_landlord_answered():
    space = make_exchange_space()
    commune = space.initiative.commune

    fill(space, [commune], listings=120)

    listings = Listing.objects.filter(space=space)
    assert listings.count() == Dwelling.objects.count() == Wish.objects.count() == 120
    seen = listings.exclude(state=State.DRAFT)
    assert Check.objects.count() == seen.count()
    done = space.housing_swaps.filter(state="done")
    assert done.count() == 4
    assert listings.filter(state=State.HOUSED).count() == sum(one.size for one in done)


def test_the_same_seed_draws_the_same_homes():
    def homes():
        space = make_exchange_space()
        fill(space, [space.initiative.commune], listings=20, seed=7)
        rows = Dwelling.objects.filter(landlord__space=space).order_by("pk")
        return list(rows.values_list("rooms", "area", "rent", "floor"))

    assert homes() == homes()
