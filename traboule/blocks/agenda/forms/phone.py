"""Someone calls: who they are, and what they want to come to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import PHONES, read_address
from traboule.kernel.spaces.forms.people import AddPersonForm
from traboule.kernel.spaces.models import Role

from ..models import Event
from ..models.signup import MOST_EXTRA


class CallerForm(AddPersonForm):
    """Someone new: a name is enough; the rest is what they are willing to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        """Whoever calls comes as a member."""
        return (super().clean() or {}) | {"role": Role.MEMBER}


class ReadBackForm(forms.Form):
    """What the call-taker notes before reading everything back."""

    extra = forms.TypedChoiceField(
        label=_("Venez-vous avec d’autres personnes ?"),
        coerce=int,
        choices=[(0, _("Personne d’autre")), *((n, str(n)) for n in range(1, MOST_EXTRA + 1))],
        required=False,
        empty_value=0,  # type: ignore[arg-type]
        initial=0,
    )
    note = forms.CharField(
        label=_("Faut-il savoir quelque chose ?"),
        help_text=_("Par exemple : vient en fauteuil."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.CharField(
        label=_("À quel numéro vous rappeler si la date change ?"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, event: Event | None = None, is_reached: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if event is None or event.parent_id:
            del self.fields["extra"]
        if event is None:
            del self.fields["note"]
        if is_reached:
            del self.fields["number"]

    def clean_number(self) -> str:
        """A telephone number, of any kind."""
        text: str = self.cleaned_data["number"]
        if text and read_address(text)[0] not in PHONES:
            raise ValidationError(_("Écrivez ici un numéro de téléphone."))
        return text
