"""What one writes to answer a question, by SMS or on a form typed back, as values."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.translation import gettext as _

from traboule.kernel.files.checking import Prepared
from traboule.kernel.files.models import File
from traboule.kernel.notices.reading import COURTESY, NO, NUMBERS, YES, tokens
from traboule.kernel.people.actions import Refused

from .models import Choice, Question

Kind = Question.Kind
DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d")
MOST_WORDS = {Kind.SHORT: 200, Kind.LONG: 4000}
LARGEST = Decimal("999999999")
BETWEEN = re.compile(r"[\s,;.+&/-]+|\bet\b")


@dataclass(frozen=True)
class Value:
    """An answer as it is kept: choices, or a number, a day, words, a recording.

    ``sent`` is a recording that has just come; it is kept as ``file``.
    """

    choices: tuple[Choice, ...] = ()
    number: Decimal | None = None
    day: datetime.date | None = None
    text: str = ""
    file: File | None = None
    sent: Prepared | None = None

    def __bool__(self) -> bool:
        said = self.choices or self.text or self.day or self.file or self.sent
        return bool(said) or self.number is not None


NOTHING = Value()


def read(question: Question, choices: Sequence[Choice], text: str) -> Value:
    """What was written to answer this question; nothing for nothing.

    Raises Refused, in words that say what to write instead.
    """
    text = " ".join(text.replace("\0", " ").split())
    if not text:
        return NOTHING
    if question.is_written:
        return Value(text=text[: MOST_WORDS[Kind(question.kind)]])
    if question.is_chosen:
        return Value(choices=_choices(question, choices, text))
    if question.kind == Kind.DATE:
        return Value(day=_day(text))
    if question.is_spoken:
        raise Refused(_("On répond à cette question par un enregistrement, en ligne."))
    return Value(number=_number(question, text))


def _choices(question: Question, choices: Sequence[Choice], text: str) -> tuple[Choice, ...]:
    """The choices meant by « 1 3 », by « oui », or by the very words of one of them."""
    by_number = {str(choice.number): choice for choice in choices}
    said = [word for word in tokens(text) if word not in COURTESY]
    words = " ".join(said)
    if question.kind == Kind.YES_NO and words in (*YES, *NO):
        return (by_number["1" if words in YES else "2"],)
    for choice in choices:
        if tokens(choice.text) == tokens(text):
            return (choice,)
    marks = [NUMBERS.get(word, word) for word in BETWEEN.split(words) if word and word != "et"]
    if not marks or not set(marks) <= set(by_number):
        raise Refused(_not_understood(question, choices))
    if question.kind != Kind.SEVERAL and len(set(marks)) > 1:
        raise Refused(_("Un seul choix : écrivez un seul chiffre, de 1 à %(last)s.")
                      % {"last": len(choices)})  # fmt: skip
    return tuple(by_number[mark] for mark in sorted(set(marks), key=int))


def _not_understood(question: Question, choices: Sequence[Choice]) -> str:
    if question.kind == Kind.SEVERAL:
        words = _("Écrivez les chiffres de vos choix, de 1 à %(last)s, par exemple : 1 3.")
    else:
        words = _("Écrivez le chiffre de votre choix, de 1 à %(last)s.")
    return words % {"last": len(choices)}


def _number(question: Question, text: str) -> Decimal:
    """A whole mark from 1 to 5, or a number as one writes it in French."""
    try:
        given = Decimal(re.sub(r"\s", "", text).replace(",", "."))
    except InvalidOperation:
        word = NUMBERS.get(" ".join(one for one in tokens(text) if one not in COURTESY), "")
        given = Decimal(word) if word else Decimal("NaN")
    if question.kind == Kind.SCALE and given not in {Decimal(mark) for mark in range(1, 6)}:
        raise Refused(_("Écrivez une note de 1 à 5."))
    if not given.is_finite() or abs(given) > LARGEST:
        raise Refused(_("Écrivez un nombre, en chiffres."))
    return given.quantize(Decimal("0.01"))


def _day(text: str) -> datetime.date:
    try:
        day: Any = DateField(input_formats=DAYS).clean(text)
    except ValidationError as error:
        raise Refused(_("Écrivez une date comme 12/01/2027.")) from error
    return day


def said(value: Value) -> str:
    """An answer in words, to read it back."""
    if value.choices:
        return ", ".join(choice.text for choice in value.choices)
    if value.number is not None:
        return number_said(value.number)
    if value.day:
        return f"{value.day:%d/%m/%Y}"
    if value.file:
        return _("Enregistrement reçu")
    return value.text


def number_said(number: Decimal) -> str:
    """« 12 » or « 12,5 »."""
    return f"{number.normalize():f}".replace(".", ",")
