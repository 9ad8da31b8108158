"""The same person known twice: proposing, merging, and parting again.

A merge moves every row that points to the absorbed person, whatever app it belongs to, and
writes down what it changed: undoing reads that list backwards. Ledgers, which refuse updates,
keep their lines under the absorbed person, who stays as an inactive row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.engines.french import fold
from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry

from . import names
from .actions import Refused
from .channels import BY_MACHINE, ChannelKind
from .models import Merge, Person

rows_moved = Signal()
"""Sent after a ``merge`` and after its undoing: by it, counts kept beside rows are made again."""

APART = "two-people"
FILLED_IN = ("birth_year", "gender", "neighbourhood_id")


# Proposing


@dataclass(frozen=True)
class Proposal:
    """Two rows that look like one person, why, and how much (higher is surer)."""

    a: Person
    b: Person
    reasons: tuple[str | Promise, ...]
    score: int


def proposals(among: models.QuerySet[Person]) -> list[Proposal]:
    """The likely duplicates among these people, surest first; not those told apart before."""
    people = {
        person.pk: person
        for person in among.filter(is_active=True).prefetch_related("channels").order_by("pk")
    }
    pairs = _candidates(people.values())
    found = (_compare(people[a], people[b]) for a, b in sorted(pairs - _told_apart(pairs)))
    return sorted(filter(None, found), key=lambda proposal: -proposal.score)


def tell_apart(*, a: Person, b: Person, by: Person) -> None:
    """Remember that these are two people, so that nobody is asked again."""
    record(APART, min(a, b, key=lambda person: person.pk), by=by, other=max(a.pk, b.pk))


def _facts(person: Person) -> Iterator[tuple[str, object]]:
    """What two rows of one person may share beside a name."""
    if person.birth_year:
        yield "birth_year", person.birth_year
    if person.neighbourhood_id:
        yield "neighbourhood", person.neighbourhood_id
    for channel in person.channels.all():
        if channel.kind != ChannelKind.RELAY:
            yield channel.kind, fold(channel.value)


_REASONS: dict[str, tuple[int, Promise]] = {
    ChannelKind.MOBILE: (4, gettext_lazy("le même mobile")),
    ChannelKind.EMAIL: (4, gettext_lazy("la même adresse e-mail")),
    ChannelKind.LANDLINE: (3, gettext_lazy("le même téléphone fixe")),
    ChannelKind.POST: (3, gettext_lazy("la même adresse postale")),
    "birth_year": (2, gettext_lazy("la même année de naissance")),
    "neighbourhood": (1, gettext_lazy("le même quartier")),
}
_CLOSE_NAMES = 3, gettext_lazy("des noms proches")


def _candidates(people: Iterable[Person]) -> set[tuple[int, int]]:
    """Pairs that share a mobile or e-mail, or both a fact and the sound of a word of the name."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for person in people:
        for fact in _facts(person):
            if fact[0] in BY_MACHINE:
                groups[fact].append(person.pk)
            else:
                for sound in set().union(*names.sounds(person.name)):
                    groups[*fact, sound].append(person.pk)
    return {pair for group in groups.values() for pair in combinations(sorted(set(group)), 2)}


def _compare(a: Person, b: Person) -> Proposal | None:
    close = names.are_close(a.name, b.name)
    shared = {key for key, _value in set(_facts(a)) & set(_facts(b))}
    if not (close or shared & set(BY_MACHINE)):
        return None
    weights = [_CLOSE_NAMES] * close + [_REASONS[key] for key in _REASONS if key in shared]
    return Proposal(a, b, tuple(words for _w, words in weights), sum(w for w, _words in weights))


def _told_apart(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    entries = Entry.objects.filter(
        subject_type=Person._meta.label_lower,
        subject_key__in={str(first) for first, _second in pairs},
        act=APART,
    )
    return {(int(entry.subject_key), entry.details["other"]) for entry in entries}


# Merging


@transaction.atomic
def merge(*, kept: Person, absorbed: Person, by: Person | None) -> Merge:
    """Make two rows one person: everything of ``absorbed`` becomes ``kept``'s.

    Where both have what one may have only once, ``kept``'s stays and the other is remembered.
    Raises Refused for a pair that cannot be merged.
    """
    pair = Person.objects.filter(pk__in=[kept.pk, absorbed.pk], is_active=True)
    if len(pair.select_for_update().order_by("pk")) != 2:
        raise Refused(_("Choisissez deux personnes différentes qui peuvent encore se connecter."))
    Merge.objects.settle()
    move = _Move(kept, absorbed)
    move.settle_channels()
    for model, field in pointing_to_people():
        move.bring(model, field)
    move.fill_in()
    done = Merge.objects.create(
        kept=kept, absorbed=absorbed, by=by, changes=move.changes, conflicts=move.conflicts
    )
    record("merge", kept, by=by, absorbed=absorbed.pk)
    rows_moved.send(Merge, merge=done)
    return done


@transaction.atomic
def undo_merge(*, merge: Merge, by: Person) -> None:
    """Part the two again, each with what was theirs. Raises Refused when it is too late."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if not merge.is_undoable:
        raise Refused(_("Il est trop tard pour séparer ces deux inscriptions."))
    later = Merge.objects.standing().about(merge.kept, merge.absorbed).filter(pk__gt=merge.pk)
    if later.exists():
        raise Refused(
            _("Une de ces personnes a été réunie à une autre depuis : séparez-les avant.")
        )
    for row in serializers.deserialize("python", merge.conflicts):
        if _still_stands(row.object):
            row.save()
    for label, pk, column, value in reversed(merge.changes):
        model = apps.get_model(label)
        before = model._meta.get_field(column).to_python(value)
        model._base_manager.filter(pk=pk).update(**{column: before})
    rows_moved.send(Merge, merge=merge)
    Merge.objects.filter(pk=merge.pk).update(undone_at=timezone.now(), changes=[], conflicts=[])
    record("undo-merge", merge.kept, by=by, absorbed=merge.absorbed_id)
    tell_apart(a=merge.kept, b=merge.absorbed, by=by)


def pointing_to_people() -> Iterator[tuple[type[models.Model], "models.ForeignKey[Any, Any]"]]:
    """Every foreign key that leads to a person, those of hidden tables too; not merges' own."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not Merge:
            yield relation.related_model, relation.field


class _Move:
    """One merge under way, and the list of what it changes."""

    def __init__(self, kept: Person, absorbed: Person) -> None:
        self.kept, self.absorbed = kept, absorbed
        self.changes: list[tuple[str, Any, str, Any]] = []
        self.conflicts: list[dict[str, Any]] = []

    def change(self, row: models.Model, column: str, value: Any) -> None:
        """Set one column, remembering what it was. Raises IntegrityError when it cannot be."""
        with transaction.atomic():
            row._meta.model._base_manager.filter(pk=row.pk).update(**{column: value})
        self.changes.append((row._meta.label_lower, row.pk, column, getattr(row, column)))

    def settle_channels(self) -> None:
        """One preferred channel for both, and what either proved stays proven."""
        theirs = {(c.kind, c.value): c for c in self.kept.channels.order_by("pk")}
        has_preferred = any(channel.is_preferred for channel in theirs.values())
        for channel in self.absorbed.channels.order_by("pk"):
            same = theirs.get((channel.kind, channel.value))
            if channel.is_preferred and has_preferred:
                self.change(channel, "is_preferred", False)
            if channel.verified_at and same and not same.verified_at:
                # The database lets only one row hold the proof: the other gives it up first.
                self.change(channel, "verified_at", None)
                self.change(same, "verified_at", channel.verified_at)

    def bring(self, model: type[models.Model], field: "models.ForeignKey[Any, Any]") -> None:
        """Make the rows of one foreign key point to the person who is kept."""
        if _is_ledger(model):
            return
        for row in model._base_manager.filter(**{field.name: self.absorbed.pk}).order_by("pk"):
            try:
                self.change(row, field.attname, self.kept.pk)
            except IntegrityError:
                self.set_aside(row)

    def set_aside(self, row: models.Model) -> None:
        """Remove a row that the kept person already has, and all that hangs on it."""
        removal = _Removal(using="default")
        try:
            removal.collect([row])
        except (ProtectedError, RestrictedError):
            return  # Something must go on naming it: it stays with the absorbed person.
        # Each entry is a list of groups of rows, which its type does not say.
        updates: dict[Any, Any] = removal.field_updates
        for (field, value), groups in updates.items():
            for loose in chain.from_iterable(groups):
                self.change(loose, field.attname, value)
        removal.sort()
        rows = [row for group in reversed(removal.data.values()) for row in group]
        self.conflicts += serializers.serialize("python", rows)
        removal.delete()

    def fill_in(self) -> None:
        """Close the absorbed row; the other takes what it did not say and the first did."""
        for column in FILLED_IN:
            if not getattr(self.kept, column) and getattr(self.absorbed, column):
                self.change(self.kept, column, getattr(self.absorbed, column))
        if self.kept.is_guest and not self.absorbed.is_guest:
            self.change(self.kept, "is_guest", False)
        self.change(self.absorbed, "is_active", False)
        self.kept.refresh_from_db()
        self.absorbed.refresh_from_db()


class _Removal(Collector):
    """A deletion that looks at every row, so that each can be written down first."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        """Never: what is deleted unseen cannot be brought back."""
        return False


def _still_stands(row: models.Model) -> bool:
    """Whether all that a row leads to is still there."""
    keys = [
        (field.related_model, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.is_relation
    ]
    return all(model._base_manager.filter(pk=key).exists() for model, key in keys if model and key)


def _is_ledger(model: type[models.Model]) -> bool:
    """Whether the rows of a model are only ever added to."""
    return type(model._base_manager.all()).update is not models.QuerySet.update
