"""Saying that one comes, with whom, or not any more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person

from ..models.signup import MOST_EXTRA


class WhoForm(forms.Form):
    """Which of the reader's own it is about: themselves, a child, who gave them a mandate."""

    who = forms.MultipleChoiceField(
        label=_("Qui vient ?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une personne.")},
    )

    def __init__(self, *args: Any, people: Iterable[Person], me: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), _("Moi, %(name)s") % {"name": one.name} if one == me else one.name)
            for one in self.people
        ]
        if len(self.people) == 1:
            self.fields["who"].initial = [str(self.people[0].pk)]
            self.fields["who"].widget = forms.MultipleHiddenInput()

    @property
    def chosen(self) -> list[Person]:
        """Who was ticked, in the order of the list."""
        return [one for one in self.people if str(one.pk) in self.cleaned_data["who"]]

    @property
    def asks_who(self) -> bool:
        """Whether there is more than oneself to choose from."""
        return len(self.people) > 1


class ComeForm(WhoForm):
    """Who comes, how many along, and what to know."""

    extra = forms.TypedChoiceField(
        label=_("Combien d’autres personnes amenez-vous ?"),
        coerce=int,
        choices=[(0, _("Personne d’autre")), *((n, str(n)) for n in range(1, MOST_EXTRA + 1))],
        initial=0,
        required=False,
        empty_value=0,  # type: ignore[arg-type]
    )
    note = forms.CharField(
        label=_("Faut-il savoir quelque chose ?"),
        help_text=_("Par exemple : je viens en fauteuil."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, alone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alone:
            del self.fields["extra"]


class NotComingForm(forms.Form):
    """Why someone does not come any more, if they wish to say."""

    signup = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Pourquoi ?"), max_length=200, required=False)


class InviteForm(forms.Form):
    """Whom to ask whether they come."""

    who = forms.MultipleChoiceField(
        label=_("Qui invitez-vous ?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une personne.")},
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        keys = [str(one.pk) for one in self.people]
        self.fields["who"].choices = list(  # type: ignore[attr-defined]
            zip(keys, [one.name for one in self.people], strict=True)
        )
        self.fields["who"].initial = keys

    @property
    def chosen(self) -> list[Person]:
        """Who will be asked."""
        return [one for one in self.people if str(one.pk) in self.cleaned_data["who"]]
