"""A sign-up sheet that comes back on paper, typed in: one person a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.engines.french import fold
from traboule.kernel.notices.choosing import load
from traboule.kernel.people import names
from traboule.kernel.people.channels import read_address, shown
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.likeness import people_like
from traboule.kernel.spaces.models import Space

from ..models import Event, Series
from ..models.signup import MOST_EXTRA

MOST_LINES = 60
LONGEST_NAME = 120
SOMEONE_NEW = "new"
QUESTION = "same-"


@dataclass
class Line:
    """One line of the sheet: who, how to reach them, how many; or what is wrong with it."""

    number: int
    text: str
    name: str = ""
    address: str = ""
    people: int = 1
    mistake: str = ""
    lookalikes: list[Person] = field(default_factory=list)
    answer: str = ""

    @property
    def question(self) -> str:
        """The name of the field that says whether it is someone known.

        It follows the line wherever it moves, so that correcting another one loses no answer.
        """
        return f"{QUESTION}{sha256(repr(self.key).encode()).hexdigest()[:12]}"

    @property
    def key(self) -> tuple[str, str]:
        """What tells two lines apart."""
        return " ".join(fold(self.name).split()), self.address

    @property
    def shown_address(self) -> str:
        """The number or address as people read it."""
        return shown(*read_address(self.address)) if self.address else ""

    @property
    def is_settled(self) -> bool:
        """Whether it is known who it is."""
        return not self.mistake and (not self.lookalikes or bool(self.answer))

    @property
    def person(self) -> Person | None:
        """The one it is, if that was said."""
        return next((one for one in self.lookalikes if str(one.pk) == self.answer), None)

    @property
    def likely(self) -> str:
        """The answer to show ticked: the one given, or whoever has that very number and name."""
        if self.answer or not self.address:
            return self.answer
        same = [one for one in self.lookalikes if self._has_address(one)]
        return str(same[0].pk) if len(same) == 1 else ""

    def _has_address(self, person: Person) -> bool:
        reached = any(channel.value == self.address for channel in person.channels.all())
        return reached and names.are_close(self.name, person.name)


class PaperForm(forms.Form):
    """The whole sheet: « nom ; téléphone ; nombre de personnes », one person a line."""

    lines = forms.CharField(
        label=gettext_lazy("Recopiez la liste, une personne par ligne"),
        help_text=gettext_lazy(
            "Nom ; téléphone ; nombre de personnes en tout. Le nom suffit. Par exemple : "
            "Lina Haddad ; 06 12 34 56 78 ; 2"
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Recopiez au moins une ligne.")},
        max_length=10_000,
    )
    whole = forms.BooleanField(
        label=gettext_lazy("Inscrire chaque personne à toutes les séances de la série"),
        required=False,
    )
    sheet = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        if not (event.series and event.series.is_whole):
            del self.fields["whole"]

    @property
    def series(self) -> Series | None:
        """The series that people are signed up for, if it is that."""
        return self.event.series if self.cleaned_data.get("whole") else None

    def clean_lines(self) -> str:
        """Something, and not more than one can check."""
        return readable(self.cleaned_data["lines"])

    def read(self, *, by: Person) -> list[Line]:
        """Every line, with those it may speak of and the answers given so far."""
        lines = [_read(number, text) for number, text in written(self.cleaned_data["lines"])]
        _mark_twins(lines)
        for line in lines:
            if self.series and line.people > 1 and not line.mistake:
                line.mistake = _("À une série, on s’inscrit une personne par ligne.")
            if not line.mistake:
                line.lookalikes = _like(self.event.space, line, by=by)
                line.answer = _answer(self.data, line)
        load(one for line in lines for one in line.lookalikes)
        return lines

    def answers_given(self) -> list[tuple[str, str]]:
        """What was said of lines, to be kept while others are corrected."""
        names = [name for name in self.data if name.startswith(QUESTION)]
        return [(name, str(self.data[name])[:20]) for name in names[:MOST_LINES]]


def readable(text: str) -> str:
    """The same text. Raises ValidationError when it says nothing, or too much at once."""
    count = len(list(written(text)))
    if count == 0:
        raise ValidationError(_("Recopiez au moins une ligne."))
    if count > MOST_LINES:
        raise ValidationError(_("Soixante lignes au plus à la fois : faites-le en deux fois."))
    return text


def written(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their number on the sheet."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip(" ;\t"):
            yield number, " ".join(line.replace("\t", ";").split())


def _read(number: int, text: str) -> Line:
    name, address, people, *more = [*(part.strip() for part in text.split(";")), "", "", ""][:4]
    line = Line(number, text, name=name)
    if not re.search(r"[^\W\d_]", name) or len(name) > LONGEST_NAME:
        line.mistake = _("La ligne commence par un nom, de 120 lettres au plus.")
    elif any(more):
        line.mistake = _("Il y a un point-virgule de trop.")
    elif people and people not in HOW_MANY:
        line.mistake = _("Le nombre de personnes va de 1 à 10.")
    elif address:
        try:
            line.address = read_address(address)[1]
        except ValidationError as error:
            line.mistake = error.messages[0]
    line.people = HOW_MANY.get(people, 1)
    return line


HOW_MANY = {str(number): number for number in range(1, MOST_EXTRA + 2)}


def _mark_twins(lines: list[Line]) -> None:
    """The same line twice is a slip of the pen, or two people to tell apart."""
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.mistake:
            continue
        if first := seen.get(line.key):
            line.mistake = _(
                "C’est déjà la ligne %(number)s. Si c’est une autre personne, ajoutez une "
                "initiale à son nom."
            ) % {"number": first}
        seen.setdefault(line.key, line.number)


def _like(space: Space, line: Line, *, by: Person) -> list[Person]:
    phone, email = ("", line.address) if "@" in line.address else (line.address, "")
    return people_like(space, by=by, name=line.name, phone=phone, email=email)


def _answer(data: Any, line: Line) -> str:
    given = str(data.get(line.question, ""))
    known = {str(one.pk) for one in line.lookalikes} | {SOMEONE_NEW}
    return given if given in known else ""
