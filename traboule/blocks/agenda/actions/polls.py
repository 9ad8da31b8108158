"""Asking which date suits, by four doors and with one tally."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .. import messages
from ..models import DatePoll, Event, PollAnswer, PollDate, PollVote, Via
from .events import create_event

MOST_DATES = 20
MOST_ANSWERS = 300
Value = PollVote.Value
Moment = tuple[datetime.datetime, datetime.datetime]


@dataclass(frozen=True)
class Tally:
    """One date and how many it suits."""

    date: PollDate
    yes: int
    maybe: int
    no: int
    is_best: bool


@transaction.atomic
def create_poll(*, space: Space, dates: Iterable[Moment], by: Person, **fields: object) -> DatePoll:
    """Ask about these dates. Raises Refused without two of them at least."""
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

    The same person, or whoever holds the ``key`` of an answer, changes the one they gave. Raises
    Refused when the poll is closed or full, or nobody is named.
    """
    poll = DatePoll.objects.select_for_update().get(pk=poll.pk)
    if not poll.is_open:
        raise Refused(_("La date est déjà choisie : on ne peut plus répondre."))
    name = " ".join(name.split())[:80]
    if not name:
        raise Refused(_("Écrivez au moins un prénom."))
    given = _given_before(poll, person, key)
    if given is None and poll.answers.count() >= MOST_ANSWERS:
        raise Refused(_("Beaucoup de personnes ont déjà répondu : appelez l’équipe."))
    given = given or PollAnswer(poll=poll)
    given.name, given.person, given.via, given.by = name, person or given.person, via, by
    given.save()
    given.votes.all().delete()
    PollVote.objects.bulk_create(
        PollVote(answer=given, date=date, value=Value(votes.get(date.pk, Value.NO)))
        for date in poll.dates.order_by("starts_at", "pk")
    )
    record("agenda.answered-poll", poll, by=by or person, for_=person if by else None)
    return given


@transaction.atomic
def choose(*, poll: DatePoll, date: PollDate, by: Person) -> Event:
    """Close the poll: the chosen date becomes an event, and those who answered are told."""
    poll = DatePoll.objects.select_for_update().get(pk=poll.pk)
    if poll.event_id:
        return Event.objects.get(pk=poll.event_id)
    event = create_event(
        space=poll.space,
        by=by,
        kind=poll.kind,
        title=poll.title,
        description=poll.description,
        place_name=poll.place_name,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
    )
    poll.event, poll.closed_at = event, timezone.now()
    poll.save(update_fields=["event", "closed_at"])
    record("agenda.chose-date", poll, by=by)
    for given in poll.answers.filter(person__isnull=False).select_related("person").order_by("pk"):
        if given.person:
            messages.invitation(event, given.person, by=by)
    return event


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
    """« 1 3? » as votes: yes to the first date, if need be to the third. Raises Refused."""
    dates = list(poll.dates.order_by("starts_at", "pk"))
    votes: dict[int, str] = {}
    for word in text.replace(",", " ").replace("+", " ").split():
        digits = word.rstrip("?")
        if not digits.isdecimal() or not 0 <= int(digits) <= len(dates):
            raise Refused(
                _("Nous n’avons pas compris. Répondez les numéros des dates, de 1 à %(last)s, "
                  "par exemple : 1 3. Ajoutez ? pour « si besoin », ou 0 si aucune ne va.")
                % {"last": len(dates)}
            )  # fmt: skip
        if int(digits):
            votes[dates[int(digits) - 1].pk] = Value.MAYBE if "?" in word else Value.YES
    return votes


def _given_before(poll: DatePoll, person: Person | None, key: str) -> PollAnswer | None:
    if key:
        return poll.answers.filter(key=key).first()
    return poll.answers.filter(person=person).first() if person else None
