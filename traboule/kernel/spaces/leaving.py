"""Everything a space holds, to take away: tables that any spreadsheet opens, pages, and files.

What belongs to a space is found from the models themselves: every row that a chain of relations
leads from to the space, without passing by a person. A block has nothing to declare.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from traboule.kernel.files.models import File
from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Channel, Person
from traboule.ui.downloads import lines

from .copying import archive as recipe_archive
from .models import Space


@transaction.atomic
def take_away(*, space: Space, by: Person) -> IO[bytes]:
    """Everything, as it stands at one moment, in a ZIP file; ``LISEZ-MOI.txt`` says what is where.

    The file is open at its start, and gone once closed. The journal remembers who took it.
    """
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by whoever sends it)
    record("take-everything-away", space, by=by)
    _write(space, target)
    target.seek(0)
    return target


def _write(space: Space, target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("LISEZ-MOI.txt", _read_me(space))
        for model, path in sorted(_owned().items(), key=lambda pair: pair[0]._meta.label):
            rows = model._base_manager.filter(**{path: space.pk}).order_by("pk")
            _table(folder, model, rows)
        people = Person.objects.filter(participations__space=space).order_by("pk").distinct()
        _table(folder, Channel, Channel.objects.filter(person__in=people).order_by("pk"))
        for page in space.pages.order_by("position", "pk"):
            folder.writestr(f"pages/{page.slug}.md", f"# {page.title}\n\n{page.text}\n")
        for file in File.objects.filter(space_key=space.key).order_by("pk").iterator():
            _put_file(folder, file)
        folder.writestr("modele.zip", recipe_archive(space))


def _owned() -> dict[type[models.Model], str]:
    """Each model whose rows belong to a space, and the look-up that leads there."""
    found: dict[type[models.Model], str] = {}
    waiting: list[tuple[type[models.Model], str]] = [(Space, "")]
    while waiting:
        target, path = waiting.pop(0)
        for model in apps.get_models():
            if model in found or not model.__module__.startswith("traboule."):
                continue
            link = _link(model, target)
            if link:
                found[model] = f"{link}__{path}" if path else link
                waiting.append((model, found[model]))
    return found


def _link(model: type[models.Model], target: type[models.Model]) -> str:
    """The relation by which a row of ``model`` belongs to one of ``target``."""
    for field in model._meta.local_fields:
        if (
            isinstance(field, models.ForeignKey)
            and field.related_model is target
            and field.remote_field.on_delete is models.CASCADE
        ):
            return field.name
    return ""


def _table(folder: zipfile.ZipFile, model: type[models.Model], rows: models.QuerySet) -> None:
    if not rows.exists():
        return
    fields = [field for field in model._meta.local_fields if not _is_secret(field)]
    linked = [field.name for field in fields if isinstance(field, models.ForeignKey)]
    name = slugify(str(model._meta.verbose_name_plural))
    with folder.open(f"tables/{model._meta.app_label}-{name}.csv", "w") as raw:
        for line in lines(_rows(fields, rows.select_related(*linked))):
            raw.write(line.encode())


def _rows(fields: list[models.Field], rows: models.QuerySet) -> Iterator[list[str]]:
    yield [capfirst(str(field.verbose_name)) for field in fields]
    for row in rows.iterator(chunk_size=1000):
        yield [_cell(row, field) for field in fields]


def _is_secret(field: models.Field) -> bool:
    """Whether it opens a door: it is not for a spreadsheet."""
    return any(word in field.name for word in ("token", "secret", "password", "hash"))


def _cell(row: models.Model, field: models.Field) -> str:
    value: Any = getattr(row, field.name)
    if value is None:
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.DateTimeField):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(value)


def _put_file(folder: zipfile.ZipFile, file: File) -> None:
    name = file.content.name
    if not name or not file.content.storage.exists(name):
        return
    ending = name.rpartition(".")[2]
    with (
        file.content.open("rb") as content,
        folder.open(
            f"fichiers/{file.created_at:%Y-%m-%d}-{file.pk}.{ending}", "w", force_zip64=True
        ) as target,
    ):
        for chunk in content.chunks():
            target.write(chunk)


def _read_me(space: Space) -> str:
    return _(
        "%(space)s\n%(site)s\nLe %(day)s\n\n"
        "Tout ce que l’espace contient :\n"
        "- tables/ : une table par sorte de chose ; un tableur les ouvre ;\n"
        "- pages/ : vos pages, en Markdown ;\n"
        "- fichiers/ : vos photos, vidéos et documents ;\n"
        "- modele.zip : de quoi relancer la même initiative ailleurs.\n\n"
        "Ces fichiers portent des noms et des numéros : gardez-les à l’abri, et effacez-les dès "
        "qu’ils ne servent plus.\n"
    ) % {
        "space": space,
        "site": settings.SITE_URL + space.get_absolute_url(),
        "day": date_format(timezone.localdate(), "j F Y"),
    }
