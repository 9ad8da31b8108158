"""Starting, coming back to a draft, and the editors' words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.ui.guard import Guarded

from ..models.contribution import LETTERS
from .contact import read_callback


class StartForm(Guarded):
    """A key made when the page was drawn: the same key twice is the same draft."""

    at_least = 0  # Whoever comes back knows the page, and has nothing to type.

    form_key = forms.UUIDField(widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code of a draft, however it is written."""

    code = forms.CharField(
        label=_("Votre code"),
        help_text=_("Huit lettres et chiffres. Exemple : 7K4M-2QXD"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Écrivez le code que vous avez noté.")},
    )

    def clean_code(self) -> str:
        """The code as it is kept."""
        signs = [sign for sign in self.cleaned_data["code"].upper() if sign.isalnum()]
        if len(signs) != 8 or not set(signs) <= set(LETTERS):
            raise forms.ValidationError(
                _("Le code compte huit lettres et chiffres, sans I, O, 0 ni 1."), code="form"
            )
        return "".join(signs[:4]) + "-" + "".join(signs[4:])


class KeepForm(forms.Form):
    """Where to send the code."""

    callback_contact = forms.CharField(
        label=_("Recevoir ce code par SMS ou par e-mail"),
        help_text=_("Exemple : 06 12 34 56 78, ou marie@exemple.fr"),
        max_length=200,
        error_messages={"required": _("Écrivez un numéro de mobile ou une adresse e-mail.")},
    )

    def clean_callback_contact(self) -> str:
        """The number or address."""
        return read_callback(self.cleaned_data["callback_contact"])


class ReasonForm(forms.Form):
    """Why a draft goes back, or is not kept; its author reads it."""

    reason = forms.CharField(
        label=_("Votre message"),
        help_text=_("La personne le lit tel quel. Exemple : Il manque l’année de début."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites pourquoi, en une phrase.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, act: str) -> None:
        super().__init__(data, auto_id=f"{act}_%s")
