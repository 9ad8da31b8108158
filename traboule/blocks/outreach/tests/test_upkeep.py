"""What runs by itself: reminders to advisers, neighbourhoods from addresses."""

import pytest
from django.utils import timezone

from traboule.blocks.outreach import locating, upkeep
from traboule.blocks.outreach.actions import contacts
from traboule.blocks.outreach.models import ContactImport
from traboule.kernel.notices.models import Notice
from traboule.kernel.places import geocoder
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_contact, make_neighbourhood, outreach_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return outreach_space()


@pytest.fixture
def karim(space):
    return make_facilitator(space)


def test_an_adviser_is_reminded_once_a_week(space, karim):
    for name in ("Lina", "Omar"):
        one = make_contact(space, name, by=karim)
        contacts.plan_next(contact=one, kind="call", due_on=timezone.localdate(), by=karim)

    for _ in range(2):
        upkeep.remind_owners(timezone.now())

    told = Notice.objects.get(kind="outreach.due")
    assert (told.person, told.urgent) == (karim, False)
    assert "2 contacts attendent" in told.text


def test_an_address_tells_the_neighbourhood(space, karim, monkeypatch, settings):
    settings.GEOCODER_URL = "https://geocodeur.exemple"
    marlioz = make_neighbourhood()
    inside = make_contact(space, "Lina", by=karim, number="12", street="Rue des Bauges")
    outside = make_contact(space, "Omar", by=karim, street="Rue Loin")
    unclear = make_contact(space, "Rose", by=karim, street="Rue Xyz")
    points = {"Bauges": (45.65, 5.85, 0.9), "Loin": (46.5, 5.85, 0.9), "Xyz": (45.65, 5.85, 0.1)}

    def find(text, commune=None):
        lat, lon, score = next(point for word, point in points.items() if word in text)
        return [geocoder.Address(text, lat, lon, "73008", score)]

    monkeypatch.setattr(geocoder, "find_address", find)
    locating.locate_space.call(space.pk)

    for one in (inside, outside, unclear):
        one.refresh_from_db()
        one.person.refresh_from_db()
    assert inside.person.neighbourhood == marlioz
    assert (outside.person.neighbourhood, outside.located_at is None) == (None, False)
    assert (unclear.person.neighbourhood, unclear.address_is_unclear) == (None, True)


def test_a_list_that_was_not_imported_is_not_kept(space, karim):
    read = ContactImport.objects.create(
        space=space, file_name="contacts.csv", content="Nom\nOmar", source_note="La CMA"
    )
    ContactImport.objects.update(at=timezone.now() - upkeep.CONTENT_KEPT * 2)
    upkeep.forget(timezone.now())

    read.refresh_from_db()
    assert read.content == ""
