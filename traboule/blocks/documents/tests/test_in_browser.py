"""The shelves as people meet them, on a telephone and on a desk."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import DESK, PHONE
from traboule.blocks.documents.actions import copies
from traboule.blocks.documents.models import Document, Expected, Shelf
from traboule.kernel.spaces.tests.factories import make_coordinator, make_space

from .factories import make_document, pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def space():
    return make_space(blocks=("documents",))


@pytest.fixture
def awa(space):
    return make_coordinator(space)


@pytest.fixture
def awas_page(open_page, awa, live_server):
    """A page of the one who coordinates: ``awas_page(PHONE)``."""

    def open_one(view):
        client, page = Client(), open_page(view, base_url=live_server.url)
        client.force_login(awa, backend=site.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_one


def test_a_document_is_deposited_from_a_telephone_and_its_words_are_found(space, awas_page):
    page = awas_page(PHONE)
    page.goto(reverse("documents:add", args=[space.slug]))
    sent = {"name": "pv.pdf", "mimeType": "application/pdf", "buffer": pdf("Le composteur")}
    page.get_by_label("Le document").set_input_files(sent)
    page.get_by_label("Le titre du document").fill("Compte rendu")
    page.get_by_label("Ce qu’il dit, en mots simples").fill("Le budget est voté.")
    page.get_by_role("button", name="Mettre sur l’étagère").click()
    page.get_by_role("heading", name="Compte rendu").wait_for()

    page.goto(f"{reverse('documents:shelves', args=[space.slug])}?q=composteurs")

    assert page.locator("mark").inner_text() == "composteur"
    assert Document.objects.get().shelf == Shelf.MEMBERS


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_fit_their_screen_and_are_accessible(view, space, awa, awas_page, assert_accessible):
    document = make_document(space, by=awa, shelf=Shelf.PUBLIC, about="Assemblée générale")
    Expected.objects.create(space=space, title="Statuts")
    copies.ask(document=document, by=awa, name="Monsieur Bruno")
    page = awas_page(view)
    of_space, of_document = [space.slug], [space.slug, document.number]

    for address in (
        reverse("documents:shelves", args=of_space),
        f"{reverse('documents:shelves', args=of_space)}?q=budget",
        reverse("documents:add", args=of_space),
        reverse("documents:copies", args=of_space),
        reverse("documents:document", args=of_document),
        reverse("documents:add-version", args=of_document),
        reverse("documents:change", args=of_document),
    ):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
