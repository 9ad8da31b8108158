"""A landlord's file of homes: tried in the background, nothing kept; then imported, once."""

import csv
import io
import itertools
import tempfile
from collections.abc import Iterator
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.ui.downloads import harmless

from ..models import Dwelling, Landlord, Stage, StockImport
from ..stock_file import Line, StockFile, UnreadableError
from . import stock

BATCH = 1000
"""Homes written together: few enough that nobody waits long for the database."""

MOST_TOLD = 100
"""Mistakes shown on the page; the returned file has them all."""

MOST_WRONG = 20_000
"""Beyond, it is not the lines that are wrong but the file."""


@transaction.atomic
def read_stock(
    *, landlord: Landlord, file: UploadedFile, is_whole: bool, by: Person
) -> StockImport:
    """Keep the file and try it in the background; no home is touched."""
    must_be_open(landlord.space)
    sent = StockImport.objects.create(
        landlord=landlord, file=file, file_name=(file.name or "")[:200], size=file.size or 0,
        is_whole=is_whole, language=translation.get_language() or "fr", by=by,
    )  # fmt: skip
    record("housing.sent-stock", sent, by=by, file=str(sent.key))
    transaction.on_commit(lambda: try_file.enqueue(sent.pk))
    return sent


@transaction.atomic
def import_stock(*, sent: StockImport, only_right: bool, by: Person) -> StockImport:
    """Put in the stock, in the background, what was read; asked twice, it is done once.

    Raises Refused while lines are wrong, unless ``only_right``, or another file is on its way.
    """
    must_be_open(sent.landlord.space)
    sent = StockImport.objects.select_for_update(of=("self",)).get(pk=sent.pk)
    if not sent.may_become(Stage.IMPORTING):
        return sent
    if sent.report.get("wrong") and not only_right:
        raise Refused(
            _("Cochez la case pour n’importer que les lignes justes, ou corrigez d’abord votre "
              "fichier.")
        )  # fmt: skip
    sent.stage, sent.only_right = Stage.IMPORTING, only_right
    sent.started_at, sent.done, sent.lines = timezone.now(), 0, 0
    try:
        with transaction.atomic():
            sent.save()
    except IntegrityError as error:
        raise Refused(
            _("Un autre fichier de ce bailleur est en cours d’import : attendez qu’il finisse.")
        ) from error
    record("housing.imported-stock", sent, by=by, file=str(sent.key))
    transaction.on_commit(lambda: import_file.enqueue(sent.pk))
    return sent


@task()
def try_file(pk: int) -> None:
    """Say what importing the file would do. Safe to repeat."""
    _work(pk, Stage.READING, Stage.READ, _try)


@task()
def import_file(pk: int) -> None:
    """Put the right lines in the stock; a home of the same reference is brought up to date.

    Safe to repeat: begun again after a failure, it writes the same.
    """
    _work(pk, Stage.IMPORTING, Stage.DONE, _import)


def _work(pk: int, during: Stage, after: Stage, work: Any) -> None:
    sent = StockImport.objects.select_related("landlord", "by").get(pk=pk)
    if sent.stage != during:
        return
    sent.stage = Stage.FAILED
    with translation.override(sent.language):
        try:
            with sent.file.open("rb") as file:
                work(sent, StockFile(file))
            sent.stage, sent.done = after, sent.size
        except UnreadableError as error:
            sent.report["refused"] = str(error)
        except Exception:
            sent.report["refused"] = _("Une panne a arrêté ce travail. Recommencez dans un moment.")
            raise  # The worker's log tells the rest.
        finally:
            sent.ended_at = timezone.now()
            sent.save()


def _try(sent: StockImport, read: StockFile) -> None:
    """Count what would become of each line, and keep the wrong ones as they came."""
    homes = sent.landlord.dwellings.all()
    counts = {"new": 0, "known": 0, "wrong": 0, "leaving": 0}
    mistakes: list[dict[str, Any]] = []
    still = 0
    with tempfile.TemporaryFile() as kept:
        wrong = io.TextIOWrapper(kept, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(wrong, delimiter=";")
        writer.writerow([*read.heads, _("À corriger")])
        for lines in _told(sent, read):
            for line in lines:
                if line.mistakes:
                    counts["wrong"] += 1
                    writer.writerow([*_padded(line, read), _said(line)])
                    mistakes += _shown(line) if len(mistakes) < MOST_TOLD else []
            if counts["wrong"] > MOST_WRONG:
                raise UnreadableError(_too_wrong(mistakes))
            references = [line.reference for line in lines if not line.mistakes]
            known = homes.filter(reference__in=references)
            counts["known"] += (number := known.count())
            counts["new"] += len(references) - number
            still += known.standing().count()
        if counts["wrong"]:
            kept.seek(0)
            sent.wrong.save("a-corriger.csv", File(kept), save=False)
    if not counts["new"] + counts["known"] + counts["wrong"]:
        raise UnreadableError(_("Ce fichier n’a pas de logement sous la ligne des titres."))
    if sent.is_whole:
        counts["leaving"] = homes.standing().count() - still
    sent.report = {**counts, "mistakes": mistakes[:MOST_TOLD], "unknown": read.unknown}


def _import(sent: StockImport, read: StockFile) -> None:
    """Write the right lines, a batch at a time; then let go of the homes that are gone."""
    report = {**sent.report, "written": 0, "left": 0, "kept": 0}
    fields = [*read.fields, "imported_at", "removed_at"]
    fields.remove("reference")
    for lines in _told(sent, read):
        homes = [
            Dwelling(landlord=sent.landlord, imported_at=sent.started_at, **_columns(line))
            for line in lines
            if not line.mistakes
        ]
        Dwelling.objects.bulk_create(
            homes,
            update_conflicts=True,
            unique_fields=["landlord", "reference"],
            update_fields=fields,
        )
        report["written"] += len(homes)
    if sent.is_whole:
        report["left"], report["kept"] = stock.let_go_of_absent(
            sent.landlord, sent.started_at, by=sent.by
        )
    sent.report = report


def _columns(line: Line) -> dict[str, Any]:
    """The line, as columns of the table."""
    names = {"commune": "commune_id", "priority_neighbourhood": "priority_neighbourhood_id"}
    return {names.get(key, key): value for key, value in line.values.items()}


def _told(sent: StockImport, read: StockFile) -> Iterator[list[Line]]:
    """The lines of the file, many at a time; after each batch, how far it is."""
    sent.lines = 0
    lines = read.lines()
    while batch := list(itertools.islice(lines, BATCH)):
        yield batch
        sent.lines, sent.done = sent.lines + len(batch), min(batch[-1].end, sent.size)
        StockImport.objects.filter(pk=sent.pk).update(lines=sent.lines, done=sent.done)


def _padded(line: Line, read: StockFile) -> list[str]:
    """What the line held, so that the last column is the last."""
    width = len(read.heads)
    return [harmless(cell) for cell in (line.cells + [""] * width)[:width]]


def _said(line: Line) -> str:
    return " / ".join(f"{head} : {said}" if head else said for head, said in line.mistakes)


def _shown(line: Line) -> list[dict[str, Any]]:
    return [
        {"line": line.number, "field": head, "message": str(said)} for head, said in line.mistakes
    ]


def _too_wrong(mistakes: list[dict[str, Any]]) -> str:
    first = mistakes[0]
    return _(
        "Presque tout est à corriger, dès la ligne %(line)s : %(field)s %(message)s "
        "Vérifiez les colonnes, puis renvoyez le fichier."
    ) % {**first, "field": f"{first['field']} :" if first["field"] else ""}
