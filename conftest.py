"""What every test shares: traps for whole kinds of mistake, a world, and a real browser."""

import os

import pytest

pytest_plugins = ("tests.traps", "tests.world", "tests.browser")

# Playwright runs an event loop in the thread of the test, where Django then refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads of a test go to its own folder, never to the installation's."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _own_cache():
    """No test sees what another one left in the cache (rate limits, rendered parts)."""
    from django.core.cache import cache

    cache.clear()
