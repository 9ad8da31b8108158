"""Asking for dates, and answering."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils import timezone
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.ui.guard import Guarded

from ..actions.polls import MOST_DATES, Moment
from ..models import DatePoll, Kind, PollAnswer, PollDate, PollVote
from ..wording import day, from_to
from .event import DayField, HourField

LONG_ENOUGH = datetime.timedelta(hours=2)
FAR_ENOUGH = datetime.timedelta(days=2 * 365)
MORE_LINES = 4


class PollForm(forms.ModelForm):
    """What the meeting is about; the dates stand in their own lines."""

    kind = forms.ChoiceField(label=_("De quelle sorte ?"), choices=Kind, initial=Kind.MEETING)
    closes_on = DayField(
        label=_("Jusqu’à quel jour peut-on répondre ?"),
        help_text=_("Ce jour compris. Ensuite, vous pourrez encore noter des réponses."),
        required=False,
    )

    class Meta:
        model = DatePoll
        fields = ("title", "kind", "place_name", "description", "closes_on")
        labels = {
            "title": _("Pour quelle rencontre ?"),
            "place_name": _("Où ?"),
            "description": _("Que faut-il savoir ?"),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"title": {"required": _("Donnez un nom à cette rencontre.")}}

    def clean_closes_on(self) -> datetime.date | None:
        """A day on which one can still answer."""
        last = self.cleaned_data["closes_on"]
        if last and last < timezone.localdate():
            raise ValidationError(_("Ce jour est passé : choisissez un jour à venir."))
        return last


class ProposedDateForm(forms.Form):
    """One line: a day, from an hour to another."""

    day = DayField(label=_("Jour"), required=False)
    start = HourField(label=_("De"), required=False)
    end = HourField(label=_("à"), required=False)

    def clean_day(self) -> datetime.date | None:
        """A day to come, that people can imagine."""
        given, today = self.cleaned_data["day"], timezone.localdate()
        if given and given < today:
            raise ValidationError(_("Ce jour est passé : choisissez un jour à venir."))
        if given and given > today + FAR_ENOUGH:
            raise ValidationError(_("C’est dans plus de deux ans : vérifiez l’année."))
        return given

    def clean(self) -> dict[str, Any]:
        """A day has an hour; without an end it lasts two hours."""
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if given.get("day") and not start and "start" not in self.errors:
            self.add_error("start", _("À quelle heure ?"))
        if (start or end) and not given.get("day") and "day" not in self.errors:
            self.add_error("day", _("Quel jour ?"))
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
    ProposedDateForm, extra=MORE_LINES, max_num=MOST_DATES, absolute_max=MOST_DATES
)


def typed_lines(data: dict[str, str]) -> list[dict[str, str]]:
    """The lines of dates as they were typed, to show them again with more lines below."""
    count = data.get("dates-TOTAL_FORMS", "")
    number = int(count) if count.isdecimal() and len(count) < 3 else 0
    names = ("day", "start", "end")
    return [
        {name: data.get(f"dates-{rank}-{name}", "") for name in names}
        for rank in range(min(number, MOST_DATES))
    ]


class AnswerForm(forms.Form):
    """A name, and for each date yes, if need be, or no."""

    name = forms.CharField(
        label=_("Votre prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Écrivez au moins un prénom.")},
    )

    def __init__(
        self,
        *args: Any,
        dates: Iterable[PollDate],
        given: PollAnswer | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dates = list(dates)
        before = dict(given.votes.values_list("date_id", "value")) if given else {}
        if given:
            self.initial["name"] = given.name
        for date in self.dates:
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


class StrangerAnswerForm(Guarded, AnswerForm):
    """The same, for whoever has the address."""

    most_links = 0


class TypedAnswerForm(AnswerForm):
    """The same, typed by the team for somebody; their own name is no help to the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Prénom de la personne")
        self.fields["name"].widget = forms.TextInput(
            attrs={"autocomplete": "off", "list": "people-here"}
        )


class CorrectAnswerForm(TypedAnswerForm):
    """What someone answered, and whether they are one of the space's people."""

    person = forms.ChoiceField(
        label=_("Qui est-ce ?"),
        help_text=_("Pour lui dire la date choisie."),
        required=False,
    )

    def __init__(self, *args: Any, space: Space, given: PollAnswer, **kwargs: Any) -> None:
        super().__init__(*args, given=given, **kwargs)
        self.people = {str(one.person_id): one.person for one in space.roll()}
        if given.person:
            self.people[str(given.person_id)] = given.person
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Quelqu’un que l’espace ne connaît pas")),
            *((key, one.name) for key, one in self.people.items()),
        ]
        self.initial["person"] = str(given.person_id or "")

    @property
    def who(self) -> Person | None:
        """The one of the space's people whose answer it is, if that was said."""
        return self.people.get(self.cleaned_data["person"])


class ChooseDateForm(forms.Form):
    """Who may see the date that was chosen."""

    members_only = forms.BooleanField(
        label=_("Ne montrer cette date qu’aux membres de l’espace"), required=False
    )
