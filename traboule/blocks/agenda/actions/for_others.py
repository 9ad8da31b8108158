"""What those who hold an event do for others: sign them up, invite them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import add_person
from traboule.kernel.spaces.models import Participation, Space

from .. import messages
from ..models import Enrolment, Event, Series, Signup, Via
from . import signups


@transaction.atomic
def sign_up_for(
    *, event: Event, person: Person, by: Person, via: Via, extra: int = 0, note: str = ""
) -> Signup:
    """Sign up someone who called or wrote on paper; new to the space, they are let in first."""
    let_in(space=event.space, person=person, by=by)
    return signups.sign_up(event=event, person=person, by=by, via=via, extra=extra, note=note)


@transaction.atomic
def sign_up_new(
    *, event: Event, name: str, channels: Iterable[Any], by: Person, via: Via, extra: int = 0
) -> Signup:
    """Sign up someone whom nobody here knew; their name is enough."""
    new = add_person(space=event.space, by=by, name=name, channels=channels).person
    return signups.sign_up(event=event, person=new, by=by, via=via, extra=extra)


@transaction.atomic
def enrol_for(*, series: Series, person: Person, by: Person, via: Via) -> Enrolment:
    """The same, for every session of a series."""
    let_in(space=series.space, person=person, by=by)
    return signups.enrol(series=series, person=person, by=by, via=via)


@transaction.atomic
def enrol_new(
    *, series: Series, name: str, channels: Iterable[Any], by: Person, via: Via
) -> Enrolment:
    """The same, for someone whom nobody here knew."""
    new = add_person(space=series.space, by=by, name=name, channels=channels).person
    return signups.enrol(series=series, person=new, by=by, via=via)


def let_in(*, space: Space, person: Person, by: Person) -> None:
    """Have the person take part in the space, unless they do."""
    if not Participation.objects.current().filter(space=space, person=person).exists():
        add_person(space=space, by=by, person=person)


@transaction.atomic
def invite(*, event: Event, people: Iterable[Person], by: Person) -> int:
    """Ask people whether they come; each once. How many were asked."""
    invited = list(people)
    for person in invited:
        messages.invitation(event, person, by=by)
    record("agenda.invited", event, by=by, number=len(invited))
    return len(invited)
