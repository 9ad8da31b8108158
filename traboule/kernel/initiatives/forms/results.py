"""Results: up to three figures written as people write them, and words."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..sheet import Result, Sheet
from ..vocabulary import Qualifier
from .base import Answers, QuestionForm

ROWS = (1, 2, 3)
LONGEST_UNIT = 80
_TITLES = (_("Premier chiffre"), _("Deuxième chiffre"), _("Troisième chiffre"))
_QUALIFIERS = {
    "environ": Qualifier.ABOUT,
    "à peu près": Qualifier.ABOUT,
    "près de": Qualifier.ABOUT,
    "plus de": Qualifier.MORE_THAN,
    "jusqu’à": Qualifier.UP_TO,
    "au plus": Qualifier.UP_TO,
    "about": Qualifier.ABOUT,
    "around": Qualifier.ABOUT,
    "more than": Qualifier.MORE_THAN,
    "over": Qualifier.MORE_THAN,
    "up to": Qualifier.UP_TO,
    "at most": Qualifier.UP_TO,
}
_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?![\d.,]*\d)"
_FIGURE = re.compile(
    rf"(?:(?P<qualifier>{'|'.join(_QUALIFIERS)}) )?(?P<figure>{_NUMBER})"
    rf"(?: ?(?:à|to|-|–) ?(?P<most>{_NUMBER}))? ?(?P<unit>.*)",
    re.IGNORECASE,
)
_LARGEST = Decimal(10) ** 12


def read_figure(text: str) -> dict[str, Any]:
    """``figure``, ``figure_max``, ``qualifier`` and ``unit`` of ``environ 40 à 50 jeunes``.

    Raises ValidationError, in words that say what to type instead.
    """
    text = " ".join(text.replace("'", "’").split())
    match = _FIGURE.fullmatch(text)
    if match is None:
        raise ValidationError(_("Commencez par un nombre, par exemple 120 jeunes."), code="figure")
    if not match["unit"]:
        raise ValidationError(
            _("Ajoutez ce que vous comptez, par exemple 120 jeunes."), code="unit"
        )
    figure = _decimal(match["figure"])
    most = _decimal(match["most"]) if match["most"] else None
    if most is not None and most < figure:
        raise ValidationError(_("Le nombre le plus grand vient en second."), code="order")
    if max(figure, most or 0) >= _LARGEST:
        raise ValidationError(_("Ce nombre est trop grand."), code="large")
    if len(match["unit"]) > LONGEST_UNIT:
        raise ValidationError(_("Dites en moins de mots ce que vous comptez."), code="unit")
    qualifier = _QUALIFIERS.get((match["qualifier"] or "").lower(), Qualifier.EXACT)
    return {
        "figure": figure,
        "figure_max": most,
        "qualifier": qualifier.value,
        "unit": match["unit"],
    }


def write_figure(result: Result) -> str:
    """The text that reads back as this figure."""
    figure = _text(result.figure)
    if result.figure_max is not None:
        range_ = gettext("%(least)s à %(most)s")
        figure = range_ % {"least": figure, "most": _text(result.figure_max)}
    exact = result.qualifier == Qualifier.EXACT
    return f"{'' if exact else result.qualifier.label} {figure} {result.unit}".strip()


def _decimal(text: str) -> Decimal:
    if re.search(r"[ .]\d{3}", text):
        text = text.replace(" ", "").replace(".", "")
    return Decimal(text.replace(",", "."))


def _text(number: Decimal) -> str:
    whole = number == number.to_integral_value()
    return str(int(number)) if whole else str(number.normalize()).replace(".", ",")


class FigureField(forms.CharField):
    """A number with its unit, as ``environ 40 à 50 jeunes``."""

    def clean(self, value: str) -> dict[str, Any] | None:
        """The figure's parts, none for an empty field."""
        text = super().clean(value)
        return read_figure(text) if text else None


def _figure_fields(row: int) -> dict[str, forms.Field]:
    return {
        f"figure_{row}": FigureField(
            label=_("Combien ?"),
            help_text=_("Exemple : 120 jeunes, ou environ 40 à 50 ordinateurs"),
            required=False,
            max_length=100,
        ),
        f"figure_label_{row}": forms.CharField(
            label=_("Que dit ce chiffre ?"),
            help_text=_("Exemple : jeunes qui ont réparé un ordinateur"),
            required=False,
            max_length=300,
        ),
        f"figure_period_{row}": forms.CharField(
            label=_("Sur quelle durée ?"),
            help_text=_("Exemple : par an, ou en 2024"),
            required=False,
            max_length=120,
        ),
    }


class ResultsForm(QuestionForm):
    """What came of it: three figures at most, then words.

    ``answers["reported"]`` keeps the results of a sheet being corrected: a figure left as it
    was keeps its source, and those beyond the third stay.
    """

    outcomes = forms.CharField(
        label=_("Et ce qui ne se compte pas ?"),
        help_text=_("Exemple : des voisins qui ne se parlaient pas tiennent l’atelier ensemble."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in ROWS:
            self.fields.update(_figure_fields(row))
        self.fields["outcomes"] = self.fields.pop("outcomes")  # The words come last.

    def clean(self) -> None:
        """What a figure says makes no sense without the figure."""
        for row in ROWS:
            data, figure = self.cleaned_data, f"figure_{row}"
            words = data.get(f"figure_label_{row}") or data.get(f"figure_period_{row}")
            if words and figure in data and not data[figure]:
                self.add_error(figure, _("Écrivez le nombre, par exemple 120 jeunes."))

    def parts(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """One group a figure, then the words."""
        groups: list[tuple[str | Promise, list[BoundField]]] = [
            (title, [self[name] for name in _figure_fields(row)])
            for row, title in zip(ROWS, _TITLES, strict=True)
        ]
        return [*groups, ("", [self["outcomes"]])]

    def to_sheet(self) -> dict[str, Any]:
        """The figures as results, those that nobody touched as they were reported."""
        reported = [Result.model_validate(part) for part in self.answers.get("reported", [])]
        results = [
            self._result(row, reported) for row in ROWS if self.cleaned_data[f"figure_{row}"]
        ]
        return {"outcomes": self.cleaned_data["outcomes"], "results": results + reported[3:]}

    def _result(self, row: int, reported: list[Result]) -> Result:
        figure = self.cleaned_data[f"figure_{row}"]
        label = self.cleaned_data[f"figure_label_{row}"] or figure["unit"].capitalize()
        period = self.cleaned_data[f"figure_period_{row}"]
        result = Result.model_validate({**figure, "label": label, "period": period})
        nothing_else = {"source": "", "source_date": None}
        same = (old for old in reported if old.model_copy(update=nothing_else) == result)
        return next(same, result)

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> Answers:
        """The first three figures as typed, and all of them as reported."""
        answers: Answers = {
            "outcomes": sheet.outcomes,
            "reported": [result.model_dump(mode="json") for result in sheet.results],
        }
        for row, result in zip(ROWS, sheet.results, strict=False):
            answers[f"figure_{row}"] = write_figure(result)
            answers[f"figure_label_{row}"] = result.label
            answers[f"figure_period_{row}"] = result.period
        return answers
