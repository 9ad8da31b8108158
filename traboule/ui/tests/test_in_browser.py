"""The design system in a real browser: accessible, and faithful to what one types."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_gallery_is_accessible_by_day_and_by_night(
    request, live_server, assert_accessible, size
):
    page = request.getfixturevalue(size)
    page.goto(f"{live_server.url}/composants/")
    page.wait_for_selector(".pin")

    assert_accessible(page)


def test_nothing_overflows_a_small_telephone(live_server, phone):
    phone.goto(f"{live_server.url}/composants/")

    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_map_is_walked_with_the_keyboard(live_server, desk):
    desk.goto(f"{live_server.url}/composants/")
    desk.locator(".pin", has_text="4").focus()
    desk.keyboard.press("Enter")

    expect(desk.locator(".map-leaf a")).to_have_text("Services entre voisins")
    expect(desk.locator("[data-map-item=services]")).to_have_class("is-current")


@pytest.mark.urls("traboule.ui.tests.keep_urls")
def test_an_answer_survives_a_broken_connection(live_server, phone):
    phone.goto(f"{live_server.url}/question/")
    phone.get_by_label("Votre idée").fill("Un four à pain")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.get_by_text("Pas de réseau")).to_be_visible()

    phone.context.set_offline(False)

    expect(phone.locator("main")).to_have_text("Un four à pain")
    assert phone.url.startswith(f"{live_server.url}/merci/")
    assert phone.evaluate("localStorage.length") == 0


@pytest.mark.urls("traboule.ui.tests.keep_urls")
def test_what_was_typed_is_there_again_after_a_reload(live_server, phone):
    phone.goto(f"{live_server.url}/question/")
    phone.get_by_label("Votre idée").fill("Un four à pain")

    phone.reload()

    expect(phone.get_by_label("Votre idée")).to_have_value("Un four à pain")
    expect(phone.get_by_text("Nous avons remis")).to_be_visible()
