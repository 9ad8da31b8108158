import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from traboule.config import prepare


def test_a_database_of_this_version_is_accepted(db):
    prepare.check_history()
    prepare.check_tables()


def test_a_migration_unknown_here_stops_with_the_way_out(db):
    MigrationRecorder(connection).record_applied("people", "0042_squashed_away")

    with pytest.raises(prepare.OldDatabase) as stopped:
        prepare.check_history()

    assert "people.0042_squashed_away" in str(stopped.value)
    assert "traboule backup" in str(stopped.value)
    assert "traboule restore" in str(stopped.value)


def test_a_history_with_a_hole_stops(db):
    MigrationRecorder(connection).record_unapplied("contenttypes", "0001_initial")

    with pytest.raises(prepare.OldDatabase, match="contenttypes"):
        prepare.check_history()


def test_a_migration_of_the_same_name_and_another_content_stops(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_person RENAME COLUMN name TO full_name")

    with pytest.raises(prepare.OldDatabase, match=r"people_person\.name"):
        prepare.check_tables()


def test_static_files_are_collected_once(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    said = []

    prepare.collect_static(say=said.append)
    prepare.collect_static(say=said.append)

    assert len(said) == 1
    assert (settings.STATIC_ROOT / "staticfiles.json").exists()
