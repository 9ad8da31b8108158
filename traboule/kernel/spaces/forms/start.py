"""What one says to start an initiative: where, who, when, and in which words."""

import datetime
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from traboule.kernel.initiatives.forms import PlaceForm
from traboule.kernel.initiatives.vocabulary import HolderKind
from traboule.kernel.people.models import Organisation, Person, validate_siret

from ..models import Role
from ..recipe import Recipe
from ..starting import NewHolder

NEW = "new"
LATEST = datetime.timedelta(days=2 * 365)


def next_monday(today: datetime.date) -> datetime.date:
    """The first Monday after today."""
    return today + datetime.timedelta(days=7 - today.weekday())


class StartForm(PlaceForm):
    """Where, who, when; what the recipe calls the roles can be changed."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Son nom ici"),
        help_text=_("Celui que les gens du quartier verront. Vous pourrez le changer."),
        min_length=3,
        max_length=120,
        error_messages={"required": _("Donnez-lui un nom, même provisoire.")},
    )
    holder = forms.ChoiceField(
        label=_("Qui la porte ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui porte l’initiative.")},
    )
    holder_name = forms.CharField(
        label=_("Le nom de l’association, du groupe ou du service"),
        help_text=_("Exemple : Centre social du Biollay, ou Les voisins du 14"),
        max_length=300,
        error_messages={"required": _("Dites qui porte l’initiative, même un groupe sans statut.")},
    )
    holder_kind = forms.ChoiceField(
        label=_("C’est…"),
        choices=HolderKind.choices,
        initial=HolderKind.GROUP,
        error_messages={"required": _("Choisissez ce qui s’en approche le plus.")},
    )
    holder_siret = forms.CharField(
        label=_("Son SIRET"),
        help_text=_("Quatorze chiffres, si vous l’avez sous la main."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    starts_on = forms.DateField(
        label=_("Quel jour commence-t-on ?"),
        help_text=_("Les premières dates se calculent à partir de ce jour. Rien n’est définitif."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choisissez un jour, même approximatif."),
            "invalid": _("Écrivez une date, par exemple 05/10/2026."),
        },
    )
    ends_on = forms.DateField(
        label=_("Et le dernier jour ?"),
        help_text=_("Laissez vide si vous ne le savez pas encore."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date, par exemple 05/10/2026.")},
    )
    address = None  # type: ignore[assignment]
    """The name of the place is enough to begin."""

    def __init__(self, data: Mapping[str, Any] | None, *, recipe: Recipe, person: Person) -> None:
        self.recipe, self.person = recipe, person
        monday = next_monday(timezone.localdate())
        answers = {"title": recipe.title, "form_key": uuid.uuid4(), "starts_on": monday}
        super().__init__(data, answers=answers)
        self._ask_for_the_holder()
        for role in Role:
            self.fields[_field_of(role)] = forms.CharField(
                label=role.label,
                initial=recipe.roles.get(role, role.label),
                required=False,
                max_length=120,
            )

    def _ask_for_the_holder(self) -> None:
        """Among their organisations; straight for its name when they have none."""
        field: Any = self.fields["holder"]
        field.choices = [
            *((str(pk), one.name) for pk, one in self.organisations.items()),
            (NEW, _("Une autre organisation, ou un groupe d’habitants")),
        ]
        if self.organisations:
            field.initial = field.choices[0][0]
            if self.data.get("holder") in dict(field.choices[:-1]):
                self.fields["holder_name"].required = False
                self.fields["holder_kind"].required = False
        else:
            field.required, field.initial, field.widget = False, NEW, forms.HiddenInput()

    @cached_property
    def organisations(self) -> dict[int, Organisation]:
        """Those to which the person belongs."""
        return Organisation.objects.filter(members=self.person).order_by("name", "pk").in_bulk()

    def clean_holder_siret(self) -> str:
        """Fourteen digits, however they are spaced."""
        siret = re.sub(r"[\s.]", "", self.cleaned_data["holder_siret"])
        if siret:
            validate_siret(siret)
        return siret

    def clean_starts_on(self) -> datetime.date:
        """A day to come, that one can see from here."""
        day: datetime.date = self.cleaned_data["starts_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("Ce jour est passé : choisissez aujourd’hui ou après."))
        if day > today + LATEST:
            raise forms.ValidationError(_("C’est dans plus de deux ans : vérifiez l’année."))
        return day

    def clean(self) -> None:
        """A known commune, and an end after the start."""
        super().clean()
        data = self.cleaned_data
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Le dernier jour vient avant le premier : vérifiez."))

    def roles(self) -> list[BoundField]:
        """The fields of the names of the roles."""
        return [self[_field_of(role)] for role in Role]

    def suggestions(self) -> BoundField | None:
        """The communes that the typed one may be, when there are some to choose from."""
        widget: Any = self.fields["commune_code"].widget
        return self["commune_code"] if widget.choices else None

    def role_names(self) -> dict[Role, str]:
        """What the roles are called here; those that keep their usual name are left out."""
        said = {role: self.cleaned_data[_field_of(role)] for role in Role}
        return {role: name for role, name in said.items() if name and name != role.label}

    def holder_chosen(self) -> Organisation | NewHolder:
        """One of theirs, or the one that was named."""
        data = self.cleaned_data
        if data["holder"] not in {NEW, ""}:
            return self.organisations[int(data["holder"])]
        return NewHolder(
            name=data["holder_name"],
            kind=data["holder_kind"],
            siret=data["holder_siret"],
        )

    def to_start(self) -> dict[str, Any]:
        """What ``starting.start`` wants to know."""
        data = self.cleaned_data
        kept = ("title", "place_name", "starts_on", "ends_on")
        return {
            **{name: data[name] for name in kept},
            "key": data["form_key"],
            "commune": self.found,
            "holder": self.holder_chosen(),
            "role_names": self.role_names(),
        }


def _field_of(role: Role) -> str:
    return f"role_{role.value}"
