"""Importing sheets from a file: first a trial that loads nothing, then, if asked, the loading."""

from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune

from .actions import publish_sheets
from .exchange.readers import Reading, Row, UnreadableError, read
from .models import Initiative, Job
from .sheet import Sheet
from .vocabulary import Origin

BATCH = 200
"""Sheets published together: few enough that nobody waits long for the database."""

MOST_TOLD = 200
"""Mistakes shown on the page; the returned file has them all."""


def start_check(*, file: UploadedFile, origin: Origin, by: Person) -> Job:
    """Keep the file and try it in the background; nothing is loaded."""
    job = Job.objects.create(
        kind=Job.Kind.IMPORT_CHECK,
        by=by,
        input=file,
        language=translation.get_language() or "fr",
        report={"file": file.name or "", "origin": origin.value},
    )
    transaction.on_commit(lambda: check_file.enqueue(job.pk))
    return job


@transaction.atomic
def start_import(*, checked: Job, only_right: bool, by: Person) -> Job:
    """Load in the background the file that was tried; asked twice, it is loaded once."""
    checked = Job.objects.select_for_update().get(pk=checked.pk)
    if key := checked.report.get("import"):
        return Job.objects.get(key=key)
    job = Job.objects.create(
        kind=Job.Kind.IMPORT,
        by=by,
        input=checked.input.name,
        language=checked.language,
        report={
            "file": checked.report["file"],
            "origin": checked.report["origin"],
            "only_right": only_right,
        },
    )
    checked.report["import"] = job.key
    checked.save(update_fields=["report"])
    transaction.on_commit(lambda: import_file.enqueue(job.pk))
    return job


@task()
def check_file(job_pk: int) -> None:
    """Say what loading the file would do. Safe to repeat."""
    _run(job_pk, _check)


@task()
def import_file(job_pk: int) -> None:
    """Load the file: sheets of the same slug are replaced, so that repeating is harmless."""
    _run(job_pk, _import)


def read_checked(name: str, content: bytes) -> Reading:
    """The file, with the mistakes that only the database shows. Raises UnreadableError."""
    reading = read(name, content)
    _blame_unknown_communes(reading)
    _blame_unknown_parents(reading)
    _blame_circles(reading)
    return reading


def publishing_order(sheets: list[Sheet]) -> list[Sheet]:
    """Parents before children; else from last to first, since files list the newest first."""
    by_slug = {sheet.slug: sheet for sheet in reversed(sheets)}
    graph = {s.slug: [p for p in s.inspired_by if p in by_slug] for s in by_slug.values()}
    return [by_slug[slug] for slug in TopologicalSorter(graph).static_order()]


def publish_in_batches(reading: Reading, *, origin: Origin, by: Person | None, told: Any) -> None:
    """Publish the right rows; ``told`` hears how many are done after each batch."""
    sheets = publishing_order(reading.sheets)
    for start in range(0, len(sheets), BATCH):
        publish_sheets(sheets[start : start + BATCH], origin=origin, by=by)
        told(min(start + BATCH, len(sheets)))


def _run(job_pk: int, work: Any) -> None:
    job = Job.objects.select_related("by").get(pk=job_pk)
    if job.is_over:
        return
    Job.objects.filter(pk=job_pk).update(status=Job.Status.WORKING)
    with translation.override(job.language):
        try:
            with job.input.open("rb") as file:
                reading = read_checked(job.report["file"], file.read())
            status = work(job, reading)
        except UnreadableError as error:
            job.report["refused"] = str(error)
            status = Job.Status.FAILED
        except Exception:
            job.report["refused"] = _("Une panne a arrêté ce travail. Recommencez dans un moment.")
            _end(job, Job.Status.FAILED)
            raise  # The worker's log tells the rest.
    _end(job, status)


def _check(job: Job, reading: Reading) -> Job.Status:
    _tell(job, reading)
    return Job.Status.DONE


def _import(job: Job, reading: Reading) -> Job.Status:
    _tell(job, reading)
    if reading.wrong and not job.report["only_right"]:
        job.report["refused"] = _("Des lignes sont à corriger : rien n’a été importé.")
        return Job.Status.FAILED
    job.total = len(reading.sheets)
    Job.objects.filter(pk=job.pk).update(total=job.total)
    publish_in_batches(
        reading,
        origin=Origin(job.report["origin"]),
        by=job.by,
        told=lambda done: Job.objects.filter(pk=job.pk).update(done=done),
    )
    job.done = job.total
    return Job.Status.DONE


def _tell(job: Job, reading: Reading) -> None:
    """Write into the job what the reading found, with the wrong part as a file."""
    ready = [sheet.slug for sheet in reading.sheets]
    mistakes = [mistake for row in reading.wrong for mistake in row.mistakes]
    replaced = sum(
        Initiative.objects.filter(slug__in=ready[start : start + 500]).count()
        for start in range(0, len(ready), 500)
    )
    job.report |= {
        "ready": len(ready),
        "wrong": len(reading.wrong),
        "replaced": replaced,
        "new": len(ready) - replaced,
        "remarks": reading.remarks,
        "mistakes": [
            {"line": m.line, "field": m.field, "message": m.message} for m in mistakes[:MOST_TOLD]
        ],
        "untold": max(0, len(mistakes) - MOST_TOLD),
    }
    if reading.wrong:
        ending, text = reading.wrong_part()
        job.output.save(f"a-corriger{ending}", ContentFile(text.encode()), save=False)


def _end(job: Job, status: Job.Status) -> None:
    job.status, job.ended_at = status, timezone.now()
    job.save(update_fields=["status", "ended_at", "report", "output", "done", "total"])


def _blame_unknown_communes(reading: Reading) -> None:
    codes = sorted({sheet.place.commune for sheet in reading.sheets})
    known: set[str] = set()
    for start in range(0, len(codes), 500):
        found = Commune.objects.filter(code__in=codes[start : start + 500])
        known.update(found.values_list("code", flat=True))
    for row, sheet in _right(reading):
        if sheet.place.commune not in known:
            message = _("aucune commune n’a le code INSEE %(code)s ; cherchez-le par son nom")
            reading.blame(row, "place.commune", message % {"code": sheet.place.commune})


def _blame_unknown_parents(reading: Reading) -> None:
    """Parents are here or among the right rows; a wrong parent makes its children wrong."""
    parents = sorted({slug for sheet in reading.sheets for slug in sheet.inspired_by})
    here: set[str] = set()
    for start in range(0, len(parents), 500):
        found = Initiative.objects.filter(slug__in=parents[start : start + 500])
        here.update(found.values_list("slug", flat=True))
    message = _("aucune fiche ne s’appelle « %(slug)s », ni ici ni parmi les lignes justes")
    blamed = True
    while blamed:
        known = here | {sheet.slug for sheet in reading.sheets}
        blamed = False
        for row, sheet in _right(reading):
            if lost := [slug for slug in sheet.inspired_by if slug not in known]:
                reading.blame(row, "inspired_by", message % {"slug": lost[0]})
                blamed = True


def _blame_circles(reading: Reading) -> None:
    """No initiative is its own ancestor: such rows have no order to publish them in."""
    while True:
        try:
            publishing_order(reading.sheets)
        except CycleError as error:
            circle = set(error.args[1])
            message = _("ces fiches s’inspirent l’une de l’autre en rond : %(slugs)s")
            for row, sheet in _right(reading):
                if sheet.slug in circle:
                    slugs = ", ".join(sorted(circle))
                    reading.blame(row, "inspired_by", message % {"slugs": slugs})
            _blame_unknown_parents(reading)
        else:
            return


def _right(reading: Reading) -> list[tuple[Row, Sheet]]:
    return [(row, row.sheet) for row in reading.rows if row.sheet is not None and row.is_right]
