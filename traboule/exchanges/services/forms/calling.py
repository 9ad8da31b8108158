"""What the call-taker asks, in the order in which one says it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import PHONES, read_address
from traboule.kernel.people.models import Person

from ..models import Via
from .asking import KindForm, PriceForm, WhatForm, WhenForm, WhereForm

SAID = ("words", "also", "rhythm", "on", "when_words", "minutes", "budget")
PAPER, SPOKEN = "paper", "spoken"


class CallForm(WhatForm, WhenForm, PriceForm, KindForm, WhereForm):
    """One screen: each label is the sentence to say."""

    field_order = (
        "via", "name", "phone", "kind", "words", "also", "rhythm", "on", "when_words", "minutes",
        "budget", "commune", "address", "postal_code", "neighbourhood",
    )  # fmt: skip
    voice = None  # type: ignore[assignment]
    photos = None  # type: ignore[assignment]

    via = forms.ChoiceField(
        label=_("Comment est-ce arrivé ?"),
        choices=[(one, one.label) for one in (Via.PHONE, Via.CALL_BACK, Via.PAPER)],
        initial=Via.PHONE,
    )
    name = forms.CharField(
        label=_("« Bonjour, à qui ai-je l’honneur ? »"),
        max_length=120,
        error_messages={"required": _("Écrivez le nom de la personne.")},
    )
    phone = forms.CharField(
        label=_("« À quel numéro peut-on vous rappeler ? »"),
        help_text=_("Fixe ou mobile. Rien ? Nous écrirons par la poste."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    postal_code = forms.RegexField(
        r"^\d{5}$",
        label=_("« Et le code postal, pour la lettre ? »"),
        required=False,
        error_messages={"invalid": _("Le code postal a cinq chiffres.")},
    )

    def __init__(self, *args: Any, caller: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.caller = caller
        if caller:
            del self.fields["name"], self.fields["phone"]
        for name, sentence in SENTENCES.items():
            self.fields[name].label = sentence

    def clean_phone(self) -> str:
        """A number that can be read, or nothing."""
        text: str = self.cleaned_data["phone"]
        if text and read_address(text)[0] not in PHONES:
            raise ValidationError(gettext("Écrivez ici un numéro de téléphone."))
        return text

    def given(self) -> dict[str, Any]:
        """What ``actions.calls.write_down`` takes; asks where the address is."""
        given = self.cleaned_data
        return {
            "caller": self.caller,
            "name": given.get("name", ""),
            "phone": given.get("phone", ""),
            "home": self.home(),
            "postal_code": given["postal_code"],
            "via": Via(given["via"]),
            "kind": given["kind"],
            "said": {name: given[name] for name in SAID},
        }


SENTENCES = {
    "kind": _("« Pour quoi avez-vous besoin d’un coup de main ? »"),
    "words": _("« Racontez-moi ce qu’il y a à faire. »"),
    "also": _("Pour des courses : « Que fera aussi la personne chez vous ? »"),
    "rhythm": _("« C’est pour une fois, ou régulièrement ? »"),
    "on": _("« Quel jour vous irait ? »"),
    "when_words": _("« À quel moment de la journée ? »"),
    "minutes": _("« Combien de temps faut-il, à votre avis ? »"),
    "budget": _("« Combien voulez-vous que la personne reçoive pour une heure ? »"),
    "commune": _("« Dans quelle commune habitez-vous ? »"),
    "address": _("« À quelle adresse ? Elle reste entre nous jusqu’au contrat. »"),
}


class ReadBackForm(forms.Form):
    """That the person heard it and said yes, and how we know."""

    agreement = forms.ChoiceField(
        label=_("« Je mets votre demande en ligne. C’est bien d’accord ? »"),
        choices=[
            (SPOKEN, _("Oui, de vive voix : la confirmation part tout de suite")),
            (PAPER, _("Oui, et son mandat signé est dans le dossier")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Relisez à voix haute, puis demandez l’accord.")},
    )


class PapersForm(forms.Form):
    """What someone of the team has seen of a worker; nothing is copied."""

    identity = forms.BooleanField(label=_("J’ai vu sa pièce d’identité"), required=False)
    may_work_until = forms.DateField(
        label=_("Son droit de travailler est valable jusqu’au"),
        help_text=_("Rien à écrire pour une personne de nationalité européenne."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    visited = forms.BooleanField(label=_("L’équipe est allée chez elle"), required=False)
    guardian = forms.BooleanField(
        label=_("J’ai vu l’accord écrit de ses parents (avant 18 ans)"), required=False
    )
