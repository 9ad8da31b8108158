"""What the team, a relay and a household in a shared postal code see, on a telephone and a desk."""

import os
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.browser import DESK, PHONE
from traboule.exchanges.housing.actions import swaps
from traboule.kernel.initiatives.tests.factories import make_commune
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.places.models import PostalCode
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three():
    """Three households of which no two can exchange, and all three can; an empty home besides."""
    landlord = make_landlord(make_exchange_space(), "Haute-Savoie Habitat")
    make_dwelling(landlord, rooms=3, vacant_from=timezone.localdate())
    return [
        make_listing(
            make_dwelling(landlord, rooms=rooms), wish={"rooms_min": wants, "rooms_max": wants}
        )
        for rooms, wants in ((2, 3), (3, 4), (4, 2))
    ]


def come_in(page, person, url):
    client = Client()
    client.force_login(person, backend=site.AUTHENTICATION_BACKENDS[0])
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def look(page, name, width, assert_accessible):
    """Kept as pictures by day and by night where ``SHOTS`` says, then checked."""
    if shots := os.environ.get("SHOTS"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(shots) / f"{name}-{width}-{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert_accessible(page)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_for_others_fit_and_are_accessible(
    open_page, live_server, three, assert_accessible, view
):
    space, width = three[0].space, view["width"]
    page = open_page(view, base_url=live_server.url)
    come_in(page, make_facilitator(space), live_server.url)
    page.goto(reverse("housing:found", args=[space.slug, three[0].code]))
    look(page, "found", width, assert_accessible)
    page.goto(reverse("housing:found", args=[space.slug, three[1].code]))
    page.get_by_role("button", name="Proposer cet échange").first.click()
    look(page, "proposed", width, assert_accessible)

    swap = swaps.propose(listings=three, by=None)
    relay = Person.objects.create_person(name="Lina")
    Channel.objects.create(
        person=three[0].tenant, kind="relay", relay=relay, verified_at=timezone.now()
    )
    come_in(page, relay, live_server.url)
    page.goto(swap.get_absolute_url())
    look(page, "mandate", width, assert_accessible)

    for town in (space.initiative.commune, make_commune("74010")):
        PostalCode.objects.create(code="38121", commune=town)
    come_in(page, make_participant(space), live_server.url)
    page.goto(reverse("housing:register-home", args=[space.slug, space.landlords.get().pk]))
    page.locator("#id_commune").fill("38121")
    page.get_by_role("button", name="Chercher mon logement").click()
    look(page, "communes", width, assert_accessible)
