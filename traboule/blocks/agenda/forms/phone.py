"""Someone calls: who they are, and what they want to come to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.forms.people import AddPersonForm
from traboule.kernel.spaces.models import Role

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
        label=_("Combien d’autres personnes avec elle ?"),
        coerce=int,
        choices=[(0, _("Personne d’autre")), *((n, str(n)) for n in range(1, MOST_EXTRA + 1))],
        required=False,
        empty_value=0,
        initial=0,
    )
    note = forms.CharField(label=_("À savoir"), max_length=200, required=False)
