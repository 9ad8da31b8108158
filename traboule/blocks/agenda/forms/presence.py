"""Saying oneself that one is there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .signup import WhoForm


class HereForm(WhoForm):
    """Who is there, and the four digits shown in the room."""

    code = forms.CharField(
        label=_("Quel est le code de la salle ?"),
        help_text=_("Quatre chiffres, affichés dans la salle."),
        max_length=8,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "digits"}
        ),
        error_messages={"required": _("Écrivez les quatre chiffres affichés dans la salle.")},
    )
