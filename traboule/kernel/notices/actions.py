"""Telling people things, taking their answers, and noting what was done to reach them."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Person

from .choosing import Route, Way, load, routes_of
from .delivering import deliver_notice, deliver_notices
from .models import NewsStop, Notice, Purse, State

Words = str | Promise | Callable[[], Any]
"""Text, or what gives it in the language that is on when it is read."""

DELIVERED_TOGETHER = 50
TIME_TO_ANSWER = datetime.timedelta(days=14)
FOR_ANOTHER = _("Pour %(name)s : %(text)s")


@transaction.atomic
def tell(
    *,
    person: Person,
    kind: str,
    subject: Words,
    text: Words,
    url: str = "",
    urgent: bool = False,
    at_once: bool = False,
    purse: Purse | None = None,
    owner: Person | None = None,
    answers: Mapping[str, str] | None = None,
    answer_by: datetime.datetime | None = None,
    data: Mapping[str, Any] | None = None,
    key: str = "",
    not_before: datetime.datetime | None = None,
    values: Mapping[str, Any] | None = None,
    spare: Person | None = None,
) -> Notice:
    """Tell a person something, on their channel and in their language; the one way to do it.

    Urgent notices (a change, a receipt) leave after the commit, others with the weekly digest;
    what is not urgent may also leave ``at_once``, as a message of its own. ``subject`` and
    ``text`` are lazy strings or callables, read in the language of whoever is told, then
    formatted with ``values`` when given. ``answers`` maps a digit to the key of a registered
    answer; the digits and their labels are added to the message by itself.
    ``owner`` follows it up, else whoever answers for the ``purse``. With a ``key``, the same thing
    is told once, however often it is asked. ``spare`` is a guardian who need not be told, since
    they did it.
    """
    if key and (known := Notice.objects.filter(key=key).first()):
        return known
    notices = _written(
        person, subject, text, values=values, spare=spare, kind=kind, url=url, urgent=urgent,
        at_once=at_once, purse=purse, owner=owner or (purse.owner if purse else None),
        answers=dict(answers or {}), data=dict(data or {}), not_before=not_before,
        answer_by=(answer_by or timezone.now() + TIME_TO_ANSWER) if answers else None,
    )  # fmt: skip
    told = notices[0]
    told.key = key
    for notice in notices:
        notice.twin_of = None if notice is told else told
        try:
            with transaction.atomic():
                notice.save(force_insert=True)
        except IntegrityError:
            if known := Notice.objects.filter(key=key).exclude(key="").first():
                return known  # Someone told the same at the same moment.
            raise
        if notice.state == State.WAITING:
            leave_after_commit(notice)
    return told


@transaction.atomic
def tell_many(
    *,
    persons: Iterable[Person],
    key: Callable[[Person], str],
    kind: str,
    subject: Words,
    text: Words,
    url: str = "",
    urgent: bool = False,
    at_once: bool = False,
    purse: Purse | None = None,
    owner: Person | None = None,
    data: Mapping[str, Any] | None = None,
) -> dict[int, Notice]:
    """Tell many people the same as ``tell`` would each, in a fixed number of queries.

    Returns what each was told, by the person's key. Those who were told by that ``key`` before
    are not told again. Whoever calls it holds a lock on what is told: two at the same moment with
    the same keys raise IntegrityError, and one of them writes nothing.
    """
    keys = {key(person): person for person in load(persons)}
    known = Notice.objects.filter(key__in=keys).select_related("person")
    told = {notice.person_id: notice for notice in known}
    firsts: list[Notice] = []
    twins: list[Notice] = []
    for own_key, person in keys.items():
        if person.pk in told:
            continue
        first, *others = _written(
            person, subject, text, kind=kind, url=url, urgent=urgent, at_once=at_once,
            purse=purse, owner=owner or (purse.owner if purse else None), data=dict(data or {}),
        )  # fmt: skip
        first.key = own_key
        for other in others:
            other.twin_of = first
        firsts.append(first)
        twins.extend(others)
    Notice.objects.bulk_create(firsts)
    Notice.objects.bulk_create(twins)  # They point at rows that exist by then.
    _leave_together([notice.pk for notice in firsts + twins if notice.state == State.WAITING])
    return told | {notice.person_id: notice for notice in firsts}


def _written(
    person: Person,
    subject: Words,
    text: Words,
    *,
    values: Mapping[str, Any] | None = None,
    spare: Person | None = None,
    urgent: bool,
    at_once: bool,
    **said: Any,
) -> list[Notice]:
    """What is told to each of those whom it reaches, at least one; none kept yet."""
    routes = routes_of(person, urgent=urgent)
    notices = []
    for route in [one for one in routes if one.recipient != spare] or routes:
        with translation.override(route.recipient.language):
            words = _in_words(person, route, subject, text, values)
        notices.append(
            Notice(
                person=person,
                recipient=route.recipient,
                language=route.recipient.language,
                state=_first_state(route, urgent=urgent, at_once=at_once),
                channel_kind=route.kind,
                channel_value=route.value,
                reason=_in_our_words(route.reason),
                urgent=urgent,
                **said,
                **words,
            )
        )
    return notices


def _first_state(route: Route, *, urgent: bool, at_once: bool) -> State:
    """An urgent notice is carried at once; another waits for the digest, if one can reach them."""
    if urgent:
        return State.WAITING
    if route.way == Way.WEB:
        return State.WEB
    return State.WAITING if at_once else State.IN_DIGEST


def leave_after_commit(notice: Notice) -> None:
    """Have a notice leave in the background, once what it tells is certain."""
    transaction.on_commit(lambda: deliver_notice.enqueue(notice.pk))


def _leave_together(keys: list[int]) -> None:
    """Have many leave, some tens a task: whoever waits for one message is never long behind."""
    for start in range(0, len(keys), DELIVERED_TOGETHER):
        batch = keys[start : start + DELIVERED_TOGETHER]
        transaction.on_commit(partial(deliver_notices.enqueue, batch))


def _in_words(
    person: Person,
    route: Route,
    subject: Words,
    text: Words,
    values: Mapping[str, Any] | None,
) -> dict[str, str]:
    """Subject and text in the language that is on; who it is about comes first if another."""
    said = {"subject": _said(subject, values), "text": _said(text, values)}
    said["subject"] = " ".join(said["subject"].split())[:200]  # A header is one line.
    if person != route.recipient:
        said["text"] = str(FOR_ANOTHER) % {"name": person, "text": said["text"]}
    return said


def _said(words: Words, values: Mapping[str, Any] | None) -> str:
    read = words() if callable(words) else words
    return str(read) if values is None else str(read) % values


def _in_our_words(words: str | Promise) -> str:
    """In the language of the house: those who follow up read it, not the person."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


@transaction.atomic
def resume_news(*, person: Person, by: Person) -> None:
    """Write by SMS again to someone who had answered STOP."""
    if NewsStop.objects.filter(channel__person=person).delete()[0]:
        record("resume-sms", person, by=by)
