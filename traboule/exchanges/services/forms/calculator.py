"""What the front page counts with."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from ..kinds import ALL
from ..models import Allowance

HOURS = [Decimal(one) / 2 for one in range(1, 13)]


class CalculatorForm(forms.Form):
    """A service, a price net of an hour, how long, the household's situation."""

    kind = forms.ChoiceField(label=_("Pour quoi ?"), choices=[(one.key, one.label) for one in ALL])
    net_hourly = forms.DecimalField(
        label=_("Combien la personne reçoit pour une heure"),
        help_text=_("En euros, net : ce qui arrive dans sa poche."),
        min_value=1,
        max_value=200,
        max_digits=5,
        decimal_places=2,
        localize=True,
        initial=Decimal("12"),
    )
    hours = forms.DecimalField(
        label=_("Combien d’heures"),
        min_value=Decimal("0.5"),
        max_value=100,
        max_digits=4,
        decimal_places=1,
        localize=True,
        initial=Decimal("2"),
    )
    once = forms.BooleanField(label=_("C’est pour une seule fois"), required=False)
    allowance = forms.ChoiceField(
        label=_("Votre situation"),
        required=False,
        choices=[("", _("Aucune de celles-ci")), *Allowance.choices[1:]],
    )
