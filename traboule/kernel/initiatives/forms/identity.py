"""What the initiative is: its name, its place, its theme, who carries it, since when, for whom."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places import geocoder
from traboule.kernel.places.models import Commune

from ..sheet import Sheet
from ..vocabulary import Audience, HolderKind, State, Theme
from .base import Answers, QuestionForm
from .dates import PartialDateField

SURE_ENOUGH = 0.5
"""Below this confidence of the geocoder, a point would rather mislead."""


class NameForm(QuestionForm):
    """What it is called, and what it is in a sentence."""

    title = forms.CharField(
        label=_("Son nom"),
        help_text=_("Celui que les gens du quartier lui donnent. Exemple : L’atelier du samedi"),
        min_length=3,
        max_length=120,
        error_messages={"required": _("Donnez un nom, même provisoire.")},
    )
    summary = forms.CharField(
        label=_("En une phrase"),
        help_text=_(
            "Où, qui, quoi. Exemple : À Vienne, des jeunes réparent de vieux ordinateurs et "
            "les donnent à leurs voisins."
        ),
        min_length=20,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites en une phrase ce que c’est."),
            "min_length": _("Dites-en un peu plus, en une phrase entière."),
        },
    )


class PlaceForm(QuestionForm):
    """The commune, forgiving; the neighbourhood; an address if it can be looked up."""

    commune = forms.CharField(
        label=_("Votre commune"),
        help_text=_("Son nom ou son code postal. Exemple : Vienne, ou 38200"),
        max_length=120,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "address-level2",
                "list": "communes",
                "hx-get": reverse_lazy("places:communes"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#communes",
                "hx-sync": "this:replace",
            }
        ),
        error_messages={"required": _("Écrivez le nom ou le code postal de la commune.")},
    )
    commune_code = forms.CharField(
        label=_("Est-ce l’une de celles-ci ?"), required=False, widget=forms.RadioSelect
    )
    place_name = forms.CharField(
        label=_("Le quartier ou le lieu"),
        help_text=_("Exemple : La Vallée de Gère, au centre social"),
        required=False,
        max_length=200,
    )
    address = forms.CharField(
        label=_("L’adresse, pour la carte"),
        help_text=_(
            "Elle place le point sur la carte, que tout le monde voit. Ne donnez pas l’adresse "
            "de quelqu’un. Exemple : 12 rue de Bourgogne"
        ),
        required=False,
        max_length=200,
    )
    found: Commune | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not geocoder.is_available():
            self.fields.pop("address", None)

    def clean(self) -> None:
        """Know the commune beyond doubt, or offer those it may be."""
        text = self.cleaned_data.get("commune")
        if not text:
            return
        self.found, suggestions = Commune.objects.from_text(text)
        if self.found is None:
            code = self.cleaned_data.get("commune_code")
            self.found = next((c for c in suggestions if c.code == code), None)
        if self.found is None:
            self._offer(suggestions)

    def _offer(self, suggestions: list[Commune]) -> None:
        widget: Any = self.fields["commune_code"].widget
        widget.choices = [(c.code, f"{c.name} ({c.department.name})") for c in suggestions]
        if suggestions:
            self.fields["commune_code"].required = True
            self.add_error("commune_code", _("Choisissez la commune, ou corrigez son nom."))
        else:
            self.add_error(
                "commune",
                _(
                    "Nous ne trouvons pas cette commune. Vérifiez son nom, ou écrivez son code "
                    "postal."
                ),
            )

    def parts(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """The commune's suggestions show only when there are some."""
        widget: Any = self.fields["commune_code"].widget
        hidden = set() if widget.choices else {"commune_code"}
        return [("", [bound for bound in self if bound.name not in hidden])]

    def said(self) -> Iterator[tuple[str, str]]:
        """Without the code, which is ours and not an answer that people read."""
        code = str(self.fields["commune_code"].label)
        return (line for line in super().said() if line[0] != code)

    def settled(self) -> Answers:
        """The commune's full name, and the point of the address."""
        assert self.found is not None  # noqa: S101 - only valid answers are settled.
        address = self.cleaned_data.get("address", "")
        located = f"{self.found.code} {address}".strip()
        settled: Answers = {"commune": str(self.found), "commune_code": self.found.code}
        if located != self.answers.get("located"):
            point = self._point(address)
            settled |= {"located": located if point or not address else ""}
            settled |= {"latitude": point and point[0], "longitude": point and point[1]}
        return settled

    def _point(self, address: str) -> tuple[float, float] | None:
        """Where the address is; ``note`` says so when it cannot be found."""
        if not address or self.found is None:
            return None
        try:
            best = next(iter(geocoder.find_address(address, self.found.code)), None)
        except geocoder.GeocoderDown:
            self.note = _(
                "L’adresse ne peut pas être cherchée pour l’instant : le point sera au centre "
                "de la commune. Elle est gardée."
            )
            return None
        if best is None or best.score < SURE_ENOUGH:
            self.note = _(
                "Nous n’avons pas trouvé cette adresse : le point sera au centre de la commune."
            )
            return None
        return best.latitude, best.longitude

    def to_sheet(self) -> dict[str, Any]:
        """The place, with its point when the address gave one."""
        assert self.found is not None  # noqa: S101 - only valid answers make a sheet.
        return {
            "place": {
                "commune": self.found.code,
                "name": self.cleaned_data["place_name"],
                "latitude": self.answers.get("latitude"),
                "longitude": self.answers.get("longitude"),
            }
        }

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> Answers:
        """The commune by its full name, and the point as it stands."""
        place = sheet.place
        commune = Commune.objects.filter(code=place.commune).first()
        return {
            "commune": str(commune or place.commune),
            "commune_code": place.commune,
            "place_name": place.name,
            "located": place.commune,
            "latitude": place.latitude,
            "longitude": place.longitude,
        }


class ThemeForm(QuestionForm):
    """Under which of the four themes it stands."""

    theme = forms.ChoiceField(
        label=_("Le thème"),
        choices=Theme.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le thème le plus proche.")},
    )


class HolderForm(QuestionForm):
    """Who carries it."""

    holder_name = forms.CharField(
        label=_("Le nom de l’association, du groupe ou du service"),
        help_text=_("Exemple : Centre social de la Vallée, ou Les voisins du 14"),
        max_length=300,
        error_messages={"required": _("Dites qui porte l’initiative, même un groupe sans statut.")},
    )
    holder_kind = forms.ChoiceField(
        label=_("C’est…"),
        choices=HolderKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui s’en approche le plus.")},
    )
    holder_website = forms.URLField(
        label=_("Son site"),
        help_text=_("Exemple : www.exemple.fr"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        error_messages={"invalid": _("Écrivez une adresse de site, par exemple www.exemple.fr")},
    )

    def to_sheet(self) -> dict[str, Any]:
        """The holder."""
        data = self.cleaned_data
        website = data["holder_website"] or None
        return {
            "holder": {
                "name": data["holder_name"],
                "kind": data["holder_kind"],
                "website": website,
            }
        }

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> Answers:
        """The holder as typed."""
        holder = sheet.holder
        return {
            "holder_name": holder.name,
            "holder_kind": holder.kind.value,
            "holder_website": holder.website or "",
        }


class StateForm(QuestionForm):
    """Where it stands, since when."""

    state = forms.ChoiceField(
        label=_("Où en est-elle ?"),
        choices=[
            (State.IDEA.value, _("C’est une idée, elle n’a pas commencé")),
            (State.RUNNING.value, _("Elle est en cours")),
            (State.ENDED.value, _("Elle est terminée")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une des trois réponses.")},
    )
    started = PartialDateField(
        label=_("Depuis quand ?"), help_text=_("L’année suffit. Exemple : 2019, ou juin 2019")
    )
    ended = PartialDateField(label=_("Si elle est terminée, depuis quand ?"))

    def clean(self) -> None:
        """An end comes after a beginning, and only to what has ended."""
        data = self.cleaned_data
        if data.get("state") != State.ENDED:
            data["ended"] = ""
        started, ended = data.get("started", ""), data.get("ended", "")
        if started and ended and ended < started[: len(ended)]:
            self.add_error("ended", _("La fin vient avant le début : vérifiez les deux dates."))

    def to_sheet(self) -> dict[str, Any]:
        """State and dates, an unknown one being none."""
        return {name: value or None for name, value in self.cleaned_data.items()}


class AudienceForm(QuestionForm):
    """For whom it is run."""

    audiences = forms.MultipleChoiceField(
        label=_("Pour qui est-elle faite ?"),
        help_text=_("Plusieurs réponses possibles."),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
