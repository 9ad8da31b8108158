"""Surveys as people meet them: on a small phone with a bad network, and at the keys of a desk."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import DESK, PHONE
from traboule.blocks.surveys.models import Answer
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space

from .factories import make_survey, respond

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def karim():
    return make_facilitator(make_space(blocks=("surveys",)))


@pytest.fixture
def survey(karim):
    space = karim.participations.get().space
    return make_survey(space, by=karim, shown="always", closes_on=None, reach="180 logements")


@pytest.fixture
def karims_page(open_page, karim, live_server):
    """A page of the one who holds the survey: ``karims_page(DESK)``."""

    def open_one(view):
        client, page = Client(), open_page(view, base_url=live_server.url)
        client.force_login(karim, backend=site.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_one


def held(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.space.slug, survey.code, *args])


def test_an_answer_survives_a_broken_network_on_a_phone(open_page, live_server, survey):
    page = open_page(PHONE, base_url=live_server.url)
    page.goto(survey.get_absolute_url())
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Oui").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Continuer").first.click()
    page.get_by_text("Pas de réseau").wait_for()
    assert not Answer.objects.exists()

    page.context.set_offline(False)
    page.get_by_role("heading", name="Qu’y faites-vous").wait_for()

    assert Answer.objects.get().choices.get().text == "Oui"


def test_a_sheet_is_typed_without_leaving_the_keys(karims_page, survey):
    page = karims_page(DESK)
    page.goto(held("pile", survey))
    page.get_by_label("Numéro de la pile").fill("1")
    page.get_by_label("Version imprimée").fill("1")
    page.get_by_role("button", name="Commencer la saisie").click()
    page.get_by_role("heading", name="Pile").wait_for()
    page.wait_for_load_state()

    page.keyboard.type("1")  # Venez-vous ? Then the hands are already in the next box.
    page.keyboard.type("1 3")
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.get_by_text("Feuille 1 notée").wait_for()

    response = survey.responses.get()
    assert response.finished_at
    assert list(response.answers.order_by("pk").values_list("number", flat=True)) == [
        None, None, 4, 3,
    ]  # fmt: skip
    assert page.get_by_label("Feuille n°").input_value() == "2"


def test_its_pages_are_accessible(karims_page, survey, assert_accessible):
    for _rank in range(5):
        respond(survey, "oui", "1 3", "4", "3", "Un banc")
    Answer.objects.filter(pk__lte=Answer.objects.order_by("pk").last().pk - 5).update(
        moderation="shown"
    )
    page = karims_page(PHONE)
    names = ("survey", "pile", "interview", "send", "responses", "texts", "slips")
    for address in [
        *(held(name, survey) for name in names),
        reverse("surveys:results", args=[survey.code]),
        survey.get_absolute_url(),
    ]:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
