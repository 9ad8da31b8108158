"""Brings a database and its files up to what this version of Traboule expects."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader

from traboule.kernel.places import shipped
from traboule.kernel.places.models import Commune

Say = Callable[[str], None]


class OldDatabase(Exception):  # noqa: N818 (it names what was found)
    """The database was made by a version whose migrations this one does not know."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}\n\n{WAY_OUT}")


WAY_OUT = """\
Cette base de données vient d’une autre version de Traboule. Rien n’a été modifié. Que faire :
  1. Avec la version qui l’a faite :   traboule backup sauvegarde.tar.gz
  2. Mettez cette base de côté (var/traboule.sqlite3*, ou une nouvelle base PostgreSQL vide).
  3. Avec cette version-ci :           traboule restore sauvegarde.tar.gz
  4. Puis, comme d’habitude :          traboule run

This database was made by another version of Traboule. Nothing has been changed. What to do:
  1. With the version that made it:    traboule backup backup.tar.gz
  2. Move that database away (var/traboule.sqlite3*, or name a new empty PostgreSQL database).
  3. With this version:                traboule restore backup.tar.gz
  4. Then, as usual:                   traboule run"""


def prepare_database(*, say: Say) -> None:
    """Migrate the database, after making sure that it is one of ours."""
    check_history()
    say("Base de données… / Database…")
    call_command("migrate", interactive=False, verbosity=0)
    check_tables()


def load_contents(*, say: Say) -> None:
    """Load the communes, where they are missing or older, and the sheets not yet there."""
    kept, version = _places_stamp(), _fingerprint(sorted(shipped.DATA.iterdir()))
    if not (Commune.objects.exists() and kept.exists() and kept.read_text() == version):
        say("Communes de France… / Communes of France…")
        call_command("load_places", verbosity=0)
        kept.write_text(version)
    say("Recueil… / Compendium…")
    call_command("load_compendium", verbosity=0)


def forget_places() -> None:
    """Have the communes loaded again at the next start: the database holds others now."""
    _places_stamp().unlink(missing_ok=True)


def _places_stamp() -> Path:
    return Path(settings.DATA) / "places-loaded"


def check_history() -> None:
    """Refuse a database whose migrations are not those on disk, before touching it."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    known = set(loader.disk_migrations or {})
    for migration in (loader.disk_migrations or {}).values():
        known.update(migration.replaces)
    unknown = sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations) - known)
    if unknown:
        raise OldDatabase(f"Migrations inconnues ici / unknown here : {', '.join(unknown)}")
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as problem:
        raise OldDatabase(str(problem)) from problem


def check_tables() -> None:
    """Refuse a database whose migrations have the right names and another content."""
    missing = list(_missing_columns())
    if missing:
        raise OldDatabase(f"Colonnes manquantes / missing columns : {', '.join(missing)}")


def _missing_columns() -> Iterator[str]:
    """Name every column that a model has and the database has not."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            meta = model._meta
            if not meta.managed or meta.proxy or meta.swapped:
                continue
            found = set()
            if meta.db_table in tables:
                table = connection.ops.quote_name(meta.db_table)
                cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 (our own table)
                found = {column[0] for column in cursor.description}
            for field in meta.local_concrete_fields:
                if field.column and field.column not in found:
                    yield f"{meta.db_table}.{field.column}"


def collect_static(*, say: Say) -> None:
    """Hash and compress the static files, unless they are those of the last time."""
    if settings.DEBUG or "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        return
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".sources"
    sources = _static_sources()
    if stamp.exists() and stamp.read_text() == sources:
        return
    say("Feuilles de style et images… / Style sheets and pictures…")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sources)


def _static_sources() -> str:
    """Return a fingerprint of every static file and of how they are served."""
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    found = (finder.list(ignore_patterns=[]) for finder in get_finders())
    files = [Path(storage.path(name)) for pairs in found for name, storage in pairs]
    return _fingerprint(files, backend, str(settings.STATIC_URL))


def _fingerprint(files: Iterable[Path], *more: str) -> str:
    """Return what changes when a file is added, removed, or written again."""
    digest = hashlib.sha256("\n".join(more).encode())
    for file in files:
        stat = file.stat()
        digest.update(f"{file}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
