"""A search solved by several worker processes, on the queue that PostgreSQL keeps for them."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings as project
from django.db import connection

from traboule.exchanges.housing import planning, runs
from traboule.exchanges.housing.models import Run, Swap
from traboule.kernel.initiatives.tests.factories import make_commune

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKERS = 3
TOWNS = "38544", "38185", "69123", "74010"


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("workers share PostgreSQL only")


@pytest.fixture
def queue(settings):
    """The queue of an installation, in place of that of tests, which does all at once."""
    backend = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": project.QUEUES}
    settings.TASKS = {"default": backend}


def make_rings(space):
    """Rings of three households, each in its own commune."""
    landlord = make_landlord(space)
    for commune in map(make_commune, TOWNS):
        for rooms in (2, 3, 4):
            wanted = 2 + (rooms - 1) % 3
            wish = {"rooms_min": wanted, "rooms_max": wanted, "places": [commune]}
            make_listing(make_dwelling(landlord, rooms=rooms, commune=commune), wish=wish)


def work():
    """Several workers at once, until nothing is left to do."""
    values = connection.settings_dict
    host = values["HOST"] or values["OPTIONS"].get("host", "")
    url = f"postgres://{values['USER']}@/{values['NAME']}?host={quote(host, safe='')}"
    command = [sys.executable, "-m", "traboule.config.command", "db_worker", "--batch"]
    environment = os.environ | {"DATABASE_URL": url, "TRABOULE_DEBUG": "0"}
    workers = [
        subprocess.Popen([*command, "--no-startup-delay"], env=environment, stderr=subprocess.PIPE)
        for _ in range(WORKERS)
    ]
    return [(worker.communicate(timeout=120)[1], worker.returncode) for worker in workers]


def test_workers_share_the_parts_of_a_search_and_the_last_one_joins_them(queue, monkeypatch):
    space = make_exchange_space()
    make_rings(space)
    monkeypatch.setattr(planning, "PART_AT_LEAST", 1)
    run = runs.begin(space=space, by=None)
    runs.split_run.func(run.pk)
    assert run.parts.count() == len(TOWNS)

    told = work()

    assert [code for _, code in told] == [0] * WORKERS, told
    run = Run.objects.get()
    assert (run.tenants, run.weight) == (3 * len(TOWNS), run.upper_bound)
    assert Swap.objects.filter(run=run).count() == len(TOWNS)
