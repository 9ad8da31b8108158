"""Settings of a space, and which results it follows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import blocks
from ..models import Joining, Role, Space


class SettingsForm(forms.Form):
    """What the roles are called, how one comes in, and until when."""

    joining = forms.ChoiceField(
        label=_("Comment prend-on part ?"), choices=Joining, widget=forms.RadioSelect
    )
    ends_on = forms.DateField(
        label=_("Dernier jour"),
        help_text=_("À laisser vide si l’initiative continue."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, space: Space) -> None:
        names = {f"role_{role}": space.role_names.get(role, "") for role in Role}
        initial = {"joining": space.joining, "ends_on": space.ends_on, **names}
        super().__init__(data, initial=initial)
        self.space = space
        for role in Role:
            self.fields[f"role_{role}"] = forms.CharField(
                label=_("« %(role)s » s’appelle ici") % {"role": role.label},
                required=False,
                max_length=120,
            )

    def clean_ends_on(self) -> Any:
        """A last day that follows the first."""
        day = self.cleaned_data["ends_on"]
        if day and day < self.space.starts_on:
            raise forms.ValidationError(_("La fin doit suivre le début."))
        return day

    @property
    def role_fields(self) -> list[forms.BoundField]:
        """The names of the roles, from least to most."""
        return [self[f"role_{role}"] for role in Role]

    @property
    def role_names(self) -> dict[str, str]:
        """What each role is called, where it was said."""
        return {role.value: self.cleaned_data[f"role_{role}"] for role in Role}


class IndicatorsForm(forms.Form):
    """Which results the space follows."""

    keys = forms.MultipleChoiceField(
        label=_("Les résultats que cet espace suit"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, space: Space) -> None:
        super().__init__(data, initial={"keys": space.indicator_keys})
        self.fields["keys"].choices = [  # type: ignore[attr-defined]
            (one.key, one.name) for block in space.open_blocks for one in block.indicators
        ]


def unused_blocks(space: Space) -> list[blocks.Block]:
    """The blocks that the space could use and does not."""
    in_use = {block.key for block in space.open_blocks}
    return [block for key, block in blocks.known.items() if key not in in_use]
