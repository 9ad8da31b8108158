"""Calls, paper lists and date polls as people meet them, on a telephone and on a desk."""

import datetime

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import DESK, PHONE
from traboule.blocks.agenda.actions import polls
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import in_days, make_event, make_series

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWO_HOURS = datetime.timedelta(hours=2)
SHEET = "Nadia ; 06 12 34 56 78 ; 2\nKarima ; 0611\nRose"


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def poll(space, karim):
    dates = [(in_days(n), in_days(n) + TWO_HOURS) for n in (7, 8)]
    return polls.create_poll(space=space, dates=dates, by=karim, title="Réunion de rentrée")


@pytest.fixture
def karims_page(open_page, karim, live_server):
    """A page of the one who helps: ``karims_page(PHONE)``."""

    def open_one(view):
        client, page = Client(), open_page(view, base_url=live_server.url)
        client.force_login(karim, backend=site.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_one


@pytest.fixture
def assert_fits(assert_accessible):
    """Check that a page is accessible and no wider than its screen."""

    def check(page):
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    return check


def test_the_keyboard_is_enough_to_answer_a_poll(page, poll, live_server):
    page.goto(f"{live_server.url}{poll.get_absolute_url()}")
    page.get_by_label("Votre prénom").focus()

    page.keyboard.type("Lina")
    for chosen in ("ArrowDown", "Space"):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press(chosen)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("Merci Lina, c’est noté.").wait_for()
    given = poll.answers.get().votes.order_by("date__starts_at")
    assert [vote.value for vote in given] == ["maybe", "yes"]


def test_each_choice_is_announced_with_its_date(page, poll, live_server):
    page.goto(f"{live_server.url}{poll.get_absolute_url()}")

    groups = page.get_by_role("group").all()

    assert [
        [
            radio.evaluate("e => e.labels[0].innerText.trim()")
            for radio in group.get_by_role("radio").all()
        ]
        for group in groups
    ] == [["Oui", "Si besoin", "Non"]] * 2
    assert all("18\u00a0h" in group.locator("legend").inner_text() for group in groups)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_of_who_helps_fit_and_are_accessible(view, karims_page, poll, assert_fits):
    space, page = poll.space, karims_page(view)
    nadia = make_participant(space, name="Nadia Benali", mobile="+33612345678")
    event, series = make_event(space), make_series(space)
    polls.answer(poll=poll, name="Lina", votes={})
    slug, key = space.slug, nadia.public_id
    addresses = [
        f"{reverse('agenda:phone', args=[slug])}?q=Nadia",
        reverse("agenda:phone-new", args=[slug]),
        reverse("agenda:phone-event", args=[slug, key]),
        reverse("agenda:phone-read-back", args=[slug, key, event.pk]),
        reverse("agenda:phone-series", args=[slug, key, series.pk]),
        reverse("agenda:poll-new", args=[slug]),
        reverse("agenda:poll", args=[poll.code]),
        reverse("agenda:poll-results", args=[poll.code]),
        reverse("agenda:poll-type", args=[poll.code]),
        reverse("agenda:poll-copy", args=[poll.code]),
        reverse("agenda:poll-send", args=[poll.code]),
        reverse("agenda:poll-answer", args=[poll.code, poll.answers.get().pk]),
        reverse("agenda:poll-choose", args=[poll.code, poll.dates.order_by("pk")[0].pk]),
    ]
    for address in addresses:
        page.goto(address)
        assert_fits(page)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_a_paper_list_is_typed_checked_and_left_to_correct(view, space, karims_page, assert_fits):
    page, event = karims_page(view), make_event(space)
    page.goto(reverse("agenda:paper-list", args=[space.slug, event.pk]))
    assert_fits(page)
    page.get_by_label("Recopiez la liste").fill(SHEET)
    page.get_by_role("button", name="Vérifier la liste").click()
    page.get_by_role("heading", name="Est-ce bien cela").wait_for()
    assert_fits(page)
    page.get_by_role("button", name="Inscrire ces 2 lignes").click()
    page.get_by_role("heading", name="Presque fini").wait_for()
    assert_fits(page)

    assert page.get_by_label("Corrigez ces lignes ici").input_value() == "Karima ; 0611"
