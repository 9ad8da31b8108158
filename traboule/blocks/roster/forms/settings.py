"""Colleges, parity, functions, quotas."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Gender
from traboule.kernel.spaces.models import Space

from ..models import AgeBand, College, Parity, Priority, Quota, Roster

MOST_SEATS = 500
MOST_FUNCTIONS = 20


class RosterForm(forms.Form):
    """Who may read the composition, parity, and what functions are called."""

    is_public = forms.TypedChoiceField(
        label=_("Qui peut lire la composition ?"),
        choices=[
            ("no", _("Les personnes de l’espace")),
            ("yes", _("Tout le monde : prénoms et noms, fonctions et collèges, jamais de "
                      "téléphone ni d’adresse")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    parity = forms.ChoiceField(label=_("Parité"), choices=Parity, widget=forms.RadioSelect)
    functions = forms.CharField(
        label=_("Fonctions du bureau"),
        help_text=_("Une par ligne, dans l’ordre où les lire."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez au moins une fonction.")},
    )

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "is_public": "yes" if roster.is_public else "no",
            "parity": roster.parity,
            "functions": "\n".join(roster.functions),
        }
        super().__init__(*args, **kwargs)

    def clean_functions(self) -> list[str]:
        """One name a line, each once."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["functions"].splitlines())
        names = list(dict.fromkeys(filter(None, lines)))
        if any(len(name) > 80 for name in names) or len(names) > MOST_FUNCTIONS:
            raise ValidationError(_("Vingt fonctions au plus, de 80 signes chacune."))
        return names


class CollegeForm(forms.Form):
    """A college: its name and its seats."""

    name = forms.CharField(
        label=_("Nom du collège"),
        help_text=_("Par exemple : Habitants, ou Associations et acteurs locaux."),
        max_length=80,
        error_messages={"required": _("Écrivez le nom du collège.")},
    )
    seats = forms.IntegerField(
        label=_("Nombre de places"),
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={"required": _("Écrivez le nombre de places.")},
    )


class QuotaForm(forms.Form):
    """Of whom, where, and how many."""

    gender = forms.ChoiceField(label=_("Genre"), required=False)
    age = forms.ChoiceField(label=_("Âge"), required=False)
    priority = forms.ChoiceField(label=_("Quartier"), required=False)
    college = forms.ModelChoiceField(
        label=_("Dans quel collège ?"),
        queryset=College.objects.none(),
        required=False,
        empty_label=_("Dans l’ensemble"),
    )
    least = forms.IntegerField(
        label=_("Au moins"), min_value=0, max_value=MOST_SEATS, required=False
    )
    most = forms.IntegerField(label=_("Au plus"), min_value=0, max_value=MOST_SEATS, required=False)

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space
        any_one = [("", _("Peu importe"))]
        self.fields["gender"].choices = any_one + Gender.choices  # type: ignore[attr-defined]
        self.fields["age"].choices = any_one + AgeBand.choices  # type: ignore[attr-defined]
        self.fields["priority"].choices = any_one + Priority.choices  # type: ignore[attr-defined]
        self.fields["college"].queryset = space.colleges.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the database would refuse is told here, in its words."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.quota = Quota(space=self.space, **data)
            self.quota.validate_constraints()
        return data
