"""What every test shares: traps for whole kinds of mistake, a world, and a real browser."""

import os

import pytest

pytest_plugins = ("tests.traps", "tests.world", "tests.browser")

# Playwright runs an event loop in the thread of the test, where Django then refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tables are made from the models, in seconds; the words of the search are no model."""
    from django.db import connection

    from traboule.kernel.initiatives.search import backends

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        backends.create_table(editor)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads of a test go to its own folder, never to the installation's."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _own_cache():
    """No test sees what another one left in the cache (rate limits, rendered parts)."""
    from django.core.cache import cache

    cache.clear()
