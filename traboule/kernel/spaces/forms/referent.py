"""Whom to call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person

from ..models import Referent, Space


class ReferentForm(forms.ModelForm):
    """Someone of the space, for what, when, and the number they agreed to give."""

    agreed = forms.BooleanField(
        label=_("La personne est d’accord pour que cela se lise ici"),
        error_messages={"required": _("Demandez-lui d’abord son accord, puis cochez la case.")},
    )

    class Meta:
        model = Referent
        fields = ("person", "charge", "hours", "phone", "is_public")
        labels = {
            "charge": _("Pour quoi ?"),
            "hours": _("Quand ?"),
            "phone": _("À quel numéro ?"),
            "is_public": _("Tout le monde peut le lire, même sans le code"),
        }
        help_texts = {
            "charge": _("Exemple : l’eau et les outils"),
            "hours": _("Exemple : le mercredi de 14 h à 17 h, au jardin"),
            "phone": _("Seulement si la personne veut être appelée."),
        }
        error_messages = {
            "charge": {"required": _("Dites pour quoi on s’adresse à cette personne.")},
        }

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        people = Person.objects.filter(participations__in=space.roll())
        self.fields["person"] = forms.ModelChoiceField(
            people.order_by("name", "pk"),
            label=_("Qui ?"),
            empty_label=_("Choisissez…"),
            error_messages={"required": _("Choisissez une personne de l’espace.")},
        )
