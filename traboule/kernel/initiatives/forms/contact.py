"""How to reach the initiative, in public, and whoever tells about it, in private."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import read_address, shown

from ..sheet import Sheet
from .base import Answers, QuestionForm

_LIKE_A_NUMBER = re.compile(r"[+(]?\d[\d\s().+/-]*")


def read_callback(text: str) -> str:
    """A number or e-mail address in its own form; other ways to reach someone as written.

    Raises ValidationError for a number or an e-mail address that is not one.
    """
    if "@" in text or _LIKE_A_NUMBER.fullmatch(text):
        return _written(text)
    if len(text) < 8:
        raise forms.ValidationError(
            _("Écrivez un numéro, une adresse, ou la personne par qui passer."), code="short"
        )
    return text


def _written(text: str) -> str:
    """As people write it, with plain spaces: links to it drop them."""
    return shown(*read_address(text)).replace("\u00a0", " ")


class ContactForm(QuestionForm):
    """What anyone may read and print."""

    contact_name = forms.CharField(
        label=_("La personne ou le service"),
        help_text=_("Exemple : L’accueil du centre social"),
        required=False,
        max_length=120,
    )
    contact_phone = forms.CharField(
        label=_("Un téléphone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    contact_email = forms.EmailField(
        label=_("Une adresse e-mail"),
        required=False,
        max_length=200,
        error_messages={
            "invalid": _("Cette adresse semble incomplète. Exemple : atelier@exemple.fr")
        },
    )
    contact_website = forms.URLField(
        label=_("Un site"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        error_messages={"invalid": _("Écrivez une adresse de site, par exemple www.exemple.fr")},
    )

    def clean_contact_phone(self) -> str:
        """The number as people read it."""
        phone = self.cleaned_data["contact_phone"]
        if "@" in phone:
            raise forms.ValidationError(_("Écrivez ici un numéro de téléphone."), code="email")
        return _written(phone) if phone else ""

    def to_sheet(self) -> dict[str, Any]:
        """The sheet's contact."""
        data = {name.removeprefix("contact_"): text for name, text in self.cleaned_data.items()}
        return {"contact": {**data, "website": data["website"] or None}}

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> Answers:
        """The contact as typed."""
        return {f"contact_{name}": text or "" for name, text in sheet.contact}


class CallbackForm(QuestionForm):
    """Whom to call back: never published."""

    callback_name = forms.CharField(
        label=_("Votre nom ou votre prénom"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Dites-nous comment vous appeler.")},
    )
    callback_contact = forms.CharField(
        label=_("Où vous joindre ?"),
        help_text=_(
            "Un téléphone, une adresse e-mail ou postale, ou la personne par qui passer. "
            "Exemple : 06 12 34 56 78, ou : par Samia, à l’accueil du centre social"
        ),
        max_length=200,
        error_messages={"required": _("Dites-nous où vous joindre, pour relire avec vous.")},
    )

    def clean_callback_contact(self) -> str:
        """The way to reach them."""
        return read_callback(self.cleaned_data["callback_contact"])

    def settled(self) -> Answers:
        """The number or address in the form that everyone reads."""
        return {"callback_contact": self.cleaned_data["callback_contact"]}

    def to_sheet(self) -> dict[str, Any]:
        """Nothing: it stays between them and us."""
        return {}

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> Answers:
        """Nobody yet: whoever corrects a sheet is not who wrote it."""
        return {}
