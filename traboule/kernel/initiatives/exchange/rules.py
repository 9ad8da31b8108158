"""Who may import sheets, and see a piece of background work."""

from django.contrib.auth.models import AnonymousUser

from traboule.kernel.people.models import Person

from ..models import Job


def can_import(person: Person | AnonymousUser) -> bool:
    """Whoever edits the whole territory: a file may replace any sheet."""
    if not (person.is_authenticated and person.is_active):
        return False
    return person.is_superuser or "" in person.editor_of


def can_see_job(person: Person | AnonymousUser, job: Job) -> bool:
    """Whoever has its address, which nobody guesses; but an import only those who may import."""
    return job.kind not in {Job.Kind.IMPORT, Job.Kind.IMPORT_CHECK} or can_import(person)
