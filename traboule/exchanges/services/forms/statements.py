"""What taxes do not give back: aids received to pay services."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext


class AidsForm(forms.Form):
    """Euros received, a field a year."""

    def __init__(
        self, *args: Any, years: Sequence[int], aids: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for year in years:
            self.fields[str(year)] = forms.DecimalField(
                label=gettext("En %(year)s, en euros") % {"year": year}, min_value=0,
                max_value=100_000, max_digits=8, decimal_places=2, localize=True, required=False,
                initial=Decimal(aids.get(str(year), 0)) or None,
            )  # fmt: skip

    def given(self) -> dict[int, Decimal]:
        """Euros by year; nothing written is nothing received."""
        return {int(year): euros or Decimal(0) for year, euros in self.cleaned_data.items()}
