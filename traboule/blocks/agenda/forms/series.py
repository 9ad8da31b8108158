"""Dates that come back, as those who facilitate type them."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.engines.calendar import Rule
from traboule.kernel.spaces.models import Space

from ..models import Event
from ..planning import Plan, plan
from ..wording import hours
from .event import DayField, PlanForm


class SeriesForm(PlanForm):
    """The first date, how it comes back, and which days off are skipped."""

    rhythm = forms.ChoiceField(
        label=_("Comment cela revient-il ?"),
        choices=[
            ("1", _("Chaque semaine")),
            ("2", _("Une semaine sur deux")),
            ("3", _("Une semaine sur trois")),
            ("4", _("Une semaine sur quatre")),
            ("nth", _("Chaque mois, le même jour, par exemple le 3e jeudi")),
            ("last", _("Chaque mois, la dernière fois que ce jour revient")),
        ],
        initial="1",
    )
    count = forms.IntegerField(
        label=_("Combien de fois ?"),
        required=False,
        min_value=2,
        max_value=60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    until = DayField(label=_("… ou jusqu’à quel jour ?"), required=False)
    skip_public = forms.BooleanField(
        label=_("Sauter les jours fériés"), required=False, initial=True
    )
    skip_school = forms.BooleanField(label=_("Sauter les vacances scolaires"), required=False)
    is_whole = forms.BooleanField(
        label=_("On s’inscrit à toutes les séances ensemble"),
        help_text=_("Pour un parcours que l’on suit du début à la fin."),
        required=False,
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space
        self.fields["date"].label = _("Quel jour, la première fois ?")
        self.plan: Plan | None = None

    def clean(self) -> dict[str, Any]:
        """The rule makes sense, and gives dates."""
        given = super().clean()
        if given.get("way") == "slots" and given.get("is_whole"):
            self.add_error(
                "is_whole", _("Des rendez-vous individuels se prennent un par un : décochez.")
            )
        if not self.errors:
            self._make_plan(given)
        return given

    def _make_plan(self, given: dict[str, Any]) -> None:
        try:
            self.plan = plan(
                self.rule(),
                self.space.department_code,
                public=given["skip_public"],
                school=given["skip_school"],
            )
        except ValueError as error:
            self.add_error("count", str(error))
            return
        if not self.plan.dates:
            self.add_error("until", _("Aucune date ne reste : tout tombe sur des jours sautés."))

    def rule(self) -> Rule:
        """The dates as the calendar knows them. Raises ValueError."""
        given = self.cleaned_data
        first: datetime.date = given["date"]
        rhythm = given["rhythm"]
        by_month = {"nth": (first.day - 1) // 7 + 1, "last": -1}
        return Rule(
            frequency="monthly" if rhythm in by_month else "weekly",
            start=first,
            count=given["count"],
            until=given["until"],
            interval=1 if rhythm in by_month else int(rhythm),
            weekdays=(first.weekday(),),
            nth=by_month.get(rhythm, 0),
        )

    @property
    def was_shown(self) -> bool:
        """Whether these very dates were read before being made."""
        return self.plan is not None and self.cleaned_data["shown"] == self.plan.signature

    @property
    def hours_in_words(self) -> str:
        """« de 18 h à 20 h », for the page that shows the dates."""
        return hours(Event(**self.hours()))

    def data_to_show(self) -> dict[str, Any]:
        """What was typed, with the dates now shown noted in it."""
        assert self.plan  # noqa: S101 (asked of a valid form only)
        return dict(self.data.items()) | {"shown": self.plan.signature}

    def series_fields(self) -> dict[str, Any]:
        """What ``actions.events.create_series`` takes."""
        given = self.cleaned_data
        return self.event_fields() | {
            "skip_public": given["skip_public"],
            "skip_school": given["skip_school"],
            "is_whole": given["is_whole"] and given["way"] == "signup",
            "rule": self.rule(),
            "at": given["start"],
            "minutes": self.minutes,
        }  # fmt: skip
