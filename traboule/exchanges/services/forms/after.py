"""What one says once the work is done, the insurance, an incident."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.forms import FilesField

from ..models import Answer, Harm
from .agreeing import day_field
from .asking import TOO_LONG

MOST_PHOTOS = 4


class ReviewForm(forms.Form):
    """Three questions and words."""

    on_time = forms.ChoiceField(
        label=_("Est-ce que tout s’est fait au moment prévu ?"), choices=Answer.choices,
        widget=forms.RadioSelect, error_messages={"required": _("Choisissez une réponse.")},
    )  # fmt: skip
    as_agreed = forms.ChoiceField(
        label=_("Est-ce que c’était comme convenu ?"), choices=Answer.choices,
        widget=forms.RadioSelect, error_messages={"required": _("Choisissez une réponse.")},
    )  # fmt: skip
    again = forms.ChoiceField(
        label=_("Le referiez-vous ensemble ?"), choices=Answer.choices,
        widget=forms.RadioSelect, error_messages={"required": _("Choisissez une réponse.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Quelques mots, si vous voulez"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip


class ReplyForm(forms.Form):
    """An answer to what the other says."""

    words = forms.CharField(
        label=_("Votre réponse"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez votre réponse."), "max_length": TOO_LONG},
    )  # fmt: skip


class PolicyForm(forms.Form):
    """The insurance of the association."""

    insurer = forms.CharField(label=_("Assureur"), max_length=120)
    number = forms.CharField(label=_("Numéro de contrat"), max_length=60)
    begins_on = day_field(_("Du"))
    ends_on = day_field(_("Au"))
    covers = forms.CharField(
        label=_("Ce qui est couvert"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Recopiez l’attestation de l’assureur : dommages, plafonds, exclusions."),
    )  # fmt: skip
    excess = forms.IntegerField(label=_("Franchise, en euros"), min_value=0, max_value=10_000)
    phone = forms.CharField(label=_("Téléphone en cas d’accident"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given = super().clean() or {}
        begins_on, ends_on = given.get("begins_on"), given.get("ends_on")
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("ends_on", gettext("La fin vient après le début."))
        return given


class IncidentForm(forms.Form):
    """What went wrong."""

    harm = forms.ChoiceField(
        label=_("Que s’est-il passé ?"), choices=Harm.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui s’est passé.")},
    )  # fmt: skip
    on = day_field(_("Quel jour"))
    words = forms.CharField(
        label=_("Racontez, avec vos mots"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Racontez ce qui s’est passé."), "max_length": TOO_LONG},
    )  # fmt: skip
    photos = FilesField(label=_("Des photos, si vous en avez"), most=MOST_PHOTOS, required=False)


class DoneForm(forms.Form):
    """What was done about it."""

    done = forms.CharField(
        label=_("Ce qui a été fait"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez ce qui a été fait.")},
    )  # fmt: skip
