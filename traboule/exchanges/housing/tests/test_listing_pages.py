"""Every page of a listing: for whom it opens, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from traboule.exchanges.housing.asking import KEYS
from traboule.exchanges.housing.models import ListingPhoto
from traboule.kernel.files.models import File
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = pytest.mark.django_db
OWN = ("own", "edit", "end", "screens")


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space())


def photos_of(listing, number):
    for rank in range(number):
        file = File.objects.create(kind="picture", width=4, height=3)
        ListingPhoto.objects.create(listing=listing, room="kitchen", file=file, position=rank)


def page(name, listing, *args):
    return reverse(f"housing:{name}", args=[listing.space.slug, listing.code, *args])


@pytest.mark.parametrize("state", ["draft", "checking", "published", "paused", "ended", "housed"])
def test_a_household_s_page_says_what_comes_next_in_every_state(client, landlord, state):
    listing = make_listing(make_dwelling(landlord), state=state)
    client.force_login(listing.tenant)

    assert client.get(page("own", listing)).status_code == 200


@pytest.mark.parametrize("name", OWN)
def test_pages_open_for_the_household_and_the_team_only(client, landlord, name):
    listing = make_listing(make_dwelling(landlord))
    stranger = make_listing(make_dwelling(landlord)).tenant

    opens = {}
    for person in (listing.tenant, make_facilitator(landlord.space), stranger):
        client.force_login(person)
        opens[person] = client.get(page(name, listing)).status_code

    assert list(opens.values()) == [200, 200, 404]


@pytest.mark.parametrize("step", KEYS)
def test_each_question_is_one_screen(client, landlord, step):
    listing = make_listing(make_dwelling(landlord), state="draft")
    photos_of(listing, 1)
    client.force_login(listing.tenant)

    answer = client.get(page("step", listing, step))

    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("step", ["communes", "photos"])
def test_a_screen_costs_the_same_with_one_line_as_with_three(client, landlord, step):
    listing = make_listing(make_dwelling(landlord), state="draft")
    photos_of(listing, 1)
    client.force_login(listing.tenant)
    client.get(page("step", listing, step))
    few = _queries(client, page("step", listing, step))
    photos_of(listing, 2)
    town = listing.dwelling.commune
    for code in ("74001", "74002"):
        other = Commune.objects.create(
            code=code, name=code, department=town.department, latitude=45.9, longitude=6.1
        )
        listing.wish.places.create(commune=other)

    assert _queries(client, page("step", listing, step)) == few


def test_the_queue_of_photos_costs_the_same_with_one_as_with_three(client, landlord):
    client.force_login(make_facilitator(landlord.space))
    queue = reverse("housing:photos", args=[landlord.space.slug])
    photos_of(make_listing(make_dwelling(landlord)), 1)
    few = _queries(client, queue)
    for _ in range(2):
        photos_of(make_listing(make_dwelling(landlord)), 1)

    assert _queries(client, queue) == few


def _queries(client, url):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["register", "priorities", "paper-form"])
def test_what_it_takes_is_read_by_everyone(client, landlord, name):
    assert client.get(reverse(f"housing:{name}", args=[landlord.space.slug])).status_code == 200


def test_the_typing_page_opens_for_the_team(client, landlord):
    client.force_login(make_facilitator(landlord.space))

    assert client.get(reverse("housing:type-in", args=[landlord.space.slug])).status_code == 200
