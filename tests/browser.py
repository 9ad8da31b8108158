"""A real browser for tests: phones and desks, light and dark, and the rules of accessibility."""

import shutil
from typing import Any

import pytest

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# By night the same page has other colours, and nothing else.
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: Any, django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: Any
) -> None:
    """Pages ask for several things at once: on SQLite that takes a file, as it does for real.

    In memory, all requests would share one connection, and now and then find a table locked.
    """
    # Late: settings exist once Django is set up.
    from django.db import connection

    in_browser = any(item.get_closest_marker("browser") for item in request.session.items)
    if in_browser and connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


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


@pytest.fixture
def open_page(new_context: Any) -> Any:
    """Open a page of a person's own (cookies apart): ``open_page(PHONE, language="en")``."""

    def open_one(viewport: dict[str, int] = DESK, *, language: str = "fr", **options: Any) -> Any:
        if viewport == PHONE:
            options = {"has_touch": True, "is_mobile": True, **options}
        return new_context(viewport=viewport, locale=language, **options).new_page()

    return open_one


@pytest.fixture
def phone(open_page: Any) -> Any:
    """A page on a small telephone with a touch screen."""
    return open_page(PHONE)


@pytest.fixture
def desk(open_page: Any) -> Any:
    """A page on a desktop screen."""
    return open_page(DESK)


@pytest.fixture
def page(desk: Any) -> Any:
    """The page of a test that does not care for sizes: a desk, in French."""
    return desk


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
        page.evaluate(axe.axe_script)
        for scheme, rules in (("light", RULES), ("dark", RULES_OF_COLOUR)):
            page.emulate_media(color_scheme=scheme)
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            result = page.evaluate("options => axe.run(options)", options)
            found = [
                f"{violation['id']}: {node['html'][:160]}"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
            assert found == [], f"{page.url} in {scheme}:\n" + "\n".join(found)
        page.emulate_media(color_scheme="light")

    return check
