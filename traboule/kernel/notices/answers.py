"""What people may answer to a notice, and who acts on it.

Apps register handlers from ``apps.ready()``; the same one serves an SMS, a button on the web and
the person who takes the call. The words of an answer are its ``label``: the SMS says « 1 : oui »,
the web shows a button « Oui », so the text of a notice never names a digit.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .reading import flat

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person

    from .models import Notice

Via = Literal["sms", "web", "phone"]


class Handler(Protocol):
    """Acts on the answer of ``person`` as given by ``by``; returns what they are told.

    Raises Refused with words for them when it cannot be done.
    """

    def __call__(self, notice: "Notice", person: "Person", *, by: "Person", via: Via) -> str: ...


class KeywordHandler(Protocol):
    """Acts on an SMS that begins with a keyword; ``person`` is nobody for a number unknown."""

    def __call__(self, person: "Person | None", match: re.Match[str], *, number: str) -> str: ...


class ThreadHandler(Protocol):
    """Acts on an SMS that goes on with what was asked at that number; None when it does not."""

    def __call__(self, person: "Person | None", text: str, *, number: str) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One possible answer: its words for people, others it is known by, and what it does."""

    key: str
    handler: Handler
    label: str | Promise
    words: tuple[str, ...] = field(default=())


_answers: dict[str, Answer] = {}
_keywords: dict[str, tuple[re.Pattern[str], KeywordHandler]] = {}
_threads: dict[str, ThreadHandler] = {}


def register(
    key: str, handler: Handler, *, label: str | Promise = "", words: tuple[str, ...] = ()
) -> None:
    """Name a possible answer: ``register("agenda.sign-up", take_seat, label=_("Oui, je viens"))``.

    ``words`` are other ways people say it, without accents: ``("oui", "ok")``.
    """
    _answers[key] = Answer(
        key=key, handler=handler, label=label or _("Répondre"), words=tuple(words)
    )


def answer_of(key: str) -> Answer:
    """The answer of that key; KeyError when no app registered it."""
    return _answers[key]


def register_keyword(pattern: str, handler: KeywordHandler) -> None:
    """Understand SMS that begin with a keyword, as ``r"atelier (\\w{4})"``.

    The pattern meets the text whatever its case, with single spaces, and if need be without
    accents and signs.
    """
    _keywords[pattern] = (re.compile(pattern, re.IGNORECASE), handler)


def keyword(text: str) -> tuple[KeywordHandler, re.Match[str]] | None:
    """The handler of the keyword that a text begins with, and what it matched.

    Matched as it was written when that goes, so that a name keeps its accents.
    """
    as_written = " ".join(text.split())
    for pattern, handler in _keywords.values():
        if match := pattern.match(as_written) or pattern.match(flat(text)):
            return handler, match
    return None


def register_thread(key: str, handler: ThreadHandler) -> None:
    """Ask one question after the other by SMS: what comes back meets ``handler`` first.

    It returns None for what is not its own, or what it cannot read: a notice may have asked it,
    and else a human reads it.
    """
    _threads[key] = handler


def continued(person: "Person | None", text: str, *, number: str) -> str | None:
    """What an SMS that goes on with a thread is answered; None when it goes on with none."""
    said = (handler(person, text, number=number) for handler in _threads.values())
    return next((reply for reply in said if reply is not None), None)


def offered(notice: "Notice") -> list[tuple[str, Answer]]:
    """The answers a notice offers: its own digit for each, and the answer."""
    return [(digit, answer_of(key)) for digit, key in notice.answers.items()]
