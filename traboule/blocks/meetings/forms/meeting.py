"""A meeting as the team prepares it: its date, its points, its rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.forms.event import BaseEventForm
from traboule.blocks.documents.models import Document
from traboule.kernel.spaces.models import Space

from ..models import HouseRules, Item, MeetingModel, Purpose
from .fields import LinesField, SummaryField, WhoField, who

MOST_DOCUMENTS = 30
"""Shelves may hold hundreds: the latest are those that a meeting reads."""


class MeetingForm(BaseEventForm):
    """A meeting to come, and the agenda that it begins with."""

    model = forms.ChoiceField(
        label=_("Partir d’un ordre du jour type ?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, models: Iterable[MeetingModel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "capacity", "description"):
            del self.fields[name]
        self.fields["title"].help_text = _("Par exemple : Réunion du conseil citoyen")
        self.by_key = {str(one.pk): one for one in models}
        if not self.by_key:
            del self.fields["model"]
            return
        choices = [*((key, one.title) for key, one in self.by_key.items()), ("", _("Non, à vide"))]
        self.fields["model"].choices = choices  # type: ignore[attr-defined]
        self.fields["model"].initial = choices[0][0]

    @property
    def chosen_model(self) -> MeetingModel | None:
        """The agenda chosen."""
        return self.by_key.get(self.cleaned_data.get("model", ""))

    def clean(self) -> dict[str, Any]:
        """A meeting to come begins later than now."""
        given = super().clean()
        if given.get("date") and given["date"] < timezone.localdate():
            self.add_error(
                "date", _("Ce jour est passé. Pour une réunion déjà tenue, recopiez-la.")
            )
        return given

    def event_fields(self) -> dict[str, Any]:
        """What the agenda takes."""
        given = self.cleaned_data
        names = ("title", "place_name", "address")
        return (
            {name: given[name] for name in names}
            | {"is_public": given["is_public"] == "yes"}
            | self.hours()
        )


class PastForm(BaseEventForm):
    """A meeting that was held, typed from its paper minutes."""

    present = forms.IntegerField(
        label=_("Combien de personnes étaient là ?"),
        min_value=1,
        max_value=500,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Dites combien de personnes étaient là.")},
    )
    subjects = LinesField(label=_("De quoi a-t-on parlé ?"), help_text=_("Un sujet par ligne."))
    decisions = LinesField(label=_("Qu’a-t-on décidé ?"), help_text=_("Une décision par ligne."))
    summary = SummaryField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "capacity", "description", "is_public", "address"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """It has begun, and the summary has no blank line."""
        given = forms.Form.clean(self) or {}
        if given.get("start") and given.get("end") and given["end"] <= given["start"]:
            self.add_error("end", _("La fin doit suivre le début."))
        if given.get("date") and given.get("start") and self.hours_begin() > timezone.now():
            self.add_error("date", _("Cette réunion n’a pas encore eu lieu : préparez-la plutôt."))
        return given

    def hours_begin(self) -> Any:
        """When it began."""
        return self._at(self.cleaned_data["start"])

    def past_fields(self) -> dict[str, Any]:
        """What ``actions.preparing.type_past`` takes."""
        names = ("title", "place_name", "present", "subjects", "decisions", "summary")
        return {name: self.cleaned_data[name] for name in names} | self.hours()


class ItemForm(forms.ModelForm):
    """A point of the agenda."""

    presented_by = WhoField(label=_("Qui le présente ?"))
    documents = forms.ModelMultipleChoiceField(
        label=_("Quels documents lire avant ?"),
        queryset=Document.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Item
        fields = ("title", "duration", "purpose", "theme")
        labels = {
            "title": _("De quoi parle-t-on ?"),
            "duration": _("Combien de minutes ?"),
            "purpose": _("Pour quoi faire ?"),
            "theme": _("Quel thème ?"),
        }
        help_texts = {"theme": _("Facultatif : il range les décisions dans le bilan de l’année.")}
        error_messages = {"title": {"required": _("Écrivez le sujet en quelques mots.")}}
        widgets = {
            "purpose": forms.RadioSelect,
            "duration": forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
            "theme": forms.TextInput(attrs={"list": "meeting-themes", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (one.value, str(one.label).capitalize()) for one in Purpose
        ]
        self.fields["presented_by"].initial = self.instance.who
        shelves = Document.objects.standing().filter(space=space)
        latest = shelves.order_by("-changed_at", "-pk").values_list("pk", flat=True)
        offered = list(latest[:MOST_DOCUMENTS])
        if self.instance.pk:
            chosen = list(self.instance.documents.values_list("pk", flat=True))
            self.fields["documents"].initial = chosen
            offered += chosen
        if not offered:
            del self.fields["documents"]
            return
        self.fields["documents"].queryset = Document.objects.filter(  # type: ignore[attr-defined]
            pk__in=offered
        )

    def item_fields(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        person, words = who(self.space, given["presented_by"])
        names = ("title", "duration", "purpose", "theme")
        return {name: given[name] for name in names} | {
            "presenter": person,
            "presenter_words": words,
            "documents": given.get("documents", ()),
        }


class RulesForm(forms.ModelForm):
    """How the space holds its meetings."""

    class Meta:
        model = HouseRules
        fields = ("notice_days", "quorum", "voices_each", "amend_days")
        labels = {
            "notice_days": _("Combien de jours avant faut-il convoquer ?"),
            "quorum": _("Combien de voix faut-il pour décider ?"),
            "voices_each": _("Combien de voix une personne peut-elle porter ?"),
            "amend_days": _("Combien de jours laisse-t-on pour relire un compte-rendu ?"),
        }
        help_texts = {
            "quorum": _("Laissez vide s’il n’en faut pas. Les voix portées comptent."),
            "voices_each": _("0 : ici, on ne porte pas la voix d’une autre personne."),
        }


class KeepModelForm(forms.Form):
    """The name of an agenda that comes back."""

    title = forms.CharField(
        label=_("Sous quel nom garder cet ordre du jour ?"),
        max_length=120,
        error_messages={"required": _("Donnez-lui un nom.")},
    )
