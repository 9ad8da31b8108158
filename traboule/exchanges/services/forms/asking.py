"""What one needs a hand for; what one answers."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..kinds import ALL
from ..models import EndReason, Rhythm

LENGTHS = [(30, _("une demi-heure")), (60, _("une heure")), (120, _("deux heures")),
           (180, _("trois heures")), (240, _("une demi-journée"))]  # fmt: skip
TOO_LONG = _("Écrivez un peu moins.")


class PriceField(forms.DecimalField):
    """Euros net of an hour."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=1, max_value=200, max_digits=5, decimal_places=2, localize=True, **kwargs
        )


class AskForm(forms.Form):
    """A request, on one page."""

    kind = forms.ChoiceField(
        label=_("Pour quoi avez-vous besoin d’aide ?"),
        choices=[(one.key, one.label) for one in ALL],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un service.")},
    )
    words = forms.CharField(
        label=_("Qu’y a-t-il à faire ?"),
        help_text=_("Quelques mots. Pas de nom, pas de numéro, pas d’adresse."),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites en quelques mots ce qu’il y a à faire."),
                        "max_length": TOO_LONG},
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("Combien de fois ?"), choices=Rhythm.choices, initial=Rhythm.ONCE
    )
    on = forms.DateField(
        label=_("Quel jour, si vous le savez"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    minutes = forms.TypedChoiceField(
        label=_("Combien de temps ?"), choices=LENGTHS, coerce=int, initial=120
    )
    budget = PriceField(
        label=_("Combien la personne reçoit pour une heure"),
        help_text=_("En euros, net. Le calcul de la page d’accueil dit ce que vous payez."),
    )

    def clean_on(self) -> Any:
        """Nobody comes yesterday."""
        day = self.cleaned_data["on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_now("Ce jour est passé. Choisissez-en un autre."))
        return day


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


class HandsForm(forms.Form):
    """What one offers."""

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
