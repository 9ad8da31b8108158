"""What the weather does to a date."""

import datetime
from typing import Any

from django import forms
from django.utils.timezone import make_aware, make_naive
from django.utils.translation import gettext_lazy as _

from ..models import Event
from ..wording import day

WEATHER = {
    "rain": _("Pluie"),
    "frost": _("Gel"),
    "heat": _("Forte chaleur"),
    "wind": _("Vent violent"),
    "snow": _("Neige"),
}
REASONS = {
    "rain": _("Il pleut trop."),
    "frost": _("Il gèle."),
    "heat": _("Il fait trop chaud."),
    "wind": _("Le vent est trop fort."),
    "snow": _("Il neige."),
}
LATER = (1, 2, 7)
"""After how many days one usually tries again."""


class WeatherForm(forms.Form):
    """Which weather, and when instead: soon, or not at all."""

    weather = forms.ChoiceField(
        label=_("Quel temps ?"), choices=list(WEATHER.items()), widget=forms.RadioSelect
    )
    instead = forms.ChoiceField(label=_("Et à la place ?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["instead"].choices = [  # type: ignore[attr-defined]
            *((str(days), _("%(day)s, à la même heure") % {"day": day(self._at(days))})
              for days in LATER),
            ("none", _("Cette date est annulée")),
        ]  # fmt: skip

    def _at(self, days: int) -> datetime.datetime:
        """The same hour on the wall, so many days later."""
        return make_aware(make_naive(self.event.starts_at) + datetime.timedelta(days=days))

    @property
    def reason(self) -> str:
        """What those concerned read."""
        return str(REASONS[self.cleaned_data["weather"]])

    @property
    def new_dates(self) -> dict[str, datetime.datetime]:
        """When it starts and ends instead; nothing when it is called off."""
        chosen = self.cleaned_data["instead"]
        if chosen == "none":
            return {}
        start = self._at(int(chosen))
        return {"starts_at": start, "ends_at": start + (self.event.ends_at - self.event.starts_at)}
