"""Tests make their tables from the models: here the migrations prove to make the same ones."""

import os
import sqlite3
import subprocess
import sys

from django.apps import apps


def test_migrations_make_the_tables_of_the_models(tmp_path):
    file = tmp_path / "migrated.sqlite3"
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{file}",
        "TRABOULE_DATA": str(tmp_path),
    }
    command = [sys.executable, "-m", "traboule.config.command", "migrate", "--verbosity=0"]

    subprocess.run(command, check=True, env=environment)

    with sqlite3.connect(file) as migrated:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            columns = {row[1] for row in migrated.execute(f"PRAGMA table_info('{table}')")}
            assert columns == {field.column for field in model._meta.local_concrete_fields}, table
