"""What one needs a hand for; what one answers."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.forms import FilesField
from traboule.kernel.people.models import Person
from traboule.kernel.places.forms import CommuneField
from traboule.kernel.places.models import PriorityNeighbourhood
from traboule.kernel.spaces.models import Space

from ..actions.requests import MOST_PHOTOS, USUAL_BUDGET
from ..kinds import ALL, KINDS
from ..locating import Point, find_point
from ..models import EndReason, Request, Rhythm
from ..public_words import must_be_public

LENGTHS = [(30, _("une demi-heure")), (60, _("une heure")), (120, _("deux heures")),
           (180, _("trois heures")), (240, _("une demi-journée"))]  # fmt: skip
TOO_LONG = _("Écrivez un peu moins.")


class KindChoice(forms.RadioSelect):
    """Each service with what it is and what it is not."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        """Say beside the choice what may be asked, and what is for a professional."""
        kind = KINDS[str(value)]
        words = format_html(
            '<span><strong>{}</strong><br>{}.<br><span class="soft">{}</span></span>',
            label, kind.examples, gettext("Pas ici : %(what)s.") % {"what": kind.refused},
        )  # fmt: skip
        return super().create_option(name, value, words, *args, **kwargs)


class PriceField(forms.DecimalField):
    """Euros net of an hour."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=1, max_value=200, max_digits=5, decimal_places=2, localize=True, **kwargs
        )


class KindForm(forms.Form):
    """For what."""

    kind = forms.ChoiceField(
        label=_("Pour quoi avez-vous besoin d’aide ?"),
        choices=[(one.key, one.label) for one in ALL],
        widget=KindChoice,
        error_messages={"required": _("Choisissez un service.")},
    )


class BeginForm(KindForm):
    """For whom too, with a mandate: the first of ``employers`` is who asks."""

    whom = forms.ChoiceField(label=_("Pour qui ?"))

    def __init__(self, *args: Any, employers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employers = employers
        names = [gettext("Moi"), *(one.name for one in employers[1:])]
        keys = [str(one.public_id) for one in employers]
        whom = cast(forms.ChoiceField, self.fields["whom"])
        whom.choices, whom.initial = list(zip(keys, names, strict=True)), keys[0]
        if len(employers) == 1:
            del self.fields["whom"]

    @property
    def employer(self) -> Person:
        """Whose household it is."""
        key = self.cleaned_data.get("whom", str(self.employers[0].public_id))
        return next(one for one in self.employers if str(one.public_id) == key)


class DraftForm(forms.Form):
    """A part of a request that may be begun already."""

    def __init__(self, *args: Any, asked: Request | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked


class WhatForm(DraftForm):
    """What there is to do: words, a voice, photos."""

    words = forms.CharField(
        label=_("Qu’y a-t-il à faire ?"),
        help_text=_("Quelques mots. Pas de nom, pas de numéro, pas d’adresse."),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    voice = FilesField(
        kinds=("audio",),
        most=1,
        required=False,
        label=_("Ou dites-le à voix haute"),
        help_text=_("Les voisins vous écouteront. Pas de nom, pas de numéro, pas d’adresse."),
    )
    photos = FilesField(
        most=MOST_PHOTOS,
        required=False,
        label=_("Des photos, si cela aide"),
        help_text=_("Pas de visage, pas de plaque de voiture, pas de courrier avec votre nom."),
    )
    also = forms.ChoiceField(
        label=_("Que fera aussi la personne chez vous ?"),
        help_text=_("Pour les impôts, les courses livrées comptent seulement avec un autre service "
                    "rendu chez vous."),
        required=False,
        choices=[
            ("", _("J’ai déjà demandé un autre service ici")),
            *((one.key, one.label) for one in ALL if not one.is_only_bundled),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.asked and not self.asked.kind_data.is_only_bundled:
            del self.fields["also"]

    def clean_words(self) -> str:
        """Nothing that strangers should not read."""
        words: str = self.cleaned_data["words"]
        must_be_public(words)
        return words

    def clean(self) -> dict[str, Any]:
        """Words or a voice, now or before."""
        given = super().clean() or {}
        has_voice = given.get("voice") or (self.asked and self.asked.voice_id)
        if not (given.get("words") or has_voice) and "words" not in self.errors:
            self.add_error("words", gettext("Écrivez quelques mots, ou enregistrez votre voix."))
        return given


class WhenForm(DraftForm):
    """How often, which day, how long."""

    rhythm = forms.ChoiceField(
        label=_("Combien de fois ?"), choices=Rhythm.choices, initial=Rhythm.ONCE
    )
    on = forms.DateField(
        label=_("Quel jour, si vous le savez"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    when_words = forms.CharField(
        label=_("À quel moment"),
        help_text=_("Par exemple : le matin, après 16 h, quand vous pouvez."),
        required=False,
        max_length=120,
        error_messages={"max_length": TOO_LONG},
    )
    minutes = forms.TypedChoiceField(
        label=_("Combien de temps à chaque fois ?"), choices=LENGTHS, coerce=int, initial=120
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = self.asked and self.asked.kind_data.most_minutes
        if most:
            field = cast(forms.TypedChoiceField, self.fields["minutes"])
            field.choices = [one for one in LENGTHS if one[0] <= most]
            field.help_text = _("Deux heures au plus à chaque fois, c’est la règle des petits "
                                "travaux. Au-delà, il faut une entreprise.")  # fmt: skip

    def clean_when_words(self) -> str:
        """Nothing that strangers should not read."""
        words: str = self.cleaned_data["when_words"]
        must_be_public(words)
        return words

    def clean_on(self) -> Any:
        """Nobody comes yesterday."""
        day = self.cleaned_data["on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(gettext("Ce jour est passé. Choisissez-en un autre."))
        return day


class PriceForm(DraftForm):
    """How much for an hour."""

    budget = PriceField(
        label=_("Combien la personne reçoit pour une heure ?"),
        help_text=_("En euros, net : ce qui arrive dans sa poche."),
        initial=USUAL_BUDGET,
    )


class WhereForm(DraftForm):
    """Where someone lives, as well as they want to say."""

    commune = CommuneField(
        label=_("Dans quelle commune ?"),
        error_messages={"required": _("Écrivez la commune ou son code postal.")},
    )
    address = forms.CharField(
        label=_("Numéro et rue"),
        help_text=_("Personne ne la lit avant le contrat signé. Elle place votre demande dans le "
                    "bon quartier."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    neighbourhood = forms.ModelChoiceField(
        label=_("Ou seulement le quartier"),
        queryset=PriorityNeighbourhood.objects.none(),
        required=False,
        empty_label=_("Je ne sais pas"),
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = PriorityNeighbourhood.objects.order_by("-vintage").values("vintage")[:1]
        here = PriorityNeighbourhood.objects.filter(
            commune=space.initiative.commune, vintage__in=latest
        )
        if here.exists():
            cast(forms.ModelChoiceField, self.fields["neighbourhood"]).queryset = here
        else:
            del self.fields["neighbourhood"]

    def point(self) -> Point | None:
        """Where it is, if it can be found; asks another machine."""
        given = self.cleaned_data
        return find_point(
            commune=given["commune"], address=given["address"],
            neighbourhood=given.get("neighbourhood"),
        )  # fmt: skip

    def home(self) -> dict[str, Any]:
        """What is kept of a household: commune, address and point."""
        given = self.cleaned_data
        latitude, longitude = self.point() or (None, None)
        return {
            "commune": given["commune"], "address": given["address"],
            "latitude": latitude, "longitude": longitude,
        }  # fmt: skip


class OfferForm(forms.Form):
    """An answer."""

    net_hourly = PriceField(label=_("Combien voulez-vous recevoir pour une heure, net ?"))
    words = forms.CharField(
        label=_("Un mot, si vous voulez"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )


class HandsForm(WhereForm):
    """What one offers, and near where."""

    field_order = ("kinds", "commune", "address", "neighbourhood", "radius_km", "born_on", "words")

    kinds = forms.MultipleChoiceField(
        label=_("Que savez-vous faire ?"),
        choices=[(one.key, one.label) for one in ALL],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un service.")},
    )
    radius_km = forms.TypedChoiceField(
        label=_("Jusqu’où allez-vous ?"),
        choices=[(1, "1 km"), (2, "2 km"), (5, "5 km"), (10, "10 km"), (20, "20 km")],
        coerce=int,
        initial=5,
    )
    born_on = forms.DateField(
        label=_("Votre date de naissance"),
        help_text=_("Personne d’autre que l’équipe ne la lit."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Sans elle, nous ne savons pas si vous pouvez travailler.")},
    )
    address = forms.CharField(
        label=_("Numéro et rue, si vous voulez"),
        help_text=_("Pour compter les distances, à un kilomètre près. Personne ne la lit avant un "
                    "contrat."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Vous, en quelques mots"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


class CloseForm(forms.Form):
    """Why a request ends."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=[one for one in EndReason.choices if one[0] != EndReason.NOBODY],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison.")},
    )
