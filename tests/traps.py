"""Traps: mistakes of whole kinds that fail any test which walks into them."""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

OURS = str(Path(__file__).resolve().parent.parent / "traboule")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
MAY_BE_WRITTEN = re.compile(r"django_session")
# Left-over template code, and what a strict Content-Security-Policy blocks without a word.
LEAKS = {
    "template code": re.compile(r"\{\{|\{%"),
    "an inline handler": re.compile(r"<[^>]+\son\w+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style\b|<[^>]+\sstyle\s*=", re.IGNORECASE),
}


class UndefinedVariable(str):
    """Stands where Django would silently write nothing for a variable that does not exist."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, variable: object) -> str:
        template = _template_of(sys._getframe(1).f_locals.get("context"))
        if "site-packages" in template:  # Django's own back office relies on the silence.
            return ""
        raise AssertionError(f"undefined variable {{{{ {variable} }}}} in {template}")


def _template_of(context: Any) -> str:
    template = getattr(getattr(context, "render_context", None), "template", None)
    return str(getattr(getattr(template, "origin", None), "name", "a template"))


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail():
    """Make every undefined template variable an error."""
    for engine in engines.all():
        if hasattr(engine, "engine"):
            engine.engine.string_if_invalid = UndefinedVariable("undefined")


@pytest.fixture(autouse=True, scope="session")
def _slices_have_an_order():
    """Make it an error to take some rows of a list whose order is left to chance."""
    plain = QuerySet.__getitem__

    def ordered(self: QuerySet, key: Any) -> Any:
        if sys._getframe(1).f_code.co_filename.startswith(OURS) and not self.ordered:
            raise AssertionError(f"slice of {self.model.__name__} rows without an order")
        return plain(self, key)

    QuerySet.__getitem__ = ordered
    yield
    QuerySet.__getitem__ = plain


@contextmanager
def written() -> Iterator[list[str]]:
    """Collect the statements that write, sessions apart, on every database."""
    statements: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: dict) -> Any:
        if WRITES.match(str(sql)) and not MAY_BE_WRITTEN.search(str(sql)):
            statements.append(str(sql))
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all(initialized_only=True):
            stack.enter_context(connection.execute_wrapper(watch))
        yield statements


class HouseClient(Client):
    """A client for which reading never writes, and pages leak nothing."""

    def request(self, **request: Any) -> Any:
        """Send the request; fail on a GET that writes and on a page that leaks."""
        if request.get("REQUEST_METHOD") in {"GET", "HEAD"}:
            with written() as statements:
                response = super().request(**request)
            assert statements == [], f"GET {request['PATH_INFO']} writes"
        else:
            response = super().request(**request)
        _assert_clean(request["PATH_INFO"], response)
        return response


def _assert_clean(path: str, response: Any) -> None:
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if not is_page or response.streaming or _is_back_office(response):
        return
    page = response.content.decode()
    found = [name for name, pattern in LEAKS.items() if pattern.search(page)]
    assert found == [], f"{path} holds {', '.join(found)}"


def _is_back_office(response: Any) -> bool:
    match = getattr(response, "resolver_match", None)
    return bool(match) and match.app_name == "admin"


@pytest.fixture
def client() -> HouseClient:
    """A visitor whose GETs may not write."""
    return HouseClient()


@pytest.fixture
def count_queries(client: HouseClient, django_db_setup: None) -> Any:
    """Count the queries of a page: ``count_queries(url)``, or ``count_queries(url, client)``."""

    def count(url: str, visitor: Client | None = None) -> int:
        with CaptureQueriesContext(connections["default"]) as queries:
            response = (visitor or client).get(url)
        assert response.status_code == 200, f"{url} answers {response.status_code}"
        return len(queries)

    return count
