"""The file of a contact, as an adviser fills it in: a name is enough."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.people.channels import PHONES, ChannelKind, read_address
from traboule.kernel.people.models import Gender, Person
from traboule.kernel.places.models import Commune, PriorityNeighbourhood
from traboule.kernel.spaces.models import Role, Space

from ..importing import split_street
from ..models import Contact


class ContactForm(forms.Form):
    """Who, how to reach them, what they are about, where; nothing else is asked at the idea."""

    name = forms.CharField(
        label=gettext_lazy("Son nom"),
        help_text=gettext_lazy("Un prénom suffit."),
        max_length=120,
        error_messages={"required": gettext_lazy("Écrivez au moins un prénom.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Son téléphone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=gettext_lazy("Son adresse e-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    activity = forms.CharField(
        label=gettext_lazy("Son activité, ou son idée"), required=False, max_length=160
    )
    organisation = forms.CharField(
        label=gettext_lazy("Le nom de son entreprise, s’il y en a un"),
        required=False,
        max_length=120,
    )
    siret = forms.CharField(
        label=gettext_lazy("SIRET, si l’entreprise existe"), required=False, max_length=20
    )
    stage = forms.ChoiceField(label=gettext_lazy("Où en est son projet ?"), required=False)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("De quoi a-t-elle ou a-t-il besoin ?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    address = forms.CharField(
        label=gettext_lazy("Numéro et rue"),
        help_text=gettext_lazy("Par exemple : 12 rue des Bauges"),
        required=False,
        max_length=170,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    entrance = forms.CharField(
        label=gettext_lazy("Bâtiment, entrée, étage"), required=False, max_length=80
    )
    town = forms.CharField(
        label=gettext_lazy("Code postal et ville"),
        help_text=gettext_lazy("Par exemple : 73100 Aix-les-Bains"),
        required=False,
        max_length=120,
    )
    neighbourhood = forms.ChoiceField(
        label=gettext_lazy("Quartier prioritaire"),
        help_text=gettext_lazy("Si vous ne savez pas, l’adresse le dira."),
        required=False,
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Genre"),
        help_text=gettext_lazy("Si la personne le dit ; montré seulement dans des totaux."),
        choices=[("", gettext_lazy("Non dit")), *Gender.choices],
        required=False,
    )
    source = forms.ChoiceField(
        label=gettext_lazy("D’où vient ce contact ?"),
        choices=Contact.Source,
        initial=Contact.Source.STAND,
    )
    source_note = forms.CharField(
        label=gettext_lazy("Précisez, si besoin"),
        help_text=gettext_lazy("La personne le lira dans le premier message."),
        required=False,
        max_length=160,
    )
    owner = forms.ChoiceField(label=gettext_lazy("Qui suit ce contact ?"), required=False)

    def __init__(self, *args: Any, space: Space, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space
        self.stages = {str(one.pk): one for one in space.outreach_stages.all()}
        self.needs_known = {str(one.pk): one for one in space.outreach_needs.all()}
        self.team = team_of(space, by)
        self.places = {one.code: one for one in places_near(space)}
        self._choose("stage", [("", _("On ne sait pas encore")), *_pairs(self.stages)])
        self._choose("needs", _pairs(self.needs_known))
        self._choose("owner", _pairs(self.team))
        self.fields["owner"].initial = str(by.pk)
        self._choose(
            "neighbourhood",
            [("", _("On ne sait pas")), ("hors", _("En dehors")), *_pairs(self.places)],
        )
        if not self.stages:
            del self.fields["stage"]
        if not self.needs_known:
            del self.fields["needs"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """The number in full."""
        return _address(self.cleaned_data["phone"], PHONES, _("Écrivez ici un numéro."))

    def clean_email(self) -> str:
        """The address in lower case."""
        text = self.cleaned_data["email"]
        whole = text if "@" in text or not text else f"{text}@"
        return _address(whole, (ChannelKind.EMAIL,), _("Écrivez ici une adresse e-mail."))

    def clean_siret(self) -> str:
        """Fourteen digits, or nothing."""
        digits = re.sub(r"\D", "", self.cleaned_data["siret"])
        if digits and len(digits) != 14:
            raise forms.ValidationError(
                _("Un SIRET compte quatorze chiffres. Laissez vide si vous ne l’avez pas.")
            )
        return digits

    def clean_town(self) -> Commune | None:
        """The commune that was meant."""
        text = self.cleaned_data["town"]
        if not text:
            return None
        found, others = Commune.objects.from_text(text)
        if found is None:
            near = ", ".join(str(one) for one in others[:3])
            raise forms.ValidationError(
                _("Quelle commune ? Par exemple : %(near)s.") % {"near": near}
                if near
                else _(
                    "Nous ne connaissons pas cette commune. Vérifiez son nom ou son code postal."
                )
            )
        return found

    def fields_given(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        number, street = split_street("", given["address"])
        code = re.search(r"\b\d{5}\b", str(self.data.get("town", "")))
        addresses = [one for one in (given["phone"], given["email"]) if one]
        fields = {
            "name": given["name"],
            "addresses": addresses,
            "needs": [self.needs_known[key] for key in given.get("needs", [])],
            "number": number,
            "street": street,
            "entrance": given["entrance"],
            "postal_code": code[0] if code else "",
            "commune": given["town"],
            "neighbourhood": self.places.get(given["neighbourhood"]),
            "owner": self.team.get(given["owner"]),
        }
        if "stage" in self.fields:
            fields["stage"] = self.stages.get(given["stage"])
        same = ("activity", "organisation", "siret", "gender", "source", "source_note")
        return fields | {name: given[name] for name in same}


def initial_of(contact: Contact) -> dict[str, Any]:
    """The form as the file stands."""
    place = contact.person.neighbourhood
    outside = "hors" if contact.located_at else ""
    phone = contact.first_channel(*PHONES)
    return {
        "name": contact.person.name,
        "phone": phone.shown if phone else "",
        "email": contact.email.shown if contact.email else "",
        "needs": [str(one.pk) for one in contact.needs.all()],
        "stage": str(contact.stage_id or ""),
        "address": f"{contact.number} {contact.street}".strip(),
        "town": f"{contact.postal_code} {contact.commune.name if contact.commune else ''}".strip(),
        "neighbourhood": place.code if place else outside,
        "gender": contact.person.gender,
        "owner": str(contact.owner_id or ""),
        **{
            name: getattr(contact, name)
            for name in ("activity", "organisation", "siret", "entrance", "source", "source_note")
        },
    }


def team_of(space: Space, by: Person) -> dict[str, Person]:
    """Who may follow a contact: those who facilitate, and whoever asks."""
    team = {str(one.person_id): one.person for one in space.roll().at_least(Role.FACILITATOR)}
    return {str(by.pk): by, **team}


def places_near(space: Space) -> list[PriorityNeighbourhood]:
    """The priority neighbourhoods of the department, of the latest vintage."""
    places = PriorityNeighbourhood.objects.defer("geometry")
    near = list(places.filter(commune__department=space.department_code).order_by("name", "code"))
    return near or list(places.filter(commune=None).order_by("name", "code")[:50])


def _pairs(things: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, str(one)) for key, one in things.items()]


def _address(text: str, kinds: tuple[ChannelKind, ...], wrong: str) -> str:
    if not text:
        return ""
    kind, value = read_address(text)
    if kind not in kinds:
        raise forms.ValidationError(wrong)
    return value
