"""Someone without a mouse explores: skip link, search, filters, results, map, sheet."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

PATIENCE = 60
"""Nobody presses Tab more often than that to get somewhere."""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, which can then be seen."""
    for _press in range(PATIENCE):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            outline = target.evaluate("element => getComputedStyle(element).outlineStyle")
            assert outline != "none", f"the focus on {target} cannot be seen"
            return
    pytest.fail(f"Tab does not reach {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go there with Tab and press a key."""
    tab_to(page, target)
    page.keyboard.press(key)


def test_the_skip_link_comes_first_and_leads_to_the_content(site, desk):
    desk.goto(f"{site}/initiatives/")
    press(desk, desk.get_by_role("link", name="Aller au contenu"))
    desk.keyboard.press("Tab")

    expect(desk.get_by_label("Que cherchez-vous ?")).to_be_focused()


def test_filters_and_results_are_reached_and_used(site, desk):
    desk.goto(f"{site}/initiatives/")
    press(desk, desk.locator("summary", has_text="Affiner"))
    press(desk, desk.locator("details.filter summary", has_text="Thème"))
    press(desk, desk.get_by_role("checkbox", name="Créer ensemble"), "Space")

    expect(desk).to_have_url(re.compile("theme=create"))
    expect(desk.get_by_role("checkbox", name="Créer ensemble")).to_be_focused()
    press(desk, desk.get_by_role("link", name="Atelier bidouille"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Atelier bidouille")


def test_a_door_of_the_map_opens_its_sheet(site, desk):
    desk.goto(f"{site}/initiatives/?q=ordinateur+vienne")
    press(desk, desk.get_by_role("link", name="Voir la carte"))
    pin = desk.locator(".pin").first
    expect(pin).to_be_visible()
    press(desk, pin)
    title = desk.locator(".map-leaf a").first
    expect(title).to_be_focused()
    name = title.inner_text()
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", level=1)).to_have_text(name)
