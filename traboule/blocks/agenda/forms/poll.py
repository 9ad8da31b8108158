"""Asking for dates, and answering."""

import datetime
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from ..actions.polls import MOST_DATES, Moment
from ..models import DatePoll, Kind, PollAnswer, PollDate, PollVote
from ..wording import day, from_to
from .event import DayField, HourField

LONG_ENOUGH = datetime.timedelta(hours=2)


class PollForm(forms.ModelForm):
    """What the meeting is about; the dates stand in their own lines."""

    kind = forms.ChoiceField(label=_("De quelle sorte ?"), choices=Kind, initial=Kind.MEETING)
    closes_on = DayField(label=_("Répondre avant le"), required=False)

    class Meta:
        model = DatePoll
        fields = ("title", "kind", "place_name", "description", "closes_on")
        labels = {
            "title": _("Pour quelle rencontre ?"),
            "place_name": _("Où ?"),
            "description": _("Que faut-il savoir ?"),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"title": {"required": _("Donnez un nom à cette rencontre.")}}


class ProposedDateForm(forms.Form):
    """One line: a day, from an hour to another."""

    day = DayField(label=_("Jour"), required=False)
    start = HourField(label=_("De"), required=False)
    end = HourField(label=_("à"), required=False)

    def clean(self) -> dict[str, Any]:
        """A day has an hour; without an end it lasts two hours."""
        given = super().clean() or {}
        if given.get("day") and not given.get("start"):
            self.add_error("start", _("À quelle heure ?"))
        if given.get("start") and not given.get("day"):
            self.add_error("day", _("Quel jour ?"))
        start, end = given.get("start"), given.get("end")
        if start and end and end <= start:
            self.add_error("end", _("La fin doit suivre le début."))
        return given

    @property
    def moment(self) -> Moment | None:
        """When it starts and ends; nothing for an empty line."""
        given = self.cleaned_data
        if not given.get("day"):
            return None
        start = make_aware(datetime.datetime.combine(given["day"], given["start"]))
        if not given.get("end"):
            return start, start + LONG_ENOUGH
        return start, make_aware(datetime.datetime.combine(given["day"], given["end"]))


ProposedDatesFormSet = formset_factory(
    ProposedDateForm, extra=4, max_num=MOST_DATES, absolute_max=MOST_DATES
)


class AnswerForm(forms.Form):
    """A name, and for each date yes, if need be, or no."""

    name = forms.CharField(
        label=_("Votre prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Écrivez au moins un prénom.")},
    )

    def __init__(self, *args: Any, dates: list[PollDate], given: PollAnswer | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.dates = dates
        before = dict(given.votes.values_list("date_id", "value")) if given else {}
        if given:
            self.initial["name"] = given.name
        for date in dates:
            self.fields[f"date_{date.pk}"] = forms.ChoiceField(
                label=f"{day(localtime(date.starts_at))}, {from_to(date.starts_at, date.ends_at)}",
                choices=PollVote.Value,
                initial=before.get(date.pk),
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Dites oui, si besoin ou non pour cette date."),
                },
            )

    @property
    def lines(self) -> list[forms.BoundField]:
        """One line a date."""
        return [self[f"date_{date.pk}"] for date in self.dates]

    @property
    def votes(self) -> dict[int, str]:
        """What was answered to each date."""
        return {date.pk: self.cleaned_data[f"date_{date.pk}"] for date in self.dates}
