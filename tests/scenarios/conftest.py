"""What every journey shares: the real compendium, a live site, and pages that must not complain."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

OFFLINE = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|FAILED)")
"""What a browser says of a connection that a test broke on purpose."""


@cache
def _places() -> Any:
    """The communes that the compendium names: all 35 000 would take seconds in each test."""
    # Late: settings exist once Django is set up.
    from django.conf import settings

    from traboule.kernel.initiatives.loader import read_folder
    from traboule.kernel.places.shipped import shipped

    named = {sheet.place.commune for sheet in read_folder(settings.COMPENDIUM)}
    places = shipped()
    return replace(places, communes=[c for c in places.communes if c.code in named])


@pytest.fixture
def compendium(transactional_db: None) -> list[Any]:
    """Publish the shipped sheets, in the communes that they name."""
    # Late: models exist once Django is set up.
    from django.conf import settings

    from traboule.kernel.initiatives.actions import load_compendium
    from traboule.kernel.places.actions import load_communes

    load_communes(places=_places())
    return load_compendium(settings.COMPENDIUM)


@pytest.fixture
def site(compendium: list[Any], live_server: Any) -> str:
    """The address of a running site that holds the compendium."""
    return live_server.url


@pytest.fixture
def haute_savoie(site: str) -> str:
    """The same site, which also knows every commune where homes of Haute-Savoie are exchanged."""
    # Late: models exist once Django is set up.
    from traboule.kernel.places.actions import load_communes
    from traboule.kernel.places.shipped import shipped

    there = [one for one in shipped().communes if one.department == "74"]
    load_communes(places=replace(_places(), communes=[*_places().communes, *there]))
    return site


@pytest.fixture
def messages() -> Iterator[list[dict[str, str]]]:
    """The SMS that left, the latest last."""
    # Late: settings exist once Django is set up.
    from traboule.kernel.people import sms

    sms.outbox.clear()
    yield sms.outbox
    sms.outbox.clear()


@pytest.fixture
def last_code(messages: list[dict[str, str]]) -> Callable[[], str]:
    """Read the six digits of the last SMS that left."""
    return lambda: re.findall(r"\b\d{6}\b", messages[-1]["text"])[0]


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the pages of a journey complain of, which must be nothing at its end."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def open_page(open_page: Any, live_server: Any, complaints: list[str]) -> Any:
    """As everywhere, and listening: errors, and requests to other hosts, are complaints."""
    host = urlsplit(live_server.url).netloc

    def hear(message: Any) -> None:
        # A page that is not found says so too; whoever opened it knows.
        itself = message.location.get("url") == message.page.url
        if message.type == "error" and not OFFLINE.search(message.text) and not itself:
            complaints.append(f"{message.page.url}: {message.text} {message.location}")

    def watch(request: Any) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != host:
            complaints.append(f"asks another host: {request.url}")

    def open_one(*args: Any, **options: Any) -> Any:
        page = open_page(*args, base_url=live_server.url, **options)
        page.set_default_timeout(10_000)
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("request", watch)
        return page

    return open_one
