"""Taking a seat, leaving it, taking the seat of who left.

Every act first locks the space's roster, so that however many act at once, a seat is held once.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import bring_in, must_be_open
from traboule.kernel.spaces.models import Space

from .. import messages
from ..models import Because, College, Member, Rank, Roster


@transaction.atomic
def appoint(
    *,
    space: Space,
    person: Person,
    college: College,
    by: Person,
    rank: str = Rank.TITULAR,
    **fields: Any,
) -> Member:
    """Have someone sit in a college, or be ready to; who is new to the space is let in.

    ``fields`` are those of a Member. Raises Refused for a college that is full, and for who
    sits already.
    """
    must_be_open(space)
    Roster.locked(space)
    if rank == Rank.TITULAR:
        _must_have_room(college)
    member = seat(space=space, person=person, college=college, by=by, rank=rank, **fields)
    record("roster.appointed", member, by=by, for_=other(person, by), member=member.pk)
    return member


@transaction.atomic
def change(*, member: Member, by: Person, **fields: Any) -> None:
    """Change someone's function, how they were chosen, or the dates of their term."""
    must_be_open(member.space)
    for name, value in fields.items():
        setattr(member, name, value)
    member.save(update_fields=list(fields))
    record("roster.changed-member", member, by=by, fields=sorted(fields))


@transaction.atomic
def end(*, member: Member, because: str, by: Person, on: datetime.date | None = None) -> None:
    """Note that someone sits no more; what they were is kept. Raises Refused before their start."""
    must_be_open(member.space)
    Roster.locked(member.space)
    member.refresh_from_db()
    if member.ended_on:
        return
    leave(member, because=because, on=on)
    record("roster.ended", member, by=by, for_=other(member.person, by), member=member.pk,
           because=because)  # fmt: skip


@transaction.atomic
def promote(*, member: Member, by: Person) -> None:
    """Give a vacant seat of their college to a substitute, who is told. Raises Refused."""
    must_be_open(member.space)
    Roster.locked(member.space)
    member.refresh_from_db()
    if member.ended_on:
        raise Refused(_("Cette personne ne fait plus partie de la composition."))
    if member.is_titular:
        raise Refused(_("C’est déjà fait : cette personne est titulaire."))
    _must_have_room(member.college)
    member.rank = Rank.TITULAR
    member.save(update_fields=["rank"])
    record("roster.promoted", member, by=by, member=member.pk)
    messages.promoted(member)


def undo_appointing(entry: Any, by: Person) -> None:
    """Take back that someone was added."""
    member = Member.objects.select_related("space", "person").get(pk=entry.details["member"])
    end(member=member, because=Because.MISTAKE, by=by)


def seat(
    *, space: Space, person: Person, college: College, by: Person, rank: str, **fields: Any
) -> Member:
    """The seat itself, under the lock of the caller. Raises Refused for who sits already."""
    if Member.objects.current().filter(space=space, person=person).exists():
        raise Refused(_("Cette personne fait déjà partie de la composition."))
    bring_in(space=space, person=person, by=by)
    return Member.objects.create(space=space, person=person, college=college, rank=rank, **fields)


def leave(member: Member, *, because: str, on: datetime.date | None = None) -> None:
    """End a seat, under the lock of the caller. Raises Refused for a day before its start."""
    day = on or max(timezone.localdate(), member.starts_on)
    if day < member.starts_on:
        raise Refused(_("La fin ne peut pas précéder le début."))
    member.ended_on, member.ended_because = day, because
    member.save(update_fields=["ended_on", "ended_because"])


def free_seats(college: College) -> int:
    """Seats that nobody holds, whether or not someone was asked to take them."""
    return max(0, college.seats - college.members.current().titular().count())


def _must_have_room(college: College) -> None:
    """Refuse a seat that is held, or kept for someone drawn who has not answered yet."""
    free = free_seats(college)
    if not free:
        raise Refused(
            _("Le collège %(name)s est complet : notez d’abord un départ, ou choisissez une "
              "suppléance.") % {"name": college}
        )  # fmt: skip
    if free <= college.draw_candidates.asked().count():
        raise Refused(
            _("Les places qui restent sont gardées pour des personnes tirées au sort. Notez "
              "d’abord leur réponse, sur la page du tirage.")
        )  # fmt: skip


def other(person: Person, by: Person) -> Person | None:
    """For whom an act is done, when it is not for oneself."""
    return None if person.pk == by.pk else person
