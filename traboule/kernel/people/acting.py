"""In whose name a person may act, and what was done in someone's name."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.acts import act_of, words_of
from traboule.kernel.journal.models import Entry

from .models import Guardianship, Mandate, Person

UNDO_WITHIN = datetime.timedelta(hours=48)
SHOWN = 30


def people_i_act_for(person: Person, scope: str) -> "models.QuerySet[Person]":
    """Those in whose name the person may do this kind of act, without themselves, by name.

    What ``rules.can_act_for`` says of one, for a list to choose from.
    """
    givers = [
        mandate.giver_id
        for mandate in Mandate.objects.active().filter(holder=person)
        if mandate.covers(scope)
    ]
    children = Guardianship.objects.current().filter(guardian=person).values("child")
    chosen = Person.objects.filter(Q(pk__in=givers) | Q(pk__in=children), erased_at__isnull=True)
    return chosen.exclude(pk=person.pk).order_by("name", "pk")


@dataclass(frozen=True)
class Deed:
    """Something done by one person in another's name, as both read it."""

    entry: Entry
    by: Person | None
    for_: Person | None
    undoable: bool

    @property
    def words(self) -> str:
        """What was done."""
        return words_of(self.entry)


def done_for(person: Person) -> list[Deed]:
    """What others lately did in this person's name, newest first."""
    return _deeds(Entry.objects.filter(for_key=person.pk).exclude(by_key=person.pk))


def done_by(person: Person) -> list[Deed]:
    """What this person lately did in others' names, newest first."""
    return _deeds(Entry.objects.by(person).filter(for_key__isnull=False).exclude(for_key=person.pk))


def _deeds(entries: "models.QuerySet[Entry]") -> list[Deed]:
    latest = list(entries.order_by("-at", "-pk")[:SHOWN])
    keys = {key for entry in latest for key in (entry.by_key, entry.for_key)}
    people = Person.objects.in_bulk(keys - {None})
    undone = _undone(latest)
    return [
        Deed(
            entry=entry,
            by=people.get(entry.by_key),
            for_=people.get(entry.for_key),
            undoable=_in_time(entry) and str(entry.pk) not in undone,
        )
        for entry in latest
    ]


def _undone(entries: Iterable[Entry]) -> set[str]:
    """The keys of those already undone: only an undoing speaks of an entry itself."""
    keys = [str(entry.pk) for entry in entries]
    found = Entry.objects.filter(subject_type=Entry._meta.label_lower, subject_key__in=keys)
    return set(found.values_list("subject_key", flat=True))


def _in_time(entry: Entry) -> bool:
    return act_of(entry).undo is not None and entry.at > timezone.now() - UNDO_WITHIN


@transaction.atomic
def undo(*, entry: Entry, by: Person) -> None:
    """Undo what was done in one's name. Raises a ValidationError when it is too late."""
    act = act_of(entry)
    if act.undo is None or not _in_time(entry) or _undone([entry]):
        raise ValidationError(_("C’est trop tard pour l’annuler ici. Appelez-nous."))
    act.undo(entry, by)
    record("undo", entry, by=by)
