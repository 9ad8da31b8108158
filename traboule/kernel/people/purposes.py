"""What one may be asked to agree to: the question, the wording and its versions, how long it holds.

The wording stands in ``consent_texts/<purpose>-<version>.md`` and is never edited once people have
answered it: a new wording is a new file, with the next number.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from traboule.ui.markdown import render

from .models import Person, Purpose

_TEXTS = Path(__file__).parent / "consent_texts"
_SCHOOL_YEAR_ENDS = (8, 31)


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """One purpose, as it is asked today.

    ``question`` speaks to the person, ``child_question`` to a guardian and holds ``%(name)s``.
    ``child_only`` purposes are never asked of adults. ``by_school_year`` makes an answer hold
    until the end of August, otherwise it holds a year.
    """

    purpose: Purpose
    icon: str
    question: str | Promise
    child_question: str | Promise
    child_only: bool = False
    by_school_year: bool = True

    @property
    def version(self) -> int:
        """The number of the wording in force: the highest."""
        return max(_versions(self.purpose))

    @property
    def body(self) -> SafeString:
        """The wording in force, as safe HTML, in French: it is the text that is agreed to."""
        return wording(self.purpose, self.version)

    def asked_of(self, person: Person, *, is_child: bool) -> str:
        """The question, put to the person or to whoever answers for them."""
        return str(self.child_question) % {"name": person} if is_child else str(self.question)

    def last_day(self, said_on: datetime.date) -> datetime.date:
        """The last day on which an answer of that day holds."""
        if not self.by_school_year:
            return said_on + datetime.timedelta(days=365)
        # What is said in June is meant for the school year to come.
        return datetime.date(said_on.year + (said_on.month >= 6), *_SCHOOL_YEAR_ENDS)


@cache
def wording(purpose: str, version: int) -> SafeString:
    """A wording, in force or not any more, as safe HTML."""
    return mark_safe(render(_source(purpose, version)))  # noqa: S308 (our own file, and cleaned)


def paragraphs(purpose: str, version: int) -> list[list[dict[str, Any]]]:
    """The same for paper: paragraphs, each of runs of ``words``, ``strong`` or not."""
    return [
        [
            {"words": words, "strong": bool(number % 2)}
            for number, words in enumerate(paragraph.split("**"))
        ]
        for paragraph in _source(purpose, version).strip().split("\n\n")
    ]


def _source(purpose: str, version: int) -> str:
    return (_TEXTS / f"{purpose}-{version}.md").read_text(encoding="utf-8")


@cache
def _versions(purpose: str) -> tuple[int, ...]:
    names = (path.stem for path in _TEXTS.glob(f"{purpose}-*.md"))
    found = (re.fullmatch(rf"{purpose}-(\d+)", name) for name in names)
    return tuple(int(match[1]) for match in found if match)


_ALL = (
    ConsentText(
        purpose=Purpose.IMAGE,
        icon="camera",
        question=_("Peut-on vous prendre en photo ou vous filmer ?"),
        child_question=_("Peut-on prendre %(name)s en photo ou en vidéo ?"),
    ),
    ConsentText(
        purpose=Purpose.LEAVE_ALONE,
        icon="door-open",
        question=_("Pouvez-vous repartir sans adulte ?"),
        child_question=_("%(name)s peut-il ou peut-elle repartir sans adulte ?"),
        child_only=True,
    ),
    ConsentText(
        purpose=Purpose.OUTING,
        icon="map-pin",
        question=_("Pouvez-vous sortir avec le groupe ?"),
        child_question=_("%(name)s peut-il ou peut-elle sortir avec le groupe ?"),
        child_only=True,
    ),
    ConsentText(
        purpose=Purpose.FIRST_AID,
        icon="heart-handshake",
        question=_("En cas d’urgence, peut-on prévenir les secours et vos proches ?"),
        child_question=_("En cas d’urgence, peut-on faire soigner %(name)s ?"),
    ),
    ConsentText(
        purpose=Purpose.DATA,
        icon="chart-column",
        question=_("Peut-on compter votre âge et votre quartier dans les résultats ?"),
        child_question=_("Peut-on compter l’âge et le quartier de %(name)s dans les résultats ?"),
        by_school_year=False,
    ),
    ConsentText(
        purpose=Purpose.CONTACT,
        icon="megaphone",
        question=_("Peut-on vous proposer d’autres activités ?"),
        child_question=_("Peut-on vous proposer d’autres activités pour %(name)s ?"),
        by_school_year=False,
    ),
)
_BY_PURPOSE = {text.purpose.value: text for text in _ALL}


def text_of(purpose: str) -> ConsentText:
    """What is asked today for a purpose. Raises KeyError when there is no such purpose."""
    return _BY_PURPOSE[purpose]


def asked_of(*, is_child: bool) -> Iterable[ConsentText]:
    """What is asked of a child's guardians, or of an adult, in the order of the paper."""
    return [text for text in _ALL if is_child or not text.child_only]
