"""What hangs in a hall: a code to dictate, never an address, and nobody who hides."""

import pytest
from django.urls import reverse

from traboule.exchanges.housing.models import Screen, State
from traboule.exchanges.housing.printing.adverts import MOST_PLACES, facts, places, wanting
from traboule.kernel.initiatives.tests.factories import make_commune
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_tenant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_exchange_space()


@pytest.fixture
def home(space):
    return make_dwelling(make_landlord(space), floor=3, lift=False, energy_class="D")


def test_a_hall_reads_who_would_live_there_and_nobody_who_hides(space, home):
    annecy = make_commune("74010")
    shown = make_listing(home, wish={"places": [annecy]})
    landlord = home.landlord
    hidden = make_listing(make_dwelling(landlord), wish={"places": [annecy]})
    Screen.objects.create(listing=hidden, person=make_tenant(space))
    make_listing(make_dwelling(landlord), wish={"places": [annecy]}, state=State.PAUSED)
    make_listing(make_dwelling(landlord))

    assert list(wanting(space, annecy)) == [shown]


def test_an_advert_says_what_the_home_is_and_not_where(home):
    listing = make_listing(home)

    assert facts(home) == [
        "64\u00a0m²", "510\u00a0€ charges comprises", "3e étage", "sans ascenseur",
        "classe énergie D",
    ]  # fmt: skip
    assert places(listing.wish) == home.commune.name
    assert MOST_PLACES == 6


def test_a_household_prints_its_own_advert_and_nobody_else_s(client, space, home):
    listing = make_listing(home)
    address = reverse("housing:advert-pdf", args=[space.slug, listing.code])
    client.force_login(make_participant(space))
    assert client.get(address).status_code == 404
    client.force_login(listing.tenant)

    assert client.get(address).content.startswith(b"%PDF")


def test_the_team_prints_the_list_of_a_commune(client, space, home):
    make_listing(home)
    client.force_login(make_facilitator(space))
    address = reverse("housing:adverts", args=[space.slug])

    assert client.get(address).status_code == 200
    assert client.get(address, {"commune": home.commune.pk}).content.startswith(b"%PDF")
    assert client.get(address, {"commune": "00000"}).status_code == 200
