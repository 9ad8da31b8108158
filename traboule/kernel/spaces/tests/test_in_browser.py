"""Every page of a running space, as those who run it and those who come meet them."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import DESK, PHONE
from traboule.kernel.people.guardians import add_child
from traboule.kernel.spaces import access, actions, partners, writing
from traboule.kernel.spaces.models import Page, Participation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(live_server, open_page, assert_accessible):
    """What is wrong with these pages of a space for someone, small and large."""

    def look(person, addresses):
        client = Client()
        client.force_login(person, backend=site.AUTHENTICATION_BACKENDS[0])
        key = client.cookies["sessionid"].value
        page, wide = open_page(PHONE), []
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        for address in addresses:
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                assert page.goto(live_server.url + address).status == 200, address
                assert_accessible(page)
                if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                    wide.append((address, size["width"]))
        return wide

    return look


@pytest.fixture
def running(space, awa, karim, nadia, trial_block):
    """A space with something on each of its pages."""
    space.blocks.create(key="essai")
    type(space).objects.update(indicator_keys=["essai.people"])
    access.rotate(space=space, by=awa)
    writing.write_news(space=space, title="La récolte", text="- samedi\n- dimanche", by=karim)
    writing.save_page(page=Page(space=space, title="Quoi apporter", text="Des gants."), by=karim)
    actions.add_item(space=space, label="Réserver la salle", list_title="Avant", by=karim)
    partners.add(space=space, name="Régie du Soleil", role="prête la salle", by=awa)
    child = add_child(name="Noé", birth_year=2018, by=nadia, relation="mother")
    Participation.objects.create(space=space, person=child)
    space.child, space.piece = child, space.news.get()
    return space


def at(space, name, *args):
    return reverse(f"spaces:{name}", args=[space.slug, *args])


def test_who_runs_a_space_finds_their_way_on_every_page(running, awa, nadia, visit):
    names = (
        "space settings people add-person news write-news pages add-page checklist access "
        "results choose-results partners recipe start"
    ).split()
    addresses = [
        *(at(running, name) for name in names),
        at(running, "checklist") + "?retirer=1",
        at(running, "page", "quoi-apporter"),
        at(running, "change-page", "quoi-apporter"),
        at(running, "remove-page", "quoi-apporter"),
        at(running, "remove-news", running.piece.pk),
        at(running, "person", running.child.public_id),
        at(running, "leave", nadia.public_id),
        reverse("people:person-card", args=[nadia.public_id]),
        reverse("people:record-consents", args=[running.child.public_id]),
        reverse("people:prepare-mandate", args=[nadia.public_id]),
        reverse("people:duplicates"),
        reverse("notices:follow-up"),
    ]

    assert visit(awa, addresses) == []


def test_who_takes_part_finds_their_way_too(running, nadia, visit):
    guest = access.enter(space=running, first_name="Fatou")
    addresses = [at(running, name) for name in ("space", "people", "news", "results")]

    assert visit(nadia, [*addresses, at(running, "leave", nadia.public_id)]) == []
    assert visit(guest, addresses) == []
