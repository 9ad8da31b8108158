"""Which homes fit which households."""

import pytest

from traboule.exchanges.housing import fitting
from traboule.exchanges.housing.models import Feature, Need, Screen

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space())


@pytest.mark.parametrize(
    ("home", "wish", "fits"),
    [
        ({}, {}, True),
        ({"rooms": 2}, {}, False),
        ({"rent": 601}, {}, False),
        ({"area": 40}, {"area_min": 41}, False),
        ({"financing": 0}, {}, False),
        ({"floor": 3, "lift": False}, {"need": Need.STEP_FREE}, False),
        ({"floor": 0, "lift": False}, {"need": Need.STEP_FREE}, True),
        ({"wheelchair": False}, {"need": Need.WHEELCHAIR}, False),
        ({"floor": 0}, {"no_ground": True}, False),
        ({"features": Feature.CELLAR}, {"must": Feature.GARDEN}, False),
        ({"features": Feature.CELLAR | Feature.GARDEN}, {"must": Feature.GARDEN}, True),
    ],
)
def test_a_home_fits_when_nothing_asked_is_missing(landlord, home, wish, fits):
    seeker = make_listing(make_dwelling(landlord), wish=wish)
    other = make_listing(make_dwelling(landlord, **home), wish={"rooms_min": 9, "rooms_max": 9})

    assert (other in fitting.homes_for(seeker.wish)) is fits
    assert (seeker in fitting.takers_of(other)) is fits


def test_both_ways_is_homes_for_each(landlord):
    one, other = (make_listing(make_dwelling(landlord)) for _ in range(2))
    make_listing(make_dwelling(landlord), wish={"max_rent": 10})

    assert list(fitting.both_ways(one)) == [other]


def test_who_hides_from_a_person_never_meets_them(landlord):
    one, other = (make_listing(make_dwelling(landlord)) for _ in range(2))
    Screen.objects.create(listing=one, person=other.tenant)

    assert not fitting.homes_for(one.wish).exists()
    assert not fitting.homes_for(other.wish).exists()
    assert not fitting.takers_of(one).exists()
    assert not fitting.takers_of(other).exists()
