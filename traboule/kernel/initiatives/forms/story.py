"""What happens, with which tools, what it takes and what was learnt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..vocabulary import ToolKind
from .base import QuestionForm

LONG = 20_000
SHORT = 600


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StoryForm(QuestionForm):
    """What happens."""

    description = forms.CharField(
        label=_("Racontez ce qui se passe"),
        help_text=_(
            "Comme à quelqu’un qui n’est jamais venu. Exemple : Le samedi, on ouvre la salle à "
            "9 heures. Chacun apporte une machine en panne…"
        ),
        max_length=LONG,
        widget=_text(9),
        error_messages={"required": _("Racontez en quelques phrases ce qui se passe.")},
    )


class ToolsForm(QuestionForm):
    """With which digital tools."""

    tool_kinds = forms.MultipleChoiceField(
        label=_("Quels genres d’outils ?"),
        help_text=_("Plusieurs réponses possibles."),
        choices=ToolKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tools = forms.CharField(
        label=_("Lesquels, et pour quoi faire ?"),
        help_text=_("Exemple : un groupe WhatsApp pour se prévenir, une imprimante 3D prêtée."),
        required=False,
        max_length=LONG,
        widget=_text(5),
    )


class MeansForm(QuestionForm):
    """What it takes to do it again elsewhere."""

    time = forms.CharField(
        label=_("Du temps"),
        help_text=_("Exemple : deux mois pour préparer, puis trois heures par semaine."),
        required=False,
        max_length=SHORT,
        widget=_text(2),
    )
    people = forms.CharField(
        label=_("Des personnes"),
        help_text=_("Exemple : une animatrice et quatre bénévoles."),
        required=False,
        max_length=SHORT,
        widget=_text(2),
    )
    cost = forms.CharField(
        label=_("De l’argent"),
        help_text=_("Exemple : 800 € de matériel, la salle est prêtée."),
        required=False,
        max_length=SHORT,
        widget=_text(2),
    )
    steps = forms.CharField(
        label=_("Par quoi commencer, et ensuite ?"),
        help_text=_("Une étape par ligne, dans l’ordre."),
        required=False,
        max_length=LONG,
        widget=_text(6),
    )


class LessonsForm(QuestionForm):
    """What to watch out for, and what was learnt."""

    pitfalls = forms.CharField(
        label=_("À quoi faire attention ?"),
        help_text=_("Exemple : prévoir une prise par personne ; ne rien lancer en août."),
        required=False,
        max_length=LONG,
        widget=_text(4),
    )
    learnt = forms.CharField(
        label=_("Qu’avez-vous appris ?"),
        help_text=_("Ce qui a marché, ce que vous feriez autrement."),
        required=False,
        max_length=LONG,
        widget=_text(4),
    )
