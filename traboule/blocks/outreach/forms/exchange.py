"""What was exchanged, and what is done next."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.blocks.agenda.forms.event import DayField
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from ..models import ActionKind, ExchangeKind, Outcome
from ..models.exchange import LETTER_OF
from .contact import team_of
from .notes import NoteForm

PLANNED = [kind for kind in ActionKind if kind != ActionKind.LOST_TOUCH]


class OutcomeForm(NoteForm):
    """What a call or a visit gave: one tap, and a note if need be."""

    kind = forms.ChoiceField(choices=[
        (kind.value, kind.label) for kind in (ExchangeKind.CALL, ExchangeKind.VISIT)
    ], widget=forms.HiddenInput)  # fmt: skip
    outcome = forms.ChoiceField(
        label=gettext_lazy("Qu’est-ce que cela a donné ?"),
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Dites ce que cela a donné.")},
    )
    back_on = DayField(label=gettext_lazy("À rappeler le"), required=False)
    is_advice = forms.BooleanField(label=gettext_lazy("Un conseil a été donné"), required=False)
    action = forms.IntegerField(widget=forms.HiddenInput, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("kind", "outcome", "note", "back_on", "is_advice", "action", "client_id")
        return {name: self.cleaned_data[name] for name in names}


class ExchangeForm(NoteForm):
    """Any exchange, noted after it took place."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Par quel moyen ?"), choices=ExchangeKind, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Qu’est-ce que cela a donné ?"),
        choices=[("", gettext_lazy("Sans objet")), *Outcome.choices],
        required=False,
    )
    day = DayField(label=gettext_lazy("Quel jour ?"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Combien de minutes ?"),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    is_advice = forms.BooleanField(label=gettext_lazy("Un conseil a été donné"), required=False)
    back_on = DayField(
        label=gettext_lazy("À rappeler le"),
        help_text=gettext_lazy("Si la personne a demandé qu’on la rappelle."),
        required=False,
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ("kind", "outcome", "back_on", "note", "sure", "is_advice", "day", "minutes")

    def clean_day(self) -> Any:
        """Today or before."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ce jour n’est pas encore venu."))
        return day

    def clean(self) -> dict[str, Any]:
        """A call or a visit says what it gave."""
        given = super().clean()
        asks = given.get("kind") in {ExchangeKind.CALL, ExchangeKind.VISIT}
        if asks and not given.get("outcome"):
            self.add_error("outcome", _("Dites ce que cet appel ou cette visite a donné."))
        return given

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("kind", "outcome", "note", "minutes", "is_advice", "back_on", "client_id")
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        now = timezone.localtime()
        if (day := self.cleaned_data["day"]) != now.date():
            said["at"] = now.replace(year=day.year, month=day.month, day=day.day)
        if said["kind"] == ExchangeKind.NOTE:
            said["outcome"] = ""
        return said


class NextForm(forms.Form):
    """What is done next, when, and by whom."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Que faut-il faire ?"),
        choices=[(kind.value, kind.label) for kind in PLANNED],
    )
    due_on = DayField(label=gettext_lazy("Pour quel jour ?"))
    owner = forms.ChoiceField(label=gettext_lazy("Par qui ?"))

    def __init__(self, *args: Any, space: Space, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team_of(space, by)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (key, one.name) for key, one in self.team.items()
        ]
        self.fields["owner"].initial = str(by.pk)

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {"kind": given["kind"], "due_on": given["due_on"],
                "owner": self.team[given["owner"]]}  # fmt: skip


LETTERS = [(letter, outcome.label) for letter, outcome in LETTER_OF.items()]
"""What each letter of a printed sheet stands for."""
