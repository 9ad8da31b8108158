"""Reporting as people do it with a telephone in hand, and following it to the repair."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.browser import DESK, PHONE
from traboule.blocks.reports.actions import desk, handling
from traboule.blocks.reports.models import Report
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_plan, make_report, photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def space():
    return make_space(blocks=("reports",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def teams_page(open_page, karim, live_server):
    """A page of someone of the team: ``teams_page(PHONE)``."""

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


def test_a_tap_on_the_plan_is_sent_with_the_report(phone, space, karim, live_server, assert_fits):
    make_plan(space, karim)
    phone.goto(f"{live_server.url}{reverse('reports:new', args=[space.slug])}")
    phone.get_by_label("Qu’est-ce qui ne va pas ?").fill("Le robinet fuit")
    plan = phone.locator("[data-plan]")
    box = plan.bounding_box()

    plan.click(position={"x": box["width"] / 2, "y": box["height"] / 4})

    assert phone.get_by_text("L’endroit est montré sur le plan.").is_visible()
    assert_fits(phone)
    phone.get_by_role("button", name="Envoyer").click()
    phone.get_by_role("heading", name="Votre signalement").wait_for()
    assert_fits(phone)
    made = Report.objects.get()
    assert abs(made.x - 500) < 15
    assert abs(made.y - 250) < 15


def test_the_keyboard_is_enough_to_report_at_a_named_place(page, space, karim, live_server):
    desk.add_zone(space=space, by=karim, name="Le composteur")
    page.goto(f"{live_server.url}{reverse('reports:new', args=[space.slug])}")
    page.get_by_label("Qu’est-ce qui ne va pas ?").focus()

    page.keyboard.type("Le couvercle est cassé")
    page.keyboard.press("Tab")
    page.keyboard.type("Le comp")
    page.get_by_role("button", name="Envoyer").focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Votre signalement").wait_for()
    assert Report.objects.get().zone.name == "Le composteur"


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_readers_and_of_the_team_fit_and_are_accessible(
    view, space, karim, teams_page, assert_fits
):
    make_plan(space, karim)
    nadia = make_participant(space)
    bench = make_report(space, by=nadia, photos=1, x=300, y=300)
    handling.take(report=bench, by=karim)
    tap = make_report(space, by=nadia, photos=1, words="Le robinet du bas fuit", x=700, y=500)
    handling.close(report=tap, by=karim, words="Joint changé.", photos=[photo("#a33f1b")])
    page = teams_page(view)
    of_space, of_bench = [space.slug], [space.slug, bench.number]

    for name, arguments in (
        ("reports", of_space), ("queue", of_space), ("plan", of_space), ("set-up", of_space),
        ("round", of_space), ("report", of_bench), ("close", of_bench), ("plan-report", of_bench),
        ("report", [space.slug, tap.number]), ("own", [bench.code]),
    ):  # fmt: skip
        page.goto(reverse(f"reports:{name}", args=arguments))
        assert_fits(page)
