"""Adding people to a space, and what becomes of them there."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import PHONES, ChannelKind, read_address
from traboule.kernel.people.models import Channel, Person

from ..actions import LEAVING
from ..likeness import people_like
from ..models import Role, Space
from ..rules import can_give_role

SOMEONE_ELSE = "new"


class AddPersonForm(forms.Form):
    """A name is enough; each way to reach the person is welcome, none is required."""

    name = forms.CharField(
        label=_("Son nom"),
        help_text=_("Un prénom suffit, ou le nom que la personne donne."),
        max_length=120,
        error_messages={"required": _("Écrivez au moins un prénom.")},
    )
    phone = forms.CharField(
        label=_("Son téléphone"),
        help_text=_("Mobile ou fixe, par exemple 06 12 34 56 78"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("Son adresse e-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    post = forms.CharField(
        label=_("Son adresse postale"),
        help_text=_("Pour lui écrire sur papier."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    relay = forms.ChoiceField(
        label=_("Sa personne relais"),
        help_text=_("Quelqu’un d’ici qui lui transmet les messages."),
        required=False,
    )
    role = forms.ChoiceField(label=_("Son rôle ici"))

    def __init__(self, *args: Any, space: Space, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space, self.by = space, by
        self.fields["role"].choices = role_choices(space, by)  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.MEMBER
        self.fields["relay"].choices = [  # type: ignore[attr-defined]
            ("", _("Personne")),
            *((str(one.person_id), one.person.name) for one in space.roll()),
        ]
        if "same" in self.data:
            self._ask_whether_known(people_like(space, by=by, **self._typed()))

    def clean_phone(self) -> str:
        """The number in full."""
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        kind, value = read_address(text)
        if kind not in PHONES:
            raise forms.ValidationError(_("Écrivez ici un numéro de téléphone."))
        return value

    def clean_email(self) -> str:
        """The address in lower case."""
        text = self.cleaned_data["email"]
        if not text:
            return ""
        kind, value = read_address(text if "@" in text else f"{text}@")
        return value if kind == ChannelKind.EMAIL else ""

    @cached_property
    def lookalikes(self) -> list[Person]:
        """Those who may be this person, until it is said who they are."""
        return [] if self.cleaned_data.get("same") else people_like(
            self.space, by=self.by, **self._typed()
        )  # fmt: skip

    def ask_whether_known(self) -> None:
        """Add the question whether it is the same person."""
        self._ask_whether_known(self.lookalikes)

    def fields_given(self) -> dict[str, Any]:
        """What ``actions.add_person`` takes."""
        same = self.cleaned_data.get("same", "")
        if same.isdigit():
            return {"person": Person.objects.get(pk=same), "role": self.cleaned_data["role"]}
        return {
            "name": self.cleaned_data["name"],
            "channels": list(self._channels()),
            "role": self.cleaned_data["role"],
        }

    def _typed(self) -> dict[str, str]:
        return {name: str(self.data.get(name, "")) for name in ("name", "phone", "email")}

    def _ask_whether_known(self, people: Iterable[Person]) -> None:
        self.fields["same"] = forms.ChoiceField(
            label=_("Est-ce la même personne ?"),
            choices=[
                *((str(one.pk), _("Oui, c’est %(name)s") % {"name": one.name}) for one in people),
                (SOMEONE_ELSE, _("Non, c’est une autre personne")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": _("Dites si c’est la même personne.")},
        )

    def _channels(self) -> Iterable[str | Channel]:
        given = self.cleaned_data
        yield from filter(None, (given["phone"], given["email"]))
        if given["post"]:
            yield Channel(kind=ChannelKind.POST, value=given["post"].strip())
        if given["relay"]:
            yield Channel(kind=ChannelKind.RELAY, relay_id=int(given["relay"]))


class RoleForm(forms.Form):
    """Another role for someone."""

    role = forms.ChoiceField(label=_("Son rôle ici"))

    def __init__(self, *args: Any, space: Space, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(space, by)  # type: ignore[attr-defined]


class LeavingForm(forms.Form):
    """Why someone does not take part any more."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=list(LEAVING.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison.")},
    )


def role_choices(space: Space, by: Person) -> list[tuple[str, str]]:
    """The roles that someone may give there, in the space's words; a code alone makes guests."""
    given = [role for role in Role if role != Role.GUEST and can_give_role(by, space, role)]
    return [(role.value, space.role_name(role)) for role in given]
