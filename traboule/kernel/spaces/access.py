"""The access code of a space, on a gate or a noticeboard, and the guests who come in with it."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from traboule.kernel.initiatives.models.contribution import new_code
from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Person

from .actions import must_be_open
from .models import Participation, Role, Space
from .rules import can_read

if TYPE_CHECKING:
    from traboule.kernel.journal.models import Entry

_KEY = "spaces.codes"
_MOST_KEPT = 5


def read_code(text: str) -> str:
    """A code as it is kept, however it was typed: lower case, spaces, no dash."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    return f"{signs[:4]}-{signs[4:]}"


def space_of(code: str) -> Space | None:
    """The running space that this code opens, if it does today."""
    return Space.objects.running().for_page().filter(access_code=read_code(code)).first()


@transaction.atomic
def rotate(*, space: Space, by: Person) -> str:
    """Give the space a new code; the former one opens nothing from now on."""
    must_be_open(space)
    space.access_code, space.access_code_changed_at = new_code(), timezone.now()
    space.save(update_fields=["access_code", "access_code_changed_at"])
    record("rotate-access-code", space, by=by)
    return space.access_code


@transaction.atomic
def close(*, space: Space, by: Person) -> None:
    """Leave the space without a code; the guests who came keep what they did."""
    if not space.access_code:
        return
    space.access_code, space.access_code_changed_at = "", timezone.now()
    space.save(update_fields=["access_code", "access_code_changed_at"])
    record("close-access-code", space, by=by)


@transaction.atomic
def enter(*, space: Space, first_name: str) -> Person:
    """Let in someone who has the code and gives a first name, nothing else."""
    # Two who give the same name at the same time are told apart one after the other.
    Space.objects.select_for_update().get(pk=space.pk)
    must_be_open(space)
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    guest = Person.objects.create_person(
        name=_told_apart(space, first_name), is_guest=True, language=language
    )
    Participation.objects.create(space=space, person=guest, role=Role.GUEST)
    record("enter-with-code", space, by=guest)
    return guest


@transaction.atomic
def let_in(*, space: Space, person: Person) -> Participation:
    """Let in with the code someone who is known already: a guest stays one, others are members."""
    must_be_open(space)
    role = Role.GUEST if person.is_guest else Role.MEMBER
    participation, created = Participation.objects.get_or_create(
        space=space, person=person, defaults={"role": role}
    )
    if participation.left_at or participation.waiting:
        participation.left_at, participation.waiting, participation.role = None, False, role
        participation.save(update_fields=["left_at", "waiting", "role"])
        created = True
    if created:
        record("enter-with-code", space, by=person)
    return participation


def remember(session: SessionBase, space: Space) -> None:
    """Let whoever uses this browser read the space, until its code changes."""
    codes = [code for code in session.get(_KEY, []) if code != space.access_code]
    session[_KEY] = [*codes, space.access_code][-_MOST_KEPT:]


def opened(session: SessionBase, space: Space) -> bool:
    """Whether this browser gave the code that opens the space today."""
    return bool(space.access_code) and space.access_code in session.get(_KEY, [])


def may_open_files(request: HttpRequest, space_key: str) -> bool:
    """Whether this visitor reads in the space whose files they ask for."""
    space = Space.objects.filter(pk=space_key.partition(":")[2]).first()
    return space is not None and (can_read(request.user, space) or opened(request.session, space))


def promote_guests(sender: Any, *, entry: "Entry", subject: Any, **kwargs: Any) -> None:
    """A guest who proved a number or address is a person: a member wherever they were a guest."""
    is_person = isinstance(subject, Person) and not subject.is_guest
    if is_person and entry.act in {"add-channel", "merge"}:
        Participation.objects.filter(person=subject, role=Role.GUEST).update(role=Role.MEMBER)


def _told_apart(space: Space, first_name: str) -> str:
    """The name, with a number when someone in the space already has it: « Lina (2) »."""
    name = " ".join(first_name.split())
    taken = {
        known.casefold()
        for known in space.participations.filter(person__name__istartswith=name[:1]).values_list(
            "person__name", flat=True
        )
    }
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} ({number})"
    return candidate
