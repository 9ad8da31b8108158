"""Registering on a small phone: big choices, the number of homes that follows."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import PHONE
from traboule.exchanges.housing.asking import KEYS
from traboule.exchanges.housing.models import Listing
from traboule.kernel.people.models import Person

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def landlord():
    return make_landlord(make_exchange_space(), "Habitat des Aravis")


@pytest.fixture
def page(open_page, live_server):
    """A small phone in the hand of Nadia, who is signed in."""
    nadia = Person.objects.create_person(name="Nadia", channels=["06 12 34 56 78"])
    client, page = Client(), open_page(PHONE, base_url=live_server.url)
    client.force_login(nadia, backend=site.AUTHENTICATION_BACKENDS[0])
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def test_a_home_is_found_and_the_number_of_homes_follows(page, landlord, assert_accessible):
    make_dwelling(landlord, address="12 rue des Aravis", lease="B0042")
    town = landlord.space.initiative.commune.name
    for rooms in (3, 4, 4):
        make_listing(make_dwelling(landlord, rooms=rooms))
    page.goto(reverse("housing:register", args=[landlord.space.slug]))
    page.get_by_role("link", name="Habitat des Aravis").click()
    page.get_by_label("Dans quelle commune").fill(town)
    page.get_by_label("Votre adresse").fill("12, rue des Aravis")
    page.get_by_label("Votre numéro de bail").fill("b0042")
    page.get_by_role("button", name="Chercher mon logement").click()
    page.get_by_role("button", name="C’est bien mon logement").click()
    listing = Listing.objects.get(tenant__name="Nadia")

    here = [landlord.space.slug, listing.code]
    page.goto(reverse("housing:step", args=[*here, "communes"]))
    page.get_by_label("Où voulez-vous habiter").fill(town)
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_text("3 logements vous vont").wait_for()
    page.goto(reverse("housing:step", args=[*here, "pieces"]))
    page.get_by_label("Combien de pièces au moins").fill("4")
    page.get_by_label("Combien de pièces au plus").focus()

    page.get_by_text("2 logements vous vont").wait_for()
    listing.wish.refresh_from_db()
    assert listing.wish.rooms_min == 1

    for address in [
        reverse("housing:own", args=here),
        reverse("housing:screens", args=here),
        reverse("housing:end", args=here),
        *(reverse("housing:step", args=[*here, key]) for key in KEYS),
    ]:
        page.goto(address)
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address
