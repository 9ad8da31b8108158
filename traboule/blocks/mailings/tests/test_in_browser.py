"""Writing a text and asking for the letter, as people meet them."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import DESK, PHONE
from traboule.blocks.mailings.models import Subscription

from .factories import make_mailing, make_neighbour, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def karims_page(open_page, karim, live_server):
    """A page of the one who writes: ``karims_page(PHONE)``."""

    def open_one(view):
        client, page = Client(), open_page(view, base_url=live_server.url)
        client.force_login(karim, backend=site.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_one


def test_the_sms_shows_itself_as_one_types(space, karims_page):
    page = karims_page(DESK)
    page.goto(reverse("mailings:write", args=[space.slug]))

    page.get_by_label("En quelques mots").fill("Fête samedi à 14 h, place du Marché.")

    bubble = page.locator(".sms-bubble", has_text="Fête samedi à 14 h, place du Marché.")
    bubble.wait_for()
    assert "1 SMS par personne" in page.locator("#sms-preview").inner_text()


def test_the_text_for_a_chat_is_copied_at_one_press(space, karim, karims_page):
    make_neighbour(space, "Ali", email="ali@exemple.fr")
    mailing = sent(make_mailing(space, karim, short_text="Fête samedi."), karim)
    page = karims_page(PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(mailing.get_absolute_url())

    page.get_by_role("button", name="Copier le texte").click()

    page.get_by_text("C’est copié").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Fête samedi.\nhttp")


def test_a_visitor_asks_for_the_letter_without_an_account(space, open_page, live_server):
    page = open_page(PHONE, base_url=live_server.url)
    page.goto(space.get_absolute_url())
    page.get_by_role("link", name="La recevoir, sans compte").click()

    page.get_by_label("Votre prénom").fill("Rose")
    page.get_by_label("Votre adresse e-mail, ou votre numéro de mobile").fill("rose@exemple.fr")
    page.get_by_role("button", name="Recevoir la lettre").click()

    page.get_by_role("heading", name="Regardez vos e-mails").wait_for()
    assert Subscription.objects.get().state == "asked"
