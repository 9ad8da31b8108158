"""A meeting on a telephone: the team's one screen, and a decision with its voices."""

import re

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import PHONE
from traboule.blocks.meetings.models import Decision

from .factories import held, only_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def karims_phone(open_page, karim, live_server):
    client, page = Client(), open_page(PHONE, base_url=live_server.url)
    client.force_login(karim, backend=site.AUTHENTICATION_BACKENDS[0])
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def test_a_decision_is_typed_from_the_one_screen(karims_phone, space, karim, assert_accessible):
    meeting = held(space, karim, by=karim)
    page = karims_phone
    page.goto(reverse("meetings:life", args=[space.slug, meeting.ref]))
    assert_accessible(page)
    page.get_by_role("link", name="Écrire le compte-rendu").click()
    page.get_by_label("Ce qui s’est dit").fill("On parle du banc.")

    page.get_by_role("button", name="Une décision").click()
    assert page.get_by_label("Contre").is_hidden()
    page.get_by_label("Qu’a-t-on décidé ?").fill("Un banc.")
    page.get_by_label("En comptant les voix").check()
    page.get_by_label(re.compile("^Pour")).fill("7")
    assert_accessible(page)
    page.get_by_role("button", name="Noter la décision").click()

    page.get_by_text("7 pour, 0 contre, 0 abstention").wait_for()
    assert Decision.objects.get().text == "Un banc."
    assert only_item(meeting).notes == "On parle du banc."
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
