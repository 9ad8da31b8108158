"""What one sends to visit a home."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions.visits import MOST_HOURS

FORMAT = "%Y-%m-%dT%H:%M"


class HoursForm(forms.Form):
    """Up to three hours at which others may come."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        labels = (_("Une heure"), _("Une autre, si vous pouvez"), _("Une autre encore"))
        for rank in range(MOST_HOURS):
            self.fields[f"hour_{rank + 1}"] = forms.DateTimeField(
                label=labels[rank],
                required=rank == 0,
                input_formats=[FORMAT],
                widget=forms.DateTimeInput(format=FORMAT, attrs={"type": "datetime-local"}),
                error_messages={
                    "required": _("Proposez au moins une heure."),
                    "invalid": _("Écrivez le jour et l’heure, comme 05/12/2026 18:00."),
                },
            )

    def clean(self) -> dict[str, object]:
        """Nobody comes in the past."""
        for name in self.fields:
            hour = self.cleaned_data.get(name)
            if hour and hour < timezone.now():
                self.add_error(name, _("Cette heure est passée."))
        return self.cleaned_data

    @property
    def hours(self) -> list[datetime.datetime]:
        """Those that were given."""
        return [hour for hour in self.cleaned_data.values() if hour]
