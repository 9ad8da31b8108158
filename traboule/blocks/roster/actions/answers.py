"""Those who were drawn say yes or no; a no calls the next of the reserve who keeps the quotas."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from .. import messages
from ..models import Because, College, Designation, DrawCandidate, Member, Rank, Roster
from ..standing import Standing
from .members import free_seats, leave, other, seat

Answer = DrawCandidate.Answer


@transaction.atomic
def accept(*, candidate: DrawCandidate, by: Person) -> Member:
    """Take the seat; when all were filled meanwhile, be a substitute. Raises Refused."""
    candidate, person = _asked(candidate)
    held = Member.objects.current().filter(space=candidate.draw.space, person=person).first()
    if held:
        member = held
    else:
        member = seat(
            space=candidate.draw.space,
            person=person,
            college=candidate.college,
            by=by,
            rank=Rank.TITULAR if free_seats(candidate.college) else Rank.SUBSTITUTE,
            designation=Designation.DRAWN,
            term_ends_on=candidate.draw.term_ends_on,
        )
    if candidate.answer != Answer.ACCEPTED:
        _note(candidate, Answer.ACCEPTED)
        record("roster.accepted", candidate, by=by, for_=other(person, by),
               candidate=candidate.pk)  # fmt: skip
    return member


@transaction.atomic
def decline(*, candidate: DrawCandidate, by: Person) -> DrawCandidate | None:
    """Say no, or no more; who is called in their place, if anybody. Raises Refused."""
    candidate, person = _asked(candidate)
    if candidate.answer == Answer.DECLINED:
        return None
    held = Member.objects.current().filter(space=candidate.draw.space, person=person).first()
    if candidate.answer == Answer.ACCEPTED and held:
        leave(held, because=Because.RESIGNED)
    _note(candidate, Answer.DECLINED)
    record("roster.declined", candidate, by=by, for_=other(person, by), candidate=candidate.pk)
    return _call(candidate.college, by=by)


@transaction.atomic
def call_next(*, college: College, by: Person) -> DrawCandidate:
    """Ask the next of the reserve to take a vacant seat. Raises Refused when nobody is left."""
    must_be_open(college.space)
    Roster.locked(college.space)
    called = _call(college, by=by)
    if called is None:
        raise Refused(_("Il n’y a personne à appeler, ou plus de place vacante : relisez la page."))
    return called


def ask(candidate: DrawCandidate) -> None:
    """Ask someone to take a seat, which is kept for them until they answer."""
    candidate.answer, candidate.asked_at = Answer.ASKED, timezone.now()
    candidate.save(update_fields=["answer", "asked_at"])
    messages.drawn(candidate)


def undo_accepting(entry: Any, by: Person) -> None:
    """Take back a yes that was noted for someone."""
    decline(candidate=_of(entry), by=by)


def undo_declining(entry: Any, by: Person) -> None:
    """Take back a no that was noted for someone."""
    accept(candidate=_of(entry), by=by)


def _of(entry: Any) -> DrawCandidate:
    return DrawCandidate.objects.select_related("draw__space").get(pk=entry.details["candidate"])


def _asked(candidate: DrawCandidate) -> tuple[DrawCandidate, Person]:
    """The candidate and who they are, under the lock of the roster."""
    must_be_open(candidate.draw.space)
    Roster.locked(candidate.draw.space)
    known = DrawCandidate.objects.select_related("draw__space", "person", "college")
    candidate = known.get(pk=candidate.pk)
    if candidate.person is None or not candidate.answer:
        raise Refused(_("Cette personne n’a pas encore été appelée."))
    return candidate, candidate.person


def _note(candidate: DrawCandidate, answer: str) -> None:
    candidate.answer, candidate.answered_at = answer, timezone.now()
    candidate.save(update_fields=["answer", "answered_at"])


def _call(college: College, *, by: Person) -> DrawCandidate | None:
    """Ask the next of the reserve if a seat is vacant and no substitute waits for it."""
    proposal = Standing(college.space).proposal(college)
    if proposal is None or proposal.candidate is None:
        return None
    ask(proposal.candidate)
    record("roster.called", proposal.candidate, by=by)
    return proposal.candidate
