"""Typing a paper form back: one line of digits a question, in the order of the sheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.people.actions import Refused

from ..asked import Asked
from ..models import Question, Survey
from ..reading import Value, read

Kind = Question.Kind


class PileForm(forms.Form):
    """Which pile one begins: its label, and the version printed at the foot of its sheets."""

    batch = forms.CharField(
        label=gettext_lazy("Numéro de la pile"),
        help_text=gettext_lazy("Écrivez-le aussi sur la pile : 1, 2, « marché »…"),
        max_length=20,
        error_messages={"required": gettext_lazy("Donnez un numéro à cette pile.")},
    )
    version = forms.IntegerField(
        label=gettext_lazy("Version imprimée au bas des feuilles"),
        min_value=1,
        error_messages={"required": gettext_lazy("Recopiez la version du bas des feuilles.")},
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey

    def clean_batch(self) -> str:
        """One label for one pile, however it is spaced."""
        return " ".join(self.cleaned_data["batch"].replace("\0", " ").split()).lower()

    def clean_version(self) -> int:
        """The questions of these sheets are today's."""
        given: int = self.cleaned_data["version"]
        if given != self.survey.version:
            raise ValidationError(
                _("Ces feuilles ont d’autres questions : on ne peut saisir que la version "
                  "%(version)s.") % {"version": self.survey.version}
            )  # fmt: skip
        return given


class SheetForm(forms.Form):
    """One sheet: what stands in each box, empty for nothing."""

    sheet = forms.IntegerField(
        label=gettext_lazy("Feuille n°"),
        min_value=1,
        max_value=100_000,
        error_messages={"required": gettext_lazy("Numérotez la feuille.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Code d’invitation"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for question in self.boxes:
            self.fields[f"question_{question.number}"] = forms.CharField(
                label=f"{question.number}. {question.text}",
                help_text=_hint(asked, question),
                required=False,
                max_length=4000,
                widget=_widget(question),
            )

    def clean(self) -> dict[str, Any]:
        """Each box is read as a text message would be; a wrong one says what it takes."""
        given = super().clean() or {}
        self.values: dict[int, Value] = {}
        for question in self.boxes:
            name = f"question_{question.number}"
            try:
                value = read(question, self.asked.choices(question), given.get(name) or "")
            except Refused as refused:
                self.add_error(name, refused)
            else:
                if value:
                    self.values[question.number] = value
        if not self.values and not self.errors:
            raise ValidationError(_("Cette feuille est vide : passez à la suivante."))
        return given

    @property
    def lines(self) -> list[forms.BoundField]:
        """The boxes in the order of the sheet."""
        return [self[f"question_{one.number}"] for one in self.boxes]

    @property
    def boxes(self) -> list[Question]:
        """The questions that a pen answers."""
        return [one for one in self.asked.questions if not one.is_spoken]


def _hint(asked: Asked, question: Question) -> str:
    """What the digits stand for."""
    choices = " · ".join(f"{one.number} {one.text}" for one in asked.choices(question))
    return {
        Kind.SEVERAL: _("%(choices)s (plusieurs : 1 3)") % {"choices": choices},
        Kind.SCALE: _("de 1 à 5"),
        Kind.NUMBER: _("un nombre"),
        Kind.DATE: _("jj/mm/aaaa"),
    }.get(Kind(question.kind), choices)


def _widget(question: Question) -> forms.Widget:
    attributes = {"autocomplete": "off"}
    if question.kind == Kind.LONG:
        return forms.Textarea(attrs={**attributes, "rows": 3})
    if not question.is_written:
        attributes["inputmode"] = "decimal" if question.kind == Kind.NUMBER else "text"
        attributes["class"] = "digits-box"
        single = question.kind in (Kind.ONE, Kind.YES_NO, Kind.SCALE)
        if single and len(question.choices.all()) < 10:
            attributes |= {"inputmode": "numeric", "data-one-digit": ""}
    return forms.TextInput(attrs=attributes)
