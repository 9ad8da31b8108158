"""Answering one question on its own screen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.forms.event import DayField
from traboule.kernel.files.forms import FilesField

from ..models import Choice, Question
from ..reading import MOST_WORDS, NOTHING, Value, number_said, read

Kind = Question.Kind
UNSAID = "unsaid"
"""The choice of not answering: said, rather than left to a box that one cannot empty again."""

REQUIRED = {
    Kind.SEVERAL: _("Cochez au moins un choix."),
    Kind.NUMBER: _("Écrivez un nombre."),
    Kind.DATE: _("Choisissez un jour."),
    Kind.SHORT: _("Écrivez quelques mots."),
    Kind.LONG: _("Écrivez quelques mots."),
}


class AnswerForm(forms.Form):
    """The field that suits the kind of question; ``value`` is what it says."""

    def __init__(
        self,
        *args: Any,
        question: Question,
        choices: Sequence[Choice],
        given: Value = NOTHING,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question, self.choices = question, {str(one.number): one for one in choices}
        field = self._field()
        field.label, field.help_text = question.text, question.help
        field.required = question.required
        field.error_messages["required"] = REQUIRED.get(
            Kind(question.kind), _("Choisissez une réponse.")
        )
        field.initial = self._initial(given)
        self.fields["answer"] = field
        self.given = given
        if given.file:
            self.fields["forget"] = forms.BooleanField(
                label=_("Retirer mon enregistrement"), required=False
            )

    def clean_answer(self) -> Any:
        """A number is read as people write it."""
        given = self.cleaned_data["answer"]
        if self.question.kind == Kind.NUMBER and given:
            return read(self.question, [], given)  # Refused is a ValidationError.
        return given

    @property
    def value(self) -> Value:
        """What was answered."""
        given = self.cleaned_data["answer"]
        if self.question.is_spoken:
            return self._spoken(given)
        if not given or given == UNSAID:
            return NOTHING
        if isinstance(given, Value):
            return given
        if self.question.is_chosen:
            numbers = given if self.question.kind == Kind.SEVERAL else [given]
            return Value(choices=tuple(self.choices[number] for number in numbers))
        return (
            Value(day=given) if self.question.kind == Kind.DATE else read(self.question, [], given)
        )

    def _spoken(self, sent: list[Any]) -> Value:
        """The recording that has just come, or the one that was there and stays."""
        if sent:
            return Value(sent=sent[0])
        forgotten = self.cleaned_data.get("forget", False)
        return NOTHING if forgotten else Value(file=self.given.file)

    def _field(self) -> forms.Field:
        kind = self.question.kind
        if self.question.is_spoken:
            return FilesField(kinds=("audio", "video"), most=1)
        if self.question.is_chosen or kind == Kind.SCALE:
            options = self._options()
            if kind == Kind.SEVERAL:
                return forms.MultipleChoiceField(
                    choices=options, widget=forms.CheckboxSelectMultiple
                )
            if not self.question.required:
                options.append((UNSAID, _("Je préfère ne pas répondre")))
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect)
        if kind == Kind.DATE:
            return DayField()
        if kind == Kind.NUMBER:
            return forms.CharField(
                max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        attributes = {"autocomplete": "off"}
        widget = forms.Textarea(attrs=attributes) if kind == Kind.LONG else forms.TextInput(
            attrs=attributes
        )  # fmt: skip
        return forms.CharField(max_length=MOST_WORDS[Kind(kind)], widget=widget)

    def _options(self) -> list[tuple[str, Any]]:
        if self.question.kind != Kind.SCALE:
            return [(number, choice.text) for number, choice in self.choices.items()]
        ends = {1: self.question.low_words, 5: self.question.high_words}
        return [
            (str(mark), f"{mark} – {ends[mark]}" if ends.get(mark) else str(mark))
            for mark in range(1, 6)
        ]

    def _initial(self, given: Value) -> Any:
        if given.choices:
            numbers = [str(choice.number) for choice in given.choices]
            return numbers if self.question.kind == Kind.SEVERAL else numbers[0]
        if given.number is not None:
            return number_said(given.number)
        return given.day or given.text or None


class ReceiptForm(forms.Form):
    """The code by which a response is found again."""

    receipt = forms.CharField(
        label=_("Votre code de reçu"),
        help_text=_("Huit signes, donnés à la fin : par exemple 7K4M-2QXD."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Écrivez le code de votre reçu.")},
    )


class SendForm(forms.Form):
    """Before sending: whoever was invited by name may agree to be known."""

    known = forms.BooleanField(
        label=_("L’équipe peut savoir que c’est moi qui réponds"),
        help_text=_("Sans cela, votre réponse reste anonyme."),
        required=False,
    )


class InterviewForm(forms.Form):
    """How somebody of the team hears the answers, and that the person agrees."""

    door = forms.ChoiceField(
        label=_("Comment vous parlez-vous ?"),
        choices=[("interview", _("Face à face")), ("phone", _("Au téléphone"))],
        initial="interview",
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("Code d’invitation"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("J’ai lu ces phrases, et la personne est d’accord"),
        error_messages={"required": _("Lisez les phrases, et demandez l’accord de la personne.")},
    )
