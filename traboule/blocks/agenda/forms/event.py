"""A date of the agenda as those who facilitate type it."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from ..actions.events import MOST_SLOTS, SHORTEST_SLOT
from ..models import Event, Kind

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y")


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or typed as 12/01/2027."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=DATE_FORMATS, **kwargs)
        self.error_messages |= {
            "required": _("Choisissez un jour."),
            "invalid": _("Écrivez un jour comme 12/01/2027."),
        }


class HourField(forms.TimeField):
    """An hour of the day, as the browser gives it or as people write it: 18 h 30, 18h, 18:30."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(input_formats=("%H:%M", "%H:%M:%S"), **kwargs)
        self.error_messages |= {
            "required": _("Choisissez une heure."),
            "invalid": _("Écrivez une heure comme 18 h 30."),
        }

    def to_python(self, value: Any) -> datetime.time | None:
        """« 18 h » is an hour too."""
        if isinstance(value, str) and (found := re.fullmatch(r"\s*(\d{1,2})\s*h\s*(\d{2})?\s*",
                                                             value, re.IGNORECASE)):  # fmt: skip
            value = f"{found[1]}:{found[2] or '00'}"
        return super().to_python(value)


class BaseEventForm(forms.Form):
    """What every date says: what, when, where, for whom."""

    title = forms.CharField(
        label=_("Comment s’appelle ce rendez-vous ?"),
        help_text=_("Par exemple : Créer son site"),
        max_length=120,
        error_messages={"required": _("Donnez un nom à ce rendez-vous.")},
    )
    kind = forms.ChoiceField(label=_("De quelle sorte ?"), choices=Kind, initial=Kind.WORKSHOP)
    date = DayField(label=_("Quel jour ?"))
    start = HourField(label=_("De quelle heure…"))
    end = HourField(label=_("… à quelle heure ?"))
    place_name = forms.CharField(
        label=_("Où ?"),
        help_text=_("Le nom du lieu, et la salle s’il le faut."),
        max_length=200,
        required=False,
    )
    address = forms.CharField(
        label=_("À quelle adresse ?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("Que faut-il savoir ?"),
        help_text=_("Ce que l’on fera, ce qu’il faut apporter."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    capacity = forms.IntegerField(
        label=_("Combien de places ?"),
        help_text=_("Laissez vide si l’on ne compte pas. Au-delà, une liste d’attente s’ouvre."),
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    is_public = forms.ChoiceField(
        label=_("Qui peut le voir ?"),
        choices=[("yes", _("Tout le monde")), ("no", _("Seulement les membres de l’espace"))],
        initial="yes",
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """The end follows the start, the same day."""
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and end and end <= start:
            self.add_error("end", _("La fin doit suivre le début."))
        return given

    def common_fields(self) -> dict[str, Any]:
        """What the form says of the event, its hours apart."""
        given = self.cleaned_data
        names = ("title", "kind", "place_name", "address", "description")
        return {name: given[name] for name in names} | {"is_public": given["is_public"] == "yes"}

    def hours(self) -> dict[str, datetime.datetime]:
        """When it starts and ends."""
        return {
            "starts_at": self._at(self.cleaned_data["start"]),
            "ends_at": self._at(self.cleaned_data["end"]),
        }

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        span = self.hours()["ends_at"] - self.hours()["starts_at"]
        return int(span.total_seconds() // 60)

    def _at(self, hour: datetime.time) -> datetime.datetime:
        return make_aware(datetime.datetime.combine(self.cleaned_data["date"], hour))


class PlanForm(BaseEventForm):
    """A date to come, or the first of several: also how one comes."""

    way = forms.ChoiceField(
        label=_("Comment y vient-on ?"),
        choices=[
            ("signup", _("En s’inscrivant")),
            ("slots", _("En prenant un rendez-vous individuel")),
            ("free", _("Sans s’inscrire : l’entrée est libre")),
        ],
        initial="signup",
        widget=forms.RadioSelect,
    )
    slot_minutes = forms.IntegerField(
        label=_("Combien de minutes dure un rendez-vous individuel ?"),
        help_text=_("La durée entière est découpée en rendez-vous, un pour chaque personne."),
        required=False,
        min_value=SHORTEST_SLOT,
        max_value=240,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean_date(self) -> datetime.date:
        """A day to come."""
        day: datetime.date = self.cleaned_data["date"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Ce jour est passé."))
        return day

    def clean(self) -> dict[str, Any]:
        """Appointments have a length that fits."""
        given = super().clean()
        if given.get("way") == "slots" and not self.errors:
            if not given.get("slot_minutes"):
                self.add_error("slot_minutes", _("Dites combien de minutes dure un rendez-vous."))
            elif not 1 <= self.minutes // given["slot_minutes"] <= MOST_SLOTS:
                self.add_error("slot_minutes", _("Cette durée ne se découpe pas ainsi."))
        return given

    def event_fields(self) -> dict[str, Any]:
        """What ``actions.events`` takes, the hours apart."""
        given = self.cleaned_data
        way = given["way"]
        return self.common_fields() | {
            "takes_signups": way != "free",
            "capacity": given["capacity"] if way == "signup" else None,
            "slot_minutes": given["slot_minutes"] if way == "slots" else None,
        }


class ChangeForm(BaseEventForm):
    """Another hour, another place, other words for a date that exists."""

    reason = forms.CharField(
        label=_("Pourquoi ce changement ?"),
        help_text=_("En une phrase : les personnes concernées la liront."),
        max_length=300,
        required=False,
    )
    scope = forms.ChoiceField(
        label=_("Que changez-vous ?"),
        choices=[
            ("one", _("Cette séance seulement")),
            ("onward", _("Cette séance et les suivantes")),
        ],
        initial="one",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(event))
        super().__init__(*args, **kwargs)
        self.event = event
        if event.series_id is None:
            del self.fields["scope"]
        if event.is_slotted or not event.takes_signups:
            del self.fields["capacity"]

    @property
    def is_onward(self) -> bool:
        """Whether the sessions that follow change as well."""
        return self.cleaned_data.get("scope") == "onward"

    @property
    def moves(self) -> bool:
        """Whether the hour or the place becomes another, so that people are told."""
        after = self.hours() | self.common_fields()
        names = ("starts_at", "ends_at", "place_name", "address")
        return any(after[name] != getattr(self.event, name) for name in names)

    @property
    def new_capacity(self) -> int | None:
        """The number of seats asked for."""
        return self.cleaned_data.get("capacity", self.event.capacity)

    def changes(self) -> dict[str, Any]:
        """What ``actions.events.change_event`` takes; seats are changed apart."""
        return self.common_fields() | self.hours() | {"reason": self.cleaned_data["reason"]}


class CallOffForm(forms.Form):
    """Why a date is called off."""

    reason = forms.CharField(
        label=_("Pourquoi est-ce annulé ?"),
        help_text=_("En une phrase : les personnes concernées la liront."),
        max_length=300,
        error_messages={"required": _("Dites pourquoi : une phrase suffit.")},
    )


def _initial(event: Event) -> dict[str, Any]:
    start, end = localtime(event.starts_at), localtime(event.ends_at)
    names = ("title", "kind", "place_name", "address", "description", "capacity")
    return {name: getattr(event, name) for name in names} | {
        "date": start.date(),
        "start": start.time(),
        "end": end.time(),
        "is_public": "yes" if event.is_public else "no",
    }
