"""Reporting a problem, closing it, typing a round back, setting up the desk."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.files.forms import FilesField
from traboule.kernel.people.channels import PHONES, read_address, shown
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role, Space
from traboule.ui.guard import Guarded

from .likeness import Told
from .models import Category, Report, Via, Zone
from .models.desk import SCALE, USUAL_DAYS
from .models.report import MOST_PHOTOS

LONGEST_WORDS = 600
LONGEST_OUTCOME = 300


class PhoneField(forms.CharField):
    """A telephone number, of any kind, as people read it."""

    def clean(self, value: Any) -> str:
        """The number, or nothing where none is needed."""
        text: str = super().clean(value)
        if not text:
            return ""
        kind, number = read_address(text)
        if kind not in PHONES:
            raise ValidationError(_("Écrivez ici un numéro de téléphone."))
        return " ".join(shown(kind, number).split())


class ReachForm(Guarded):
    """A number to call back, for whoever has no account here."""

    reach = PhoneField(
        label=gettext_lazy("Votre numéro de téléphone"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Écrivez le numéro où vous rappeler.")},
    )


class ReportForm(Guarded):
    """A problem: its photo first, then where, then a few words; nothing is required but one."""

    photos = FilesField(
        most=MOST_PHOTOS,
        required=False,
        label=gettext_lazy("Une photo du problème"),
        help_text=gettext_lazy("Sans visage si possible. Pas de photo ? Des mots suffisent."),
    )
    words = forms.CharField(
        label=gettext_lazy("Qu’est-ce qui ne va pas ?"),
        help_text=gettext_lazy("Quelques mots. Exemple : une latte du banc est cassée."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    zone = forms.ModelChoiceField(
        label=gettext_lazy("C’est où ?"),
        queryset=Zone.objects.none(),
        required=False,
        empty_label=gettext_lazy("Ailleurs, ou je ne sais pas"),
    )
    place = forms.CharField(
        label=gettext_lazy("Où exactement ?"),
        help_text=gettext_lazy("Exemple : à gauche du portail, près du robinet"),
        max_length=200,
        required=False,
    )
    x = forms.IntegerField(required=False, min_value=0, max_value=SCALE, widget=forms.HiddenInput)
    y = forms.IntegerField(required=False, min_value=0, max_value=SCALE, widget=forms.HiddenInput)
    category = forms.ModelChoiceField(
        label=gettext_lazy("Quelle sorte de problème ?"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=gettext_lazy("Autre, ou je ne sais pas"),
    )
    wants_news = forms.BooleanField(
        label=gettext_lazy("Me dire ce qui est fait"), required=False, initial=True
    )
    reach = PhoneField(
        label=gettext_lazy("Votre numéro, si vous voulez que l’on vous rappelle"),
        help_text=gettext_lazy(
            "Ce n’est pas obligé. Seule l’équipe le voit, et il est effacé trente jours après la "
            "réparation."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Pour qui le notez-vous ?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Pour moi, ou pour une personne qui n’est pas dans la liste"),
    )
    via = forms.ChoiceField(
        label=gettext_lazy("Comment l’a-t-on su ?"),
        choices=[
            (Via.WEB, gettext_lazy("Je l’ai vu")),
            (Via.PHONE, Via.PHONE.label),
            (Via.PAPER, Via.PAPER.label),
        ],
        widget=forms.RadioSelect,
        initial=Via.WEB,
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, space: Space, known: bool, facilitates: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._among("zone", space.report_zones.all())
        self._among("category", space.report_categories.all())
        if facilitates:
            people = Person.objects.filter(participations__in=space.roll())
            self._among("person", people.order_by("name", "pk"))
        else:
            del self.fields["person"], self.fields["via"]
        if known and not facilitates:
            del self.fields["reach"]
        if not known:
            del self.fields["wants_news"]

    def _among(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if name != "person" and not rows.exists():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A photo or words; and both halves of a point, or none."""
        cleaned = super().clean()
        if not self.errors and not cleaned["photos"] and not cleaned["words"]:
            self.add_error("words", _("Envoyez une photo, ou écrivez quelques mots."))
        if cleaned.get("x") is None or cleaned.get("y") is None:
            cleaned["x"] = cleaned["y"] = None
        return cleaned

    @property
    def told(self) -> Told:
        """What is about to be reported, for whoever looks for the same."""
        given = self.cleaned_data
        return Told(words=given["words"], zone=given.get("zone"), x=given["x"], y=given["y"])

    def given(self) -> dict[str, Any]:
        """What ``actions.report`` needs."""
        fields = dict(self.cleaned_data)
        fields["for_"] = fields.pop("person", None)
        fields["via"] = fields.get("via") or Via.WEB
        return fields


class TakeForm(forms.Form):
    """For which day, and who sees to it."""

    due_on = forms.DateField(
        label=gettext_lazy("Pour le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choisissez une date."),
            "invalid": gettext_lazy("Choisissez une date."),
        },
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Qui s’en occupe ?"),
        queryset=Person.objects.none(),
        error_messages={"required": gettext_lazy("Choisissez quelqu’un de l’équipe.")},
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = report.space.roll().at_least(Role.FACILITATOR)
        people = Person.objects.filter(participations__in=team).order_by("name", "pk")
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        """Today at the earliest."""
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Cette date est passée : choisissez-en une autre."))
        return day


class CloseForm(forms.Form):
    """It is repaired: the photo that shows it, and a few words."""

    photos = FilesField(
        most=MOST_PHOTOS,
        required=False,
        label=gettext_lazy("La photo d’après"),
        help_text=gettext_lazy("Du même endroit que la première : on comparera."),
    )
    words = forms.CharField(
        label=gettext_lazy("Ce qui a été fait"),
        help_text=gettext_lazy("Exemple : la latte est remplacée. Merci à Ali pour le bois !"),
        max_length=LONGEST_OUTCOME,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A photo or words: someone waits for news."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["photos"] and not cleaned["words"]:
            self.add_error("words", _("Montrez une photo, ou écrivez ce qui a été fait."))
        return cleaned


class PassOnForm(forms.Form):
    """It is for someone else: whom."""

    words = forms.CharField(
        label=gettext_lazy("À qui l’avez-vous transmis ?"),
        help_text=gettext_lazy(
            "Exemple : le lampadaire est à la Ville, nous l’avons signalé à sa mairie."
        ),
        max_length=LONGEST_OUTCOME,
        error_messages={"required": gettext_lazy("Dites à qui le problème est transmis.")},
    )


class ReopenForm(Guarded):
    """It is still broken: in a few words, maybe with a photo."""

    words = forms.CharField(
        label=gettext_lazy("Qu’est-ce qui ne va toujours pas ?"),
        max_length=LONGEST_OUTCOME,
        error_messages={"required": gettext_lazy("Dites en quelques mots ce qui ne va pas.")},
    )
    photos = FilesField(most=MOST_PHOTOS, required=False, label=gettext_lazy("Une photo"))


class RoundLineForm(forms.Form):
    """One line of a round that comes back on paper."""

    class What:
        REPAIRED = "repaired"
        PASSED_ON = "passed-on"

    what = forms.ChoiceField(
        label=gettext_lazy("Ce qui est coché"),
        choices=[
            ("", gettext_lazy("Rien")),
            (What.REPAIRED, gettext_lazy("Réparé")),
            (What.PASSED_ON, gettext_lazy("Transmis à quelqu’un d’autre")),
        ],
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Ce qui est écrit"), max_length=LONGEST_OUTCOME, required=False
    )

    def clean(self) -> dict[str, Any]:
        """What is passed on says to whom."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == self.What.PASSED_ON and not cleaned.get("words"):
            self.add_error("words", _("Dites à qui le problème est transmis."))
        return cleaned


class SetUpForm(forms.Form):
    """The plan of the place, and whether strangers' reports wait."""

    plan = FilesField(
        required=False,
        label=gettext_lazy("Le plan du lieu"),
        help_text=gettext_lazy("Une photo du plan affiché, ou un dessin : tout convient."),
    )
    looks_first = forms.BooleanField(
        label=gettext_lazy("Regarder d’abord ce qu’envoient les personnes inconnues"),
        help_text=gettext_lazy("Une fois que l’équipe l’a vu, tout le monde peut le lire."),
        required=False,
    )


class ZoneForm(forms.Form):
    """A place that people know by its name, and where it is on the plan."""

    name = forms.CharField(
        label=gettext_lazy("Le nom d’un endroit"),
        help_text=gettext_lazy("Exemple : le composteur"),
        max_length=80,
        error_messages={"required": gettext_lazy("Écrivez le nom de l’endroit.")},
    )
    x = forms.IntegerField(required=False, min_value=0, max_value=SCALE, widget=forms.HiddenInput)
    y = forms.IntegerField(required=False, min_value=0, max_value=SCALE, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Both halves of a point, or none."""
        cleaned = super().clean() or {}
        if cleaned.get("x") is None or cleaned.get("y") is None:
            cleaned["x"] = cleaned["y"] = None
        return cleaned


class CategoryForm(forms.Form):
    """A kind of problem, and its usual days."""

    name = forms.CharField(
        label=gettext_lazy("Une sorte de problème"),
        help_text=gettext_lazy("Exemple : un banc ou une table cassée"),
        max_length=80,
        error_messages={"required": gettext_lazy("Écrivez la sorte de problème.")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("En combien de jours s’en occupe-t-on ?"),
        min_value=1,
        max_value=365,
        initial=USUAL_DAYS,
        error_messages={"required": gettext_lazy("Écrivez un nombre de jours.")},
    )
