"""Tests make their tables from the models: here migrations prove to make them, in each database."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest

PREPARE = """
import django
django.setup()
from traboule.config.prepare import prepare_database
prepare_database(say=print)
"""


@pytest.fixture
def new_database(tmp_path):
    """The address of an empty database, of the kind that these tests run on."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'new.sqlite3'}"
        return
    name = f"migrated_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(given)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_migrations_make_what_the_models_need(new_database, tmp_path):
    own = {
        "DATABASE_URL": new_database,
        "TRABOULE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "traboule.config.settings",
    }

    # It refuses a database that lacks a column of a model.
    subprocess.run([sys.executable, "-c", PREPARE], check=True, env=os.environ | own)
