"""Which hall a list is printed for."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Space

from ..models import Listing, WishPlace


class HallForm(forms.Form):
    """The commune of the hall: one where somebody would live."""

    commune = forms.ModelChoiceField(
        queryset=Commune.objects.none(),
        label=_("Commune du hall"),
        empty_label=None,
        error_messages={"invalid_choice": _("Personne ne cherche dans cette commune.")},
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = Listing.objects.filter(space=space).published()
        wished = WishPlace.objects.filter(commune=OuterRef("pk"), wish__listing__in=shown)
        field = self.fields["commune"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = Commune.objects.filter(Exists(wished)).order_by("name", "pk")
