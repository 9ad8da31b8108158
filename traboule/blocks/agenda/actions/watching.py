"""Being told when a date changes for which nobody signs up."""

from django.db import transaction

from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import Watch
from .for_others import let_in


@transaction.atomic
def watch(*, space: Space, person: Person, by: Person) -> None:
    """Tell the person from now on, by their own channel; twice is no matter."""
    must_be_open(space)
    if by != person:
        let_in(space=space, person=person, by=by)
    _watch, created = Watch.objects.get_or_create(space=space, person=person)
    if created:
        record("agenda.watched", space, by=by, for_=person)


@transaction.atomic
def stop_watching(*, space: Space, person: Person, by: Person) -> None:
    """Tell them no more."""
    if Watch.objects.filter(space=space, person=person).delete()[0]:
        record("agenda.stopped-watching", space, by=by, for_=person)
