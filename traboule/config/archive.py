"""Backups that any database can read: rows as lines of JSON, pictures, and a manifest.

An archive is a ``tar.gz`` with ``manifest.json`` (versions and how many rows of each model),
``data/<app>.<model>.jsonl`` (one row a line, as Django's serializers write them) and ``media/``.
What Django or the search can make again is left out: content types, permissions, sessions, the
back office's log, the queue of tasks, and models marked ``derived = True``.
"""

import contextlib
import datetime
import json
import shutil
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.core.serializers import jsonl, python
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django_tasks_db.models import DBTaskResult

FORMAT = 1
KEPT_BY_DJANGO = (ContentType, Permission)
LEFT_OUT = (*KEPT_BY_DJANGO, Session, LogEntry, DBTaskResult)


class ArchiveError(Exception):
    """Why an archive cannot be written or restored, in words for whoever runs this."""


class _RowEncoder(DjangoJSONEncoder):
    """Keeps the microseconds that Django's encoder cuts off."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime.datetime | datetime.time):
            return o.isoformat()
        return super().default(o)


class _RowSerializer(jsonl.Serializer):
    """Names permissions and content types by their names: their numbers differ elsewhere."""

    def handle_field(self, obj: models.Model, field: Any) -> None:
        if not field.generated:  # The database computes it again.
            super().handle_field(obj, field)

    def handle_fk_field(self, obj: models.Model, field: Any) -> None:
        self.use_natural_foreign_keys = field.remote_field.model in KEPT_BY_DJANGO
        super().handle_fk_field(obj, field)

    def handle_m2m_field(self, obj: models.Model, field: Any) -> None:
        self.use_natural_foreign_keys = field.remote_field.model in KEPT_BY_DJANGO
        super().handle_m2m_field(obj, field)


def backed_up_models() -> list[type[models.Model]]:
    """Every model that an archive holds, those that others point to first."""
    chosen = {
        model
        for model in apps.get_models()
        if model._meta.managed
        and not model._meta.proxy
        and model not in LEFT_OUT
        and not getattr(model, "derived", False)
    }
    # A nullable arrow may close a circle; the database checks all arrows at commit anyway.
    order = TopologicalSorter(
        {
            model: {
                field.related_model
                for field in model._meta.concrete_fields
                if field.many_to_one and not field.null and field.related_model in chosen - {model}
            }
            for model in sorted(chosen, key=lambda m: m._meta.label)
        }
    )
    return list(order.static_order())


def write(target: Path) -> dict[str, int]:
    """Write everything to a new archive, as it was at one moment; return rows by model."""
    if target.exists():
        raise ArchiveError(f"{target} existe déjà. / {target} already exists.")
    unfinished = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as work:
        counts = _dump_rows(Path(work))
        manifest = Path(work, "manifest.json")
        manifest.write_text(json.dumps(_manifest(counts), indent=1, ensure_ascii=False))
        unfinished.touch(mode=0o600)  # It holds personal data.
        with tarfile.open(unfinished, "w:gz", compresslevel=6) as tar:
            tar.add(manifest, "manifest.json")
            tar.add(Path(work, "data"), "data")
            if Path(settings.MEDIA_ROOT).is_dir():
                tar.add(settings.MEDIA_ROOT, "media")
    unfinished.rename(target)
    return counts


def restore(source: Path, *, replace: bool = False) -> dict[str, int]:
    """Put back everything or nothing; return how many rows of each model were restored.

    The tables must be there already, and empty unless ``replace`` is true.
    """
    if not replace and (full := _models_with_rows()):
        raise ArchiveError(
            f"La base n’est pas vide ({', '.join(full)}). Ajoutez --replace pour remplacer tout "
            f"son contenu.\nThe database is not empty. Add --replace to replace all it holds."
        )
    media_root = Path(settings.MEDIA_ROOT)
    media_root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media_root.parent, prefix=".restore-") as work:
        folder = Path(work)
        _unpack(source, folder)
        manifest = _read_manifest(folder)
        try:
            with _other_media(folder, media_root), transaction.atomic():
                _clear()
                counts = _load_rows(folder, manifest["rows"])
                _reset_sequences()
                _verify(manifest["rows"])
                _rebuild_derived()
        except (DatabaseError, DeserializationError, ValueError, KeyError) as problem:
            raise ArchiveError(
                f"Rien n’a été changé : une ligne ne peut pas entrer ({problem})."
                f"\nNothing was changed: a row cannot enter."
            ) from problem
    return counts


def _manifest(counts: dict[str, int]) -> dict[str, Any]:
    try:
        made_by = version("traboule")
    except PackageNotFoundError:  # Running from a checkout.
        made_by = "checkout"
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return {"format": FORMAT, "traboule": made_by, "made_at": now, "rows": counts}


@contextlib.contextmanager
def _snapshot() -> Iterator[None]:
    """See the database as it is now, whatever is written meanwhile, and block no one."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would take the writers' lock.
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _dump_rows(work: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    (work / "data").mkdir()
    with _snapshot():
        for model in backed_up_models():
            rows = _Counted(model._base_manager.order_by("pk").iterator(chunk_size=1000))
            with (work / "data" / f"{model._meta.label_lower}.jsonl").open("w") as lines:
                _RowSerializer().serialize(rows, stream=lines, cls=_RowEncoder)
            counts[model._meta.label_lower] = rows.count
    return counts


class _Counted:
    """Counts what passes through an iteration."""

    def __init__(self, items: Iterable[models.Model]) -> None:
        self.items, self.count = items, 0

    def __iter__(self) -> Iterator[models.Model]:
        for item in self.items:
            self.count += 1
            yield item


def _models_with_rows() -> list[str]:
    return [model._meta.label_lower for model in backed_up_models() if model._base_manager.exists()]


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(folder, filter="data")
    except (OSError, EOFError, tarfile.TarError) as problem:
        raise ArchiveError(
            f"{source} ne se lit pas : {problem}. / {source} cannot be read."
        ) from problem


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        known = manifest["format"] == FORMAT and isinstance(manifest["rows"], dict)
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise ArchiveError(
            "Ce fichier n’est pas une sauvegarde que cette version sait lire."
            "\nThis file is not a backup that this version can read."
        )
    return manifest


@contextlib.contextmanager
def _other_media(folder: Path, media_root: Path) -> Iterator[None]:
    """Put the archive's pictures in place, and the former ones back if anything fails."""
    former, restored = folder / "former-media", folder / "media"
    restored.mkdir(exist_ok=True)
    if media_root.exists():
        media_root.rename(former)
    restored.rename(media_root)
    try:
        yield
    except BaseException:
        shutil.rmtree(media_root)
        if former.exists():
            former.rename(media_root)
        raise


def _clear() -> None:
    """Empty every table but Django's own; no model's refusal to delete applies here."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model not in KEPT_BY_DJANGO:
            model._base_manager.all()._raw_delete(using=connection.alias)


def _load_rows(folder: Path, expected: dict[str, int]) -> dict[str, int]:
    """Insert the rows as they are: no ``save()``, no automatic date, no action of ours."""
    counts: Counter[str] = Counter()
    ours = {model._meta.label_lower for model in backed_up_models()}
    if strangers := sorted(label for label in expected if expected[label] and label not in ours):
        raise ArchiveError(
            f"Cette version ne connaît pas : {', '.join(strangers)}."
            f"\nThis version does not know: {', '.join(strangers)}."
        )
    for model in backed_up_models():
        label = model._meta.label_lower
        with contextlib.suppress(FileNotFoundError), _lines(folder, label).open("rb") as lines:
            for row in python.Deserializer(_rows(lines, model)):
                row.save(force_insert=True)
                counts[label] += 1
    return dict(counts)


def _lines(folder: Path, label: str) -> Path:
    return folder / "data" / f"{label}.jsonl"


def _rows(lines: BinaryIO, model: type[models.Model]) -> Iterator[dict[str, Any]]:
    """Read rows, saying which one holds a field that this version does not have."""
    fields = {field.name for field in model._meta.get_fields()}
    for number, line in enumerate(lines, start=1):
        row = json.loads(line)
        if unknown := sorted(set(row["fields"]) - fields):
            raise ArchiveError(
                f"{model._meta.label_lower}, ligne {number} : champ inconnu {', '.join(unknown)}."
                f"\n{model._meta.label_lower}, line {number}: unknown field."
            )
        yield row


def _reset_sequences() -> None:
    """Let the next row be numbered after the last restored one (PostgreSQL needs telling)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), backed_up_models()):
            cursor.execute(statement)


def _verify(expected: dict[str, int]) -> None:
    found = {model._meta.label_lower: model._base_manager.count() for model in backed_up_models()}
    wrong = [label for label, rows in expected.items() if found.get(label, 0) != rows]
    if wrong:
        raise ArchiveError(
            f"Rien n’a été changé : il manque des lignes dans {', '.join(wrong)}."
            f"\nNothing was changed: rows are missing in {', '.join(wrong)}."
        )


def _rebuild_derived() -> None:
    """Make the search index again from the restored sheets."""
    # Late: the index belongs to an app whose models must be loaded first.
    from traboule.kernel.initiatives import search

    search.rebuild()
