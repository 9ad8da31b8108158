from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import SignInCodeForm
from .models.card import ALPHABET, NUMBER_LENGTH, Card


class CardNumberForm(forms.Form):
    """The number written on a card, however it is spaced."""

    number = forms.CharField(
        label=_("Quel est le numéro de votre carte ?"),
        help_text=_("Huit lettres ou chiffres, écrits en gros. Par exemple K7MP-3XQ9"),
        max_length=30,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "digits",
            }
        ),
        error_messages={"required": _("Écrivez le numéro qui est sur la carte.")},
    )

    def clean_number(self) -> str:
        """The eight signs alone, in capitals."""
        number = "".join(sign for sign in self.cleaned_data["number"].upper() if sign.isalnum())
        if len(number) != NUMBER_LENGTH or not set(number) <= set(ALPHABET):
            raise forms.ValidationError(
                _(
                    "Le numéro compte huit lettres ou chiffres, par exemple K7MP-3XQ9. "
                    "Il n’a ni zéro, ni un, ni lettre I ou O."
                ),
                code="eight",
            )
        if not Card.objects.filter(number=number).exists():
            raise forms.ValidationError(
                _("Aucune carte ne porte ce numéro. Relisez-le sur la carte."), code="unknown"
            )
        return number


class CardPinForm(SignInCodeForm):
    """The secret code of a card, and whether this device belongs to the person."""

    digits = forms.CharField(
        label=_("Quel est votre code secret ?"),
        help_text=_("Les six chiffres remis avec la carte."),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "class": "digits"}
        ),
        error_messages={"required": _("Écrivez les six chiffres de votre code secret.")},
    )
