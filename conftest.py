"""What every test shares: traps for whole kinds of mistake, a world, and a real browser."""

import os

import pytest

pytest_plugins = ("tests.traps", "tests.world", "tests.browser")

# Playwright runs an event loop in the thread of the test, where Django then refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tables are made from the models, in seconds; what migrations would add comes after."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from traboule.kernel.initiatives.search import backends

    settings.MIGRATION_MODULES = {}  # Hidden only while tables were made.
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            backends.create_table(editor)  # The words of the search are no model.
        call_command("migrate", fake=True, verbosity=0)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads of a test go to its own folder, never to the installation's."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _own_cache():
    """No test sees what another one left in the cache (rate limits, rendered parts)."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _wages_are_known(request, monkeypatch):
    """Whatever the year, what people do today is paid with the last rates known.

    The engine itself refuses a month that its table does not hold, and its tests see to it.
    """
    if "engines" in request.path.parts:
        yield
        return
    from traboule.engines.payroll import limits, rates

    for table, end in (
        (rates.table(), "9999-12"),
        (limits.table(), "9999-12"),
        (rates.table()["tax_credit"], 9999),
    ):
        monkeypatch.setitem(table, "last", end)
    yield
    rates.rates_of.cache_clear()
    limits.limits_of.cache_clear()
