"""A real browser for tests: phones and desks, light and dark, and the rules of accessibility."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def base_url() -> str:
    """No address before the live server's (and no warning from the plugin's own fixture)."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Start the machine's own Chromium, which must ask nothing of the outside."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.fail("chromium is missing: apt-get install chromium")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A French desk, unless a test asks for something else."""
    return {**browser_context_args, "viewport": DESK, "locale": "fr-FR"}


@pytest.fixture
def phone(new_context: Any) -> Iterator[Any]:
    """A page on a small telephone with a touch screen."""
    context = new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(new_context: Any) -> Iterator[Any]:
    """A page on a desktop screen."""
    context = new_context(viewport=DESK, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Any:
    """The accessibility rules, ready to run in a page."""
    # Late: most tests need no browser.
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture
def assert_accessible(axe: Any) -> Any:
    """Check a page against WCAG 2.2 AA in light and dark: ``assert_accessible(page)``."""

    def check(page: Any) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            result = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
            found = [
                f"{violation['id']}: {node['html'][:160]}"
                for violation in result.response["violations"]
                for node in violation["nodes"]
            ]
            assert found == [], f"{page.url} in {scheme}:\n" + "\n".join(found)
        page.emulate_media(color_scheme="light")

    return check
