"""A grid of dates that comes back on paper, typed in: one person a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import PollDate, PollVote
from .paper import readable, written

MARKS = {
    "O": PollVote.Value.YES,
    "S": PollVote.Value.MAYBE,
    "N": PollVote.Value.NO,
    "-": PollVote.Value.NO,
}
"""What people write in a box; nothing written there is no promise to come."""
LONGEST_NAME = 80


@dataclass
class GridLine:
    """One line of the grid: who, and their marks; or what is wrong with it."""

    number: int
    text: str
    name: str = ""
    votes: dict[int, str] = field(default_factory=dict)
    mistake: str = ""


class GridForm(forms.Form):
    """The whole grid: « Lina ; O S N », one person a line."""

    lines = forms.CharField(
        label=gettext_lazy("Recopiez la grille, une personne par ligne"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Recopiez au moins une ligne.")},
        max_length=10_000,
    )

    def __init__(self, *args: Any, dates: Sequence[PollDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = list(dates)

    def clean_lines(self) -> str:
        """Something, and not more than one can read again."""
        return readable(self.cleaned_data["lines"])

    def read(self) -> list[GridLine]:
        """Every line as it was understood."""
        return [self._read(number, text) for number, text in written(self.cleaned_data["lines"])]

    def _read(self, number: int, text: str) -> GridLine:
        line = GridLine(number, text)
        found = re.fullmatch(
            rf"(?P<name>[^;]+?)[\s;,:]+(?P<marks>(?:[OSN-][\s;,./]*){{{len(self.dates)}}})",
            text[:400],
            re.IGNORECASE,
        )
        if not found:
            line.mistake = _(
                "Après le prénom, il faut %(n)s lettres : O, S ou N, une par date."
            ) % {"n": len(self.dates)}
        elif len(found["name"]) > LONGEST_NAME or not re.search(r"[^\W\d_]", found["name"]):
            line.mistake = _("La ligne commence par un prénom.")
        else:
            line.name = found["name"]
            marks = re.findall(r"[OSN-]", found["marks"].upper())
            line.votes = {
                date.pk: MARKS[mark] for date, mark in zip(self.dates, marks, strict=True)
            }
        return line
