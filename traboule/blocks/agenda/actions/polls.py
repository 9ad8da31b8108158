"""Asking which date suits, by four doors and with one tally."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from .. import messages
from ..models import DatePoll, Event, PollAnswer, PollDate, PollVote, Via
from .events import create_event

MOST_DATES = 20
MOST_ANSWERS = 300
Value = PollVote.Value
Moment = tuple[datetime.datetime, datetime.datetime]

BEFORE_DIGITS = re.compile(r"^[\s:;,.-]+\s")
BETWEEN_DIGITS = re.compile(r"[\s,;.+&/()]|\bet\b", re.IGNORECASE)
DIGIT = re.compile(r"(\d+)\s*(\?*)")
"""« 3? », or « 3 ? » as French typography has it."""


@dataclass(frozen=True)
class Tally:
    """One date and how many it suits."""

    date: PollDate
    yes: int
    maybe: int
    no: int
    is_best: bool

    @property
    def some(self) -> int:
        """How many could come, if need be."""
        return self.yes + self.maybe

    @property
    def all(self) -> int:
        """How many said something about it."""
        return self.yes + self.maybe + self.no


@transaction.atomic
def create_poll(*, space: Space, dates: Iterable[Moment], by: Person, **fields: object) -> DatePoll:
    """Ask about these dates. Raises Refused without two of them at least."""
    must_be_open(space)
    moments = sorted(set(dates))
    if not 2 <= len(moments) <= MOST_DATES:
        raise Refused(_("Proposez de deux à vingt dates."))
    poll = DatePoll(space=space, by=by, **fields)
    poll.full_clean(exclude=["space", "by"])
    poll.save()
    PollDate.objects.bulk_create(PollDate(poll=poll, starts_at=s, ends_at=e) for s, e in moments)
    record("agenda.asked-dates", poll, by=by)
    return poll


@transaction.atomic
def answer(
    *,
    poll: DatePoll,
    name: str,
    votes: Mapping[int, str],
    via: Via = Via.WEB,
    person: Person | None = None,
    by: Person | None = None,
    key: str = "",
) -> PollAnswer:
    """Take an answer: ``votes`` maps each date's key to yes, maybe or no; dates left out mean no.

    The same person, or whoever holds the ``key`` of an answer, changes the one they gave. After
    the last day only the team still types answers (``by``), until a date is chosen. Raises
    Refused when it is too late, the poll is full, or nobody is named.
    """
    poll = _locked(poll)
    _check_takes_answers(poll, by)
    given = _given_before(poll, person, key)
    if given is None and poll.answers.count() >= MOST_ANSWERS:
        raise Refused(_("Beaucoup de personnes ont déjà répondu : appelez l’équipe."))
    given = given or PollAnswer(poll=poll)
    given.person, given.via, given.by = person or given.person, via, by
    _write(given, name, votes)
    record("agenda.answered-poll", poll, by=by or person, for_=person, answer=given.pk)
    return given


@transaction.atomic
def correct(
    *, given: PollAnswer, name: str, votes: Mapping[int, str], person: Person | None, by: Person
) -> None:
    """Correct what someone answered, or say who they are. Raises Refused."""
    poll = _locked(given.poll)
    _check_takes_answers(poll, by)
    if person and poll.answers.exclude(pk=given.pk).filter(person=person).exists():
        raise Refused(_("%(name)s a déjà une autre réponse ici.") % {"name": person})
    given.person, given.by = person, by
    _write(given, name, votes)
    record("agenda.corrected-poll-answer", poll, by=by, for_=person, answer=given.pk)


@transaction.atomic
def remove(*, given: PollAnswer, by: Person) -> None:
    """Take an answer out of the tally: a mistake, or a person who wishes it."""
    record("agenda.removed-poll-answer", given.poll, by=by, for_=given.person, answer=given.pk)
    given.delete()


def undo_answer(entry: Any, by: Person) -> None:
    """Undo an answer that was typed for someone. Raises Refused once the date is chosen."""
    given = PollAnswer.objects.select_related("poll").filter(pk=entry.details["answer"]).first()
    if given is None:
        return
    if given.poll.event_id:
        raise Refused(_("Il est trop tard : la date est choisie."))
    remove(given=given, by=by)


@transaction.atomic
def close(*, poll: DatePoll, by: Person) -> None:
    """Take no more answers from residents; the team still types some, and chooses."""
    poll = _locked(poll)
    if poll.closed_at is None:
        poll.closed_at = timezone.now()
        poll.save(update_fields=["closed_at"])
        record("agenda.closed-poll", poll, by=by)


@transaction.atomic
def reopen(*, poll: DatePoll, by: Person) -> None:
    """Take answers again, without a last day. Raises Refused once a date is chosen."""
    poll = _locked(poll)
    if poll.event_id:
        raise Refused(_("La date est déjà choisie."))
    poll.closed_at = poll.closes_on = None
    poll.save(update_fields=["closed_at", "closes_on"])
    record("agenda.reopened-poll", poll, by=by)


@transaction.atomic
def choose(*, poll: DatePoll, date: PollDate, by: Person, is_public: bool = True) -> Event:
    """Close the poll: the chosen date becomes an event, and those who answered are invited.

    Chosen twice, it is chosen once. Raises Refused for a date that is past.
    """
    poll = _locked(poll)
    if poll.event_id:
        return Event.objects.get(pk=poll.event_id)
    must_be_open(poll.space)
    if date.is_past:
        raise Refused(_("Cette date est passée : choisissez-en une autre."))
    event = create_event(
        space=poll.space,
        by=by,
        kind=poll.kind,
        title=poll.title,
        description=poll.description,
        place_name=poll.place_name,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        is_public=is_public,
    )
    poll.event, poll.closed_at = event, timezone.now()
    poll.save(update_fields=["event", "closed_at"])
    record("agenda.chose-date", poll, by=by)
    for person in known_in(poll):
        messages.invitation(event, person, by=by)
    return event


def known_in(poll: DatePoll) -> QuerySet[Person]:
    """Those who answered and can be told which date is chosen."""
    known = Person.objects.filter(poll_answers__poll=poll, erased_at__isnull=True)
    return known.order_by("poll_answers__pk")


def unknown_in(poll: DatePoll) -> QuerySet[PollAnswer]:
    """The answers of those whom nobody here knows how to tell: someone says it to them."""
    return poll.answers.filter(person__isnull=True).exclude(name="").order_by("pk")


def tally(poll: DatePoll) -> list[Tally]:
    """How many each date suits; the best has most yes, then most « if need be »."""
    counted = poll.dates.annotate(
        **{value.value: Count("votes", filter=Q(votes__value=value)) for value in Value}
    ).order_by("starts_at", "pk")
    dates = list(counted)
    best = max(((date.yes, date.maybe) for date in dates), default=(0, 0))  # type: ignore[attr-defined]
    return [
        Tally(d, d.yes, d.maybe, d.no, is_best=best > (0, 0) and (d.yes, d.maybe) == best)  # type: ignore[attr-defined]
        for d in dates
    ]


def read_digits(poll: DatePoll, text: str) -> dict[int, str]:
    """« 1 3? » as votes: yes to the first date, if need be to the third; 0 for none of them.

    Raises Refused, in words that say what to send instead.
    """
    dates = list(poll.dates.order_by("starts_at", "pk"))
    text = BEFORE_DIGITS.sub("", text)
    given = [(int(digits), bool(mark)) for digits, mark in DIGIT.findall(text)]
    numbers = [number for number, _maybe in given]
    understood = not BETWEEN_DIGITS.sub("", DIGIT.sub(" ", text))
    in_range = numbers == [0] or (numbers and all(1 <= n <= len(dates) for n in numbers))
    if not (understood and in_range):
        raise Refused(
            _("Nous n’avons pas compris. Renvoyez DATES %(code)s et les numéros des dates, de 1 à "
              "%(last)s, par exemple : DATES %(code)s 1 3. Ajoutez ? pour « si besoin ». Aucune "
              "ne va : 0.")
            % {"code": poll.code, "last": len(dates)}
        )  # fmt: skip
    return {
        dates[number - 1].pk: Value.MAYBE if maybe else Value.YES
        for number, maybe in given
        if number
    }


def _locked(poll: DatePoll) -> DatePoll:
    """The poll, kept from whoever answers or chooses at the same time."""
    return DatePoll.objects.select_for_update().get(pk=poll.pk)


def _check_takes_answers(poll: DatePoll, by: Person | None) -> None:
    if poll.event_id:
        raise Refused(_("La date est déjà choisie : on ne peut plus répondre."))
    must_be_open(poll.space)
    if by is None and not poll.is_open:
        raise Refused(_("Les réponses sont closes. Appelez l’équipe : elle peut encore les noter."))


def _given_before(poll: DatePoll, person: Person | None, key: str) -> PollAnswer | None:
    """What this person, or else whoever holds this key, answered; somebody else's is not theirs."""
    own = poll.answers.filter(person=person).first() if person else None
    return own or (poll.answers.filter(key=key).first() if key else None)


def _write(given: PollAnswer, name: str, votes: Mapping[int, str]) -> None:
    """Keep the answer under that name, with a vote for every date. Raises Refused."""
    given.name = " ".join(name.replace("\0", " ").split())[:80]
    if not given.name:
        raise Refused(_("Écrivez au moins un prénom."))
    given.save()
    given.votes.all().delete()
    PollVote.objects.bulk_create(
        PollVote(answer=given, date=date, value=Value(votes.get(date.pk, Value.NO)))
        for date in given.poll.dates.order_by("starts_at", "pk")
    )
