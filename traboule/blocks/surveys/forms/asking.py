"""Writing a survey and its questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.forms.event import DayField
from traboule.kernel.spaces import audiences

from .. import paths
from ..actions.asking import MOST_CHOICES
from ..models import Question, Survey


class SurveyForm(forms.ModelForm):
    """What the survey is about, who answers, and who sees what comes out."""

    opens_on = DayField(label=_("À partir de quel jour ?"), required=False)
    closes_on = DayField(
        label=_("Jusqu’à quel jour ?"),
        help_text=_("Ce jour compris. L’enquête se clôt ensuite toute seule."),
        required=False,
    )

    class Meta:
        model = Survey
        fields = ("title", "intro", "who", "one_a_device", "shown", "opens_on", "closes_on",
                  "reach", "thanks")  # fmt: skip
        labels = {
            "title": _("Sur quoi porte l’enquête ?"),
            "intro": _("À quoi serviront les réponses ?"),
            "who": _("Qui peut répondre ?"),
            "one_a_device": _("Une seule réponse par appareil"),
            "shown": _("À qui montrer les résultats ?"),
            "reach": _("Combien de personnes pourraient répondre ?"),
            "thanks": _("Un mot de remerciement"),
        }
        help_texts = {
            "intro": _("Dites-le simplement : qui demande, pourquoi, ce que vous en ferez."),
            "one_a_device": _("Décochez si plusieurs personnes partagent un téléphone."),
            "reach": _("Par exemple : « 180 logements, environ 400 habitants ». Les résultats le "
                       "rappellent à côté du nombre de réponses."),
        }  # fmt: skip
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 4}),
            "thanks": forms.TextInput,
            "who": forms.RadioSelect,
            "shown": forms.RadioSelect,
        }
        error_messages = {"title": {"required": _("Donnez un titre à l’enquête.")}}


class QuestionForm(forms.ModelForm):
    """One question; the choices stand one a line."""

    kind = forms.ChoiceField(
        label=_("Quelle sorte de réponse ?"), choices=Question.Kind, initial=Question.Kind.ONE
    )
    choices = forms.CharField(
        label=_("Les choix, un par ligne"),
        help_text=_("Seulement pour « un seul choix » et « plusieurs choix »."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        required=False,
    )

    class Meta:
        model = Question
        fields = ("text", "kind", "help", "required", "low_words", "high_words")
        labels = {
            "text": _("La question"),
            "help": _("Une aide pour répondre"),
            "required": _("Il faut y répondre pour continuer"),
            "low_words": _("Pour une note : que veut dire 1 ?"),
            "high_words": _("Pour une note : que veut dire 5 ?"),
        }
        help_texts = {"text": _("Une seule chose à la fois, en mots de tous les jours.")}
        error_messages = {"text": {"required": _("Écrivez la question.")}}

    field_order = ("text", "kind", "choices", "low_words", "high_words", "help", "required")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.kind != Question.Kind.YES_NO:
            texts = self.instance.choices.order_by("number").values_list("text", flat=True)
            self.initial["choices"] = "\n".join(texts)

    def clean(self) -> dict[str, Any]:
        """Choices where the kind needs some."""
        given = super().clean() or {}
        listed = given.get("kind") in (Question.Kind.ONE, Question.Kind.SEVERAL)
        if listed and not 2 <= len(self.texts) <= MOST_CHOICES:
            self.add_error("choices", _("Écrivez de deux à vingt choix, un par ligne."))
        elif listed and any(len(text) > 120 for text in self.texts):
            self.add_error("choices", _("Un choix tient en 120 signes : raccourcissez-le."))
        elif listed and len(set(self.texts)) < len(self.texts):
            self.add_error("choices", _("Deux choix sont les mêmes."))
        return given

    @property
    def texts(self) -> list[str]:
        """The choices as they were written."""
        lines = self.cleaned_data.get("choices", "").replace("\0", " ").splitlines()
        return [text for line in lines if (text := " ".join(line.split()))]


class WaysForm(forms.Form):
    """Where each choice of a question leads."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = question.survey.questions.filter(number__gt=question.number).order_by("number")
        options = [
            ("", _("Question suivante")),
            *((str(one.number), f"{one.number}. {one.text}") for one in later),
            (str(paths.END), _("Fin de l’enquête")),
        ]
        self.choices = list(question.choices.select_related("leads_to").order_by("number"))
        for choice in self.choices:
            leads = str(paths.END) if choice.ends else ""
            self.fields[f"choice_{choice.number}"] = forms.ChoiceField(
                label=_("Après « %(choice)s »") % {"choice": choice.text},
                choices=options,
                initial=str(choice.leads_to.number) if choice.leads_to else leads,
                required=False,
            )

    @property
    def ways(self) -> dict[int, int | None]:
        """Choice → number of a question, the end, or nothing to go on."""
        given = {one.number: self.cleaned_data[f"choice_{one.number}"] for one in self.choices}
        return {number: int(to) if to else None for number, to in given.items()}


class AudienceForm(forms.Form):
    """Which group of people to ask."""

    audience = forms.ChoiceField(
        label=_("À qui posez-vous les questions ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez à qui poser les questions.")},
    )

    def __init__(self, *args: Any, groups: list[audiences.Audience], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {one.key: one for one in groups}
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (one.key, one.label) for one in groups
        ]

    @property
    def chosen(self) -> audiences.Audience:
        """The group that was chosen."""
        return self.groups[self.cleaned_data["audience"]]


class SlipsForm(forms.Form):
    """How many codes to print."""

    number = forms.IntegerField(
        label=_("Combien de codes ?"),
        min_value=1,
        max_value=200,
        initial=20,
        error_messages={"required": _("Dites combien de codes imprimer.")},
    )


class BecauseForm(forms.Form):
    """Why something is left out; the reason is told with the results."""

    because = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=200,
        error_messages={"required": _("Dites pourquoi, en quelques mots.")},
    )
