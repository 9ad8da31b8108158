"""Giving money back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RefundForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Pourquoi rendre cet argent ?"), max_length=200,
        help_text=_("L’employeur et la personne employée le liront."),
    )  # fmt: skip
