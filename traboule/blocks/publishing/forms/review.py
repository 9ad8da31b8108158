"""What a second reader answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.review import Checks

NAMES = ("is_clear", "is_checked", "is_fair")


class ReviewForm(forms.Form):
    """Three questions, and a reason when it goes back."""

    is_clear = forms.BooleanField(
        label=_("Claire ?"),
        help_text=_("Quelqu’un qui n’y était pas comprend tout de suite."),
        required=False,
    )
    is_checked = forms.BooleanField(
        label=_("Vérifiée ?"),
        help_text=_("Les dates, les noms, les lieux et les chiffres sont bons."),
        required=False,
    )
    is_fair = forms.BooleanField(
        label=_("Juste ?"),
        help_text=_("Elle ne blesse personne, et qui est cité s’y reconnaît."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Un mot à la personne qui a écrit"),
        help_text=_("Obligatoire pour rendre le texte : dites ce qui manque, simplement."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, publishes: bool, **options: Any) -> None:
        self.publishes = publishes
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """To publish takes three times yes; to give back takes a reason."""
        given = super().clean() or {}
        if self.publishes and not all(given.get(name) for name in NAMES):
            self.add_error(
                None, _("Cochez les trois questions pour publier, ou rendez le texte avec un mot.")
            )
        if not self.publishes and not given.get("reason", "").strip():
            self.add_error("reason", _("Dites pourquoi : la personne qui a écrit le lira."))
        return given

    @property
    def checks(self) -> Checks:
        """The three answers."""
        return Checks(**{name: self.cleaned_data[name] for name in NAMES})


class WithdrawForm(forms.Form):
    """Why it goes."""

    reason = forms.CharField(
        label=_("Pourquoi le retirer ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites pourquoi : la personne qui a écrit le lira.")},
    )


class CommentForm(forms.Form):
    """A few words back."""

    text = forms.CharField(
        label=_("Votre commentaire"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez quelques mots.")},
    )
