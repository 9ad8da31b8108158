"""A landlord's refusal, a household's appeal, what is answered to it."""

from django import forms
from django.utils.translation import gettext_lazy

from ..models import Ground


class RefuseForm(forms.Form):
    """Why the landlord says no."""

    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Pour quelle raison ?"),
        choices=Ground.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choisissez au moins un motif : le ménage a le "
                                                 "droit de le connaître.")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Ce que le ménage peut faire"),
        help_text=gettext_lazy("Le ménage lira ces mots. Exemple : le loyer est de 432 €."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AppealForm(forms.Form):
    """What a household says to whoever looks again."""

    words = forms.CharField(
        label=gettext_lazy("Qu’est-ce qui n’est pas juste ?"),
        help_text=gettext_lazy("Quelques mots suffisent. Vous pouvez aussi laisser vide."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """What whoever looks again decides, and why."""

    granted = forms.TypedChoiceField(
        label=gettext_lazy("Que décidez-vous ?"),
        choices=[("yes", gettext_lazy("L’annonce va en ligne")),
                 ("no", gettext_lazy("Le refus reste"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez l’un des deux.")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Pourquoi ?"),
        help_text=gettext_lazy("Le ménage lira ces mots."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Écrivez au ménage pourquoi.")},
    )
