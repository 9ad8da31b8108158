"""Who sits: adding someone, changing what they do, noting that they leave."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Gender, Person
from traboule.kernel.places.models import PriorityNeighbourhood
from traboule.kernel.spaces.forms.people import AddPersonForm
from traboule.kernel.spaces.models import Space

from ..models import Because, College, Designation, Member, Rank, Roster

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
ABOUT = ("birth_year", "gender", "neighbourhood")


class SeatForm(forms.Form):
    """What someone does there, how they were chosen, from when to when."""

    function = forms.ChoiceField(label=_("Sa fonction"), required=False)
    other_function = forms.CharField(
        label=_("Une autre fonction, en vos mots"), max_length=80, required=False
    )
    designation = forms.ChoiceField(label=_("Comment a-t-elle été choisie ?"), choices=Designation)
    starts_on = forms.DateField(
        label=_("Depuis le"),
        widget=DAY,
        error_messages={"required": _("Écrivez depuis quel jour.")},
    )
    term_ends_on = forms.DateField(
        label=_("Mandat jusqu’au"),
        help_text=_("Vous serez prévenus trois mois avant."),
        widget=DAY,
        required=False,
    )

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Aucune")), *((name, name) for name in roster.functions)]
        self.fields["function"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A term ends after it begins."""
        data: dict[str, Any] = super().clean() or {}
        start, last = data.get("starts_on"), data.get("term_ends_on")
        if start and last and last < start:
            self.add_error("term_ends_on", _("Le mandat ne peut pas finir avant d’avoir commencé."))
        return data

    def seat_fields(self) -> dict[str, Any]:
        """What ``actions.members`` takes of a seat."""
        data = self.cleaned_data
        return {
            "function": " ".join(data["other_function"].split()) or data["function"],
            "designation": data["designation"],
            "starts_on": data["starts_on"],
            "term_ends_on": data["term_ends_on"],
        }


class ChangeMemberForm(SeatForm):
    """The same for someone who sits already."""

    def __init__(self, *args: Any, member: Member, roster: Roster, **kwargs: Any) -> None:
        usual = member.function in roster.functions
        kwargs["initial"] = {
            "function": member.function if usual else "",
            "other_function": "" if usual else member.function,
            "designation": member.designation,
            "starts_on": member.starts_on,
            "term_ends_on": member.term_ends_on,
        }
        super().__init__(*args, roster=roster, **kwargs)


class NewPersonForm(AddPersonForm):
    """Someone by name, found again or new, with what quotas look at, as they say it if they do."""

    college = forms.ModelChoiceField(
        label=_("Collège"),
        queryset=College.objects.none(),
        error_messages={"required": _("Choisissez un collège.")},
    )
    birth_year = forms.IntegerField(
        label=_("Son année de naissance"),
        min_value=1900,
        required=False,
        error_messages={"min_value": _("Écrivez une année en quatre chiffres, comme 1985.")},
    )
    gender = forms.ChoiceField(
        label=_("Son genre"),
        help_text=_("Comme la personne le dit. Il ne se lit nulle part, sauf en totaux."),
        choices=[("", _("Ne le dit pas")), *Gender.choices],
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Son quartier prioritaire"),
        queryset=PriorityNeighbourhood.objects.none(),
        required=False,
        empty_label=_("Aucun, ou inconnu"),
    )

    def __init__(self, *args: Any, space: Space, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, space=space, by=by, **kwargs)
        del self.fields["role"]
        colleges = space.colleges.all()
        self.fields["college"].queryset = colleges  # type: ignore[attr-defined]
        if len(colleges) == 1:
            self.fields["college"].initial = colleges[0]
        here = space.initiative.commune.priority_neighbourhoods.order_by("name", "code")
        self.fields["neighbourhood"].queryset = here  # type: ignore[attr-defined]
        if not here.exists():
            del self.fields["neighbourhood"]

    def clean_birth_year(self) -> int | None:
        """A year that has come."""
        year: int | None = self.cleaned_data["birth_year"]
        if year and year > timezone.localdate().year:
            raise ValidationError(_("Cette année n’est pas encore venue."))
        return year

    def fields_given(self) -> dict[str, Any]:
        """Who it is, as ``actions.finding.find_or_make`` takes it."""
        self.cleaned_data["role"] = None
        given = super().fields_given()
        del given["role"]
        said = {name: self.cleaned_data.get(name) for name in ABOUT}
        return given | {"about": {name: value for name, value in said.items() if value}}


class AddMemberForm(NewPersonForm, SeatForm):
    """Someone who takes a seat, or is ready to."""

    rank = forms.ChoiceField(
        label=_("Titulaire ou suppléance ?"),
        choices=Rank,
        initial=Rank.TITULAR,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, space: Space, by: Person, **kwargs: Any) -> None:
        roster = Roster.of(space)
        super().__init__(*args, space=space, by=by, roster=roster, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate
        self.fields["designation"].initial = Designation.APPOINTED

    def seat_fields(self) -> dict[str, Any]:
        """The college and the rank besides."""
        data = self.cleaned_data
        return super().seat_fields() | {"college": data["college"], "rank": data["rank"]}


class EndForm(forms.Form):
    """Why someone leaves their seat, and since when."""

    because = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=Because,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison.")},
    )
    on = forms.DateField(
        label=_("Depuis quel jour ?"),
        initial=timezone.localdate,
        widget=DAY,
        error_messages={"required": _("Écrivez le jour du départ.")},
    )

    def clean_on(self) -> datetime.date:
        """A departure is noted once it took place."""
        day: datetime.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("Notez le départ le jour venu, pas avant."))
        return day
