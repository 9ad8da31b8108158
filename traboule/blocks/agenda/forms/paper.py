"""A sign-up sheet that comes back on paper, typed in: one person a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.people.channels import read_address
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.likeness import people_like
from traboule.kernel.spaces.models import Space

from ..models.signup import MOST_EXTRA

MOST_LINES = 60
SOMEONE_NEW = "new"


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
        """The name of the field that says whether it is someone known."""
        return f"same-{self.number}"

    @property
    def is_settled(self) -> bool:
        """Whether it is known who it is."""
        return not self.mistake and (not self.lookalikes or bool(self.answer))

    @property
    def person(self) -> Person | None:
        """The one it is, if that was said."""
        return next((one for one in self.lookalikes if str(one.pk) == self.answer), None)


class PaperForm(forms.Form):
    """The whole sheet: « nom ; téléphone ; nombre de personnes », one person a line."""

    lines = forms.CharField(
        label=gettext_lazy("Recopiez la liste, une personne par ligne"),
        help_text=gettext_lazy(
            "Nom ; téléphone ; nombre de personnes en tout. Le nom suffit. Par exemple : "
            "Lina Haddad ; 06 12 34 56 78 ; 2"
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Recopiez au moins une ligne.")},
        max_length=10_000,
    )

    def clean_lines(self) -> str:
        """Not more than one can check."""
        text: str = self.cleaned_data["lines"]
        if len(list(_written(text))) > MOST_LINES:
            raise ValidationError(_("Soixante lignes au plus à la fois : faites-le en deux fois."))
        return text

    def read(self, space: Space, *, by: Person) -> list[Line]:
        """Every line, with those it may speak of and the answers given so far."""
        lines = [_read(number, text) for number, text in _written(self.cleaned_data["lines"])]
        for line in lines:
            if not line.mistake:
                line.lookalikes = _like(space, line, by=by)
                line.answer = _answer(self.data, line)
        return lines


def _written(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their number on the sheet."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip(" ;\t"):
            yield number, " ".join(line.replace("\t", ";").split())


def _read(number: int, text: str) -> Line:
    name, address, people, *more = [*(part.strip() for part in text.split(";")), "", "", ""][:4]
    line = Line(number, text, name=name)
    if not re.search(r"[^\W\d]", name) or len(name) > 120:
        line.mistake = _("La ligne commence par un nom.")
    elif any(more):
        line.mistake = _("Il y a un point-virgule de trop.")
    elif people and not (people.isdecimal() and 1 <= int(people) <= MOST_EXTRA + 1):
        line.mistake = _("Le nombre de personnes va de 1 à 10.")
    elif address:
        try:
            line.address = read_address(address)[1]
        except ValidationError as error:
            line.mistake = error.messages[0]
    line.people = int(people) if people.isdecimal() else 1
    return line


def _like(space: Space, line: Line, *, by: Person) -> list[Person]:
    phone, email = ("", line.address) if "@" in line.address else (line.address, "")
    return people_like(space, by=by, name=line.name, phone=phone, email=email)


def _answer(data: Any, line: Line) -> str:
    given = str(data.get(line.question, ""))
    known = {str(one.pk) for one in line.lookalikes} | {SOMEONE_NEW}
    return given if given in known else ""
