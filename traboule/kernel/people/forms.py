from django import forms
from django.utils.translation import gettext_lazy as _

from .channels import BY_MACHINE, ChannelKind, read_address
from .models import Person


class AddressForm(forms.Form):
    """One number or address on which a code can be received."""

    address = forms.CharField(
        label=_("Votre numéro de téléphone ou votre adresse e-mail"),
        help_text=_("Par exemple 06 12 34 56 78 ou marie@exemple.fr"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Écrivez votre numéro de mobile ou votre adresse e-mail.")},
    )

    def clean_address(self) -> tuple[ChannelKind, str]:
        """The kind and exact form of what was typed, if a message can reach it."""
        kind, value = read_address(self.cleaned_data["address"])
        if kind not in BY_MACHINE:
            raise forms.ValidationError(
                _(
                    "C’est un téléphone fixe : il ne reçoit pas de SMS. "
                    "Donnez un mobile ou une adresse e-mail."
                ),
                code="landline",
            )
        return kind, value


class CodeForm(forms.Form):
    """The six digits of the message, however they are spaced."""

    digits = forms.CharField(
        label=_("Le code reçu"),
        help_text=_("Six chiffres."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Écrivez les six chiffres du message.")},
    )

    def clean_digits(self) -> str:
        """The digits alone."""
        digits = "".join(sign for sign in self.cleaned_data["digits"] if sign.isalnum())
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise forms.ValidationError(
                _("Le code compte six chiffres, par exemple 123456."), code="six"
            )
        return digits


class SignInCodeForm(CodeForm):
    """The code, and whether this device belongs to the person."""

    remember = forms.BooleanField(
        label=_("Se souvenir de moi sur cet appareil"),
        help_text=_("À laisser vide sur un ordinateur que d’autres utilisent."),
        required=False,
    )


class NameForm(forms.ModelForm):
    """How someone new wants to be called."""

    class Meta:
        model = Person
        fields = ("name",)
        labels = {"name": _("Comment vous appelez-vous ?")}
        help_texts = {"name": _("Votre prénom suffit, ou le nom que vous voulez.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        error_messages = {"name": {"required": _("Écrivez au moins un prénom.")}}


class ProfileForm(forms.ModelForm):
    """What a person says of themselves."""

    class Meta:
        model = Person
        fields = ("name", "language")
        labels = {"name": _("Votre nom"), "language": _("Votre langue")}
        help_texts = {"name": _("Celui que voient les autres.")}
        widgets = NameForm.Meta.widgets
        error_messages = NameForm.Meta.error_messages
