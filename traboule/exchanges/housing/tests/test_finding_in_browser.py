"""Finding a home as a household meets it, on a telephone and on a desk."""

import datetime
import os
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.browser import DESK, PHONE
from traboule.exchanges.housing.actions import contacts, visits
from traboule.exchanges.housing.models import Favourite, Feature, SavedSearch, Visit
from traboule.kernel.conversations.actions import write

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def landlord():
    return make_landlord(make_exchange_space(), "Haute-Savoie Habitat")


@pytest.fixture
def nadia(landlord):
    """A household with a contact, a visit to choose, a favourite and a search kept."""
    own = make_listing(make_dwelling(landlord, rent=480), wish={"nice": Feature.BALCONY})
    paul = make_listing(
        make_dwelling(
            landlord, area=71, features=Feature.BALCONY | Feature.CELLAR, energy_class="C",
            neighbourhood="Les Teppes", heating="collective", charges=85,
        ),
        text="Clair, au calme, à deux pas de l’école et du marché.",
    )  # fmt: skip
    make_listing(make_dwelling(landlord, rooms=2, area=41, floor=0, lift=False))
    zoe = make_listing(make_dwelling(landlord, area=60))
    contacts.show_interest(sender=zoe, receiver=own, by=zoe.tenant)
    liked = contacts.show_interest(sender=own, receiver=paul, by=own.tenant)
    liked = contacts.answer(interest=liked, listing=paul, yes=True, by=paul.tenant)
    soon = timezone.now() + datetime.timedelta(days=2)
    visits.offer_hours(
        interest=liked, host=paul, hours=[soon, soon + datetime.timedelta(hours=3)], by=paul.tenant
    )
    Visit.objects.create(
        visitor=paul, host=own, state="done", at=timezone.now(), verdict_of_visitor="yes"
    )
    for one in (paul, own):
        voice = liked.conversation.parties.get(person=one.tenant)
        write(party=voice, text="Bonjour ! Le balcon est-il au sud ?", by=one.tenant)
    Favourite.objects.create(person=own.tenant, listing=paul)
    SavedSearch.objects.create(
        space=own.space, person=own.tenant, criteria="?loyer=500", title="500 € au plus",
        told_until=timezone.now(),
    )  # fmt: skip
    return own


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_and_is_accessible(open_page, live_server, nadia, assert_accessible, view):
    client, page = Client(), open_page(view, base_url=live_server.url)
    client.force_login(nadia.tenant, backend=site.AUTHENTICATION_BACKENDS[0])
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    liked = nadia.interests_sent.get()
    slug = nadia.space.slug
    pages = {
        name: reverse(f"housing:{name}", args=[slug, *arguments])
        for name, arguments in {
            "home": (), "map": (), "listing": (liked.receiver.code,), "favourites": (),
            "searches": (), "interests": (), "visit-ask": (liked.pk,),
        }.items()
    }  # fmt: skip
    pages |= {
        "talks": reverse("conversations:mine"),
        "talk": liked.conversation.get_absolute_url(),
    }
    shots = os.environ.get("SHOTS")
    wide = []
    for name, url in pages.items():
        page.goto(url)
        if shots:
            page.screenshot(path=Path(shots) / f"{name}-{view['width']}.png", full_page=True)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wide.append(name)
        assert_accessible(page)
    assert wide == []
