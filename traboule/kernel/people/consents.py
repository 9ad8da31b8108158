"""What people, or a child's guardians, agreed to: said, read back, withdrawn."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry

from . import purposes
from .actions import Refused
from .models import Consent, Guardianship, How, Person
from .models.guardianship import is_surely_a_child
from .purposes import ConsentText, text_of


class ConsentState(models.TextChoices):
    """Where one stands on a purpose: what the roll-call shows as a badge."""

    GRANTED = "granted", gettext_lazy("Oui")
    REFUSED = "refused", gettext_lazy("Non")
    MISSING = "missing", gettext_lazy("Pas demandé")
    EXPIRED = "expired", gettext_lazy("Expiré")

    @property
    def kind(self) -> str:
        """The kind of its badge."""
        return _MARKS[self.value][0]

    @property
    def icon(self) -> str:
        """The pictogram of its badge."""
        return _MARKS[self.value][1]


_MARKS = {
    "granted": ("success", "check"),
    "refused": ("error", "x"),
    "missing": ("plain", "minus"),
    "expired": ("warning", "clock"),
}


def state_of(
    person: Person, purpose: str, *, scope: str = "", on: datetime.date | None = None
) -> ConsentState:
    """Where a person stands on one purpose, there and on that day."""
    return states_for([person], [purpose], scope=scope, on=on)[person.pk][purpose]


def states_for(
    persons: Iterable[Person],
    purposes: Iterable[str],
    scope: str = "",
    on: datetime.date | None = None,
) -> dict[int, dict[str, ConsentState]]:
    """Where each person stands on each purpose, by their keys; two queries for any number."""
    persons, purposes, day = list(persons), list(purposes), on or timezone.localdate()
    deciders = _deciders(persons, day)
    words = _last_words(persons, purposes, scope)
    return {
        person.pk: {
            purpose: _state(person, deciders[person.pk], words[person.pk, purpose], day)
            for purpose in purposes
        }
        for person in persons
    }


def _state(
    person: Person, deciders: set[int], words: dict[int, Consent], day: datetime.date
) -> ConsentState:
    """One no is enough for no; a no does not wear off. A yes does, and comes from a decider."""
    heard = [word for by, word in words.items() if by in deciders | {person.pk}]
    if any(not word.is_yes for word in heard):
        return ConsentState.REFUSED
    last_days = [word.expires_on for by, word in words.items() if by in deciders]
    if not last_days:
        return ConsentState.MISSING
    return ConsentState.GRANTED if max(last_days) >= day else ConsentState.EXPIRED


def _deciders(persons: list[Person], day: datetime.date) -> dict[int, set[int]]:
    """Whose yes counts for each: the guardians, or the person when nobody answers for them."""
    found: dict[int, set[int]] = defaultdict(set)
    pairs = Guardianship.objects.current(day).filter(child__in=persons)
    for child, guardian in pairs.values_list("child_id", "guardian_id"):
        found[child].add(guardian)
    for person in persons:
        if not found[person.pk] and not is_surely_a_child(person, day):
            found[person.pk] = {person.pk}
    return found


def _last_words(
    persons: list[Person], purposes: list[str], scope: str
) -> dict[tuple[int, str], dict[int, Consent]]:
    """The last thing that each one said about each person and purpose."""
    said = Consent.objects.about(scope).filter(person__in=persons, purpose__in=purposes)
    words: dict[tuple[int, str], dict[int, Consent]] = defaultdict(dict)
    for consent in sorted(said.oldest_first(), key=lambda consent: consent.last_said_at):
        if not consent.is_void:
            words[consent.person_id, consent.purpose][consent.by_id] = consent
    return words


def last_word(person: Person, purpose: str, *, by: Person, scope: str = "") -> Consent | None:
    """The last thing that one of them said, if they said anything."""
    return _last_words([person], [purpose], scope)[person.pk, purpose].get(by.pk)


def deciders_of(person: Person, on: datetime.date | None = None) -> set[int]:
    """The keys of those whose yes counts: the guardians of a child, else the person."""
    return _deciders([person], on or timezone.localdate())[person.pk]


@transaction.atomic
def record_answer(
    *,
    person: Person,
    purpose: str,
    given: bool,
    how: str,
    said_by: Person,
    by: Person,
    scope: str = "",
    witness: Person | None = None,
    expires_on: datetime.date | None = None,
) -> Consent:
    """Keep a yes or a no about ``person``, said by them or by a guardian, typed by ``by``.

    Raises Refused when who said it cannot decide, or when a spoken answer has no witness.
    """
    today = timezone.localdate()
    refuses_for_oneself = said_by == person and not given
    if said_by.pk not in deciders_of(person, today) and not refuses_for_oneself:
        raise Refused(_("Pour un enfant, c’est à un parent ou responsable légal de répondre."))
    if how == How.VOICE and witness in (None, said_by):
        raise Refused(_("De vive voix, il faut un témoin : une autre personne qui a entendu."))
    text = text_of(purpose)
    consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        scope=scope,
        version=text.version,
        given=given,
        how=how,
        witness=witness,
        by=said_by,
        expires_on=expires_on or text.last_day(today),
        recorded_by=by,
    )
    for_ = said_by if said_by != by else None
    record(
        "record-consent", consent, by=by, for_=for_, person=person.pk, purpose=purpose, yes=given
    )
    return consent


@transaction.atomic
def withdraw(*, consent: Consent, by: Person) -> None:
    """Take back what was said, at once; twice is no matter."""
    standing = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True)
    if not standing.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        return
    consent.refresh_from_db()
    for_ = consent.by if consent.by_id != by.pk else None
    record("withdraw-consent", consent, by=by, for_=for_, person=consent.person_id)


def undo_record(entry: Entry, by: Person) -> None:
    """Take back an answer that someone else typed in: a yes is withdrawn, a no forgotten."""
    withdraw(consent=Consent.objects.get(pk=entry.subject_key), by=by)


def asked_of(person: Person) -> list[ConsentText]:
    """What is asked about this person, in the order of the paper."""
    return list(purposes.asked_of(is_child=deciders_of(person) != {person.pk}))


def first_open(asked: Iterable[tuple[ConsentText, ConsentState]]) -> ConsentText | None:
    """The first purpose on which nothing that was said holds today."""
    waiting = {ConsentState.MISSING, ConsentState.EXPIRED}
    return next((text for text, state in asked if state in waiting), None)


def next_to_ask(person: Person, said_by: Person) -> ConsentText | None:
    """The first purpose about ``person`` on which ``said_by`` has said nothing that holds."""
    texts = asked_of(person)
    words = _last_words([person], [text.purpose for text in texts], "")
    for text in texts:
        word = words[person.pk, text.purpose].get(said_by.pk)
        if word is None or (word.is_yes and word.expires_on < timezone.localdate()):
            return text
    return None
