"""Printing in the background: a booklet takes longer than anyone waits for a page."""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tasks import task

from traboule.kernel.people.models import Person

from ..exchange.selection import Selection
from ..models import Job
from ..search.filters import Filters
from . import documents

MOST_SHEETS = {Job.Kind.BOOKLET: 300, Job.Kind.WALL_MAP: 60}
"""Beyond, a booklet is too thick to staple and a wall map too dense to read."""

MOST_QUERY = 1000
"""What a job can remember of an address."""

_PRINTERS: dict[str, Callable[..., bytes]] = {
    Job.Kind.BOOKLET: documents.booklet_pdf,
    Job.Kind.WALL_MAP: documents.wall_map_pdf,
}


class NothingToPrintError(Exception):
    """There are no sheets to print, or too many; the message says what to do."""


def check(kind: Job.Kind, filters: Filters) -> int:
    """How many sheets would be printed. Raises NothingToPrintError when that makes no print."""
    count = Selection.of(filters).count
    if not count:
        raise NothingToPrintError(
            _("Aucune fiche ne correspond à ces filtres. Retirez-en un, puis recommencez.")
        )
    if count > MOST_SHEETS[kind]:
        raise NothingToPrintError(
            _(
                "Cela ferait %(count)s fiches, et nous en imprimons %(most)s au plus. "
                "Choisissez par exemple un thème ou une commune, puis recommencez."
            )
            % {"count": count, "most": MOST_SHEETS[kind]}
        )
    return count


@transaction.atomic
def start_printing(*, kind: Job.Kind, filters: Filters, by: Person | None) -> Job:
    """Have the sheets that fit printed in the background; asked twice at once, printed once.

    Raises NothingToPrintError.
    """
    query = filters.query_string().lstrip("?")
    if len(query) > MOST_QUERY:
        raise NothingToPrintError(
            _("Votre recherche est trop longue pour l’impression : gardez-en quelques mots.")
        )
    total = check(kind, filters)
    language = translation.get_language() or "fr"
    waiting = Job.objects.filter(
        kind=kind, query=query, language=language, by=by, status=Job.Status.WAITING
    ).first()
    if waiting:
        return waiting
    job = Job.objects.create(kind=kind, query=query, language=language, by=by, total=total)
    transaction.on_commit(lambda: print_job.enqueue(job.pk))
    return job


@task()
def print_job(job_pk: int) -> None:
    """Typeset what the job asks for, and keep the file. Safe to repeat."""
    job = Job.objects.get(pk=job_pk)
    if job.is_over:
        return
    Job.objects.filter(pk=job_pk).update(status=Job.Status.WORKING, done=0)
    with translation.override(job.language):
        try:
            job.output.save(_file_name(job), ContentFile(_printed(job)), save=False)
            job.status = Job.Status.DONE
        except NothingToPrintError as error:
            job.report["refused"] = str(error)
            job.status = Job.Status.FAILED
        except Exception:
            job.report["refused"] = _("Une panne a arrêté ce travail. Recommencez dans un moment.")
            job.status = Job.Status.FAILED
            raise  # The worker's log tells the rest.
        finally:
            job.ended_at = timezone.now()
            job.save()


def _printed(job: Job) -> bytes:
    filters = Filters.from_query(QueryDict(job.query))
    job.total = check(Job.Kind(job.kind), filters)
    Job.objects.filter(pk=job.pk).update(total=job.total)
    selected = [one for chunk in Selection.of(filters).chunks() for one in chunk]
    job.total = len(selected)
    return _PRINTERS[job.kind](selected, filters=filters, told=lambda done: _tell(job, done))


def _tell(job: Job, done: int) -> None:
    """Note how far the work is, without a write for every sheet."""
    job.done = done
    if done % 10 == 0:
        Job.objects.filter(pk=job.pk, total__gte=done).update(done=done)


def _file_name(job: Job) -> str:
    name = _("recueil") if job.kind == Job.Kind.BOOKLET else _("carte-murale")
    return f"traboule-{slugify(name)}.pdf"
