"""Who may do what with drafts, sheets and background jobs."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from traboule.kernel.people.rules import is_editor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person

    from .models import Draft, Initiative, Job


def can_edit_territory(person: "Person | AnonymousUser") -> bool:
    """Whether they edit any part of the territory."""
    return is_editor(person)


def can_write_draft(
    person: "Person | AnonymousUser", draft: "Draft", *, codes: Collection[str] = ()
) -> bool:
    """Whether the draft is theirs, or their browser knows its code."""
    return draft.code in codes or (person.is_authenticated and draft.author_id == person.pk)


def can_review(person: "Person | AnonymousUser", draft: "Draft") -> bool:
    """Whether they edit the department of the draft; any editor while it names none."""
    return is_editor(person, draft.department_code or None)


def can_confirm(person: "Person | AnonymousUser", initiative: "Initiative") -> bool:
    """Whether they edit the department of the sheet, hence may ask by phone if it is still true."""
    return is_editor(person, initiative.commune.department_id)


def can_import(person: "Person | AnonymousUser") -> bool:
    """Whoever edits the whole territory: a file may replace any sheet."""
    if not (person.is_authenticated and person.is_active):
        return False
    return person.is_superuser or "" in person.editor_of


def can_see_job(person: "Person | AnonymousUser", job: "Job") -> bool:
    """Whoever has its address, which nobody guesses; but an import only those who may import."""
    return job.kind not in job.IMPORTS or can_import(person)
