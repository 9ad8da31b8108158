import json

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from traboule.config import health


def test_an_installation_that_is_well_says_so_to_anyone(client, db):
    response = client.get("/sante/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response.cookies == {}


def test_health_is_not_sent_to_https(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/sante/vivant/").status_code == 200


def test_a_pending_migration_is_named(rf, db):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = health.ready(rf.get("/sante/"))

    assert response.status_code == 503
    assert json.loads(response.content) == {"status": "unavailable", "part": "migrations"}


def test_a_database_away_is_named_while_the_process_stays_alive(rf, db):
    def fail(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(fail):
        ready, alive = health.ready(rf.get("/sante/")), health.alive(rf.get("/sante/vivant/"))

    assert json.loads(ready.content) == {"status": "unavailable", "part": "database"}
    assert (ready.status_code, alive.status_code) == (503, 200)


@pytest.mark.parametrize("view", [health.ready, health.alive])
def test_health_can_only_be_read(rf, view):
    assert view(rf.post("/")).status_code == 405
