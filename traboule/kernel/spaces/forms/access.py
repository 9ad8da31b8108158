"""Coming in with a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.ui.guard import Guarded


class CodeForm(forms.Form):
    """The eight signs of the poster, however they are typed."""

    code = forms.CharField(
        label=_("Quel est le code ?"),
        help_text=_("Il est écrit sur l’affiche du lieu, par exemple 7K4M-2QXD."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Écrivez le code de l’affiche.")},
    )


class FirstNameForm(Guarded):
    """How a guest wants to be called."""

    most_links = 0

    first_name = forms.CharField(
        label=_("Quel est votre prénom ?"),
        help_text=_("Rien d’autre n’est demandé."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Écrivez votre prénom.")},
    )
