"""What is asked of a household, one screen at a time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.forms import FilesField
from traboule.kernel.places.forms import CommuneField

from ..models import FEATURES, EndReason, Feature, Landlord, Listing, Reason, Room, Wish
from ..models.listing import MOST_PHOTOS

PLANS = (
    (0, _("Je gagne très peu (logements PLAI)")),
    (1, _("Je gagne peu ou moyennement (logements PLUS) : la plupart des locataires")),
    (2, _("Je gagne un peu plus (logements PLS)")),
)
MINUTES = (
    (0, _("Seulement cette commune")),
    (10, _("À 10 minutes en voiture, environ")),
    (20, _("À 20 minutes en voiture, environ")),
    (30, _("À 30 minutes en voiture, environ")),
)


class HomeForm(forms.Form):
    """Where someone lives: both the address and the lease must be right."""

    commune = CommuneField(
        label=_("Dans quelle commune habitez-vous ?"),
        error_messages={"required": _("Écrivez votre commune ou son code postal.")},
    )
    address = forms.CharField(
        label=_("Votre adresse"),
        help_text=_("Le numéro et la rue. Exemple : 12 rue des Aravis"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Écrivez le numéro et la rue.")},
    )
    lease = forms.CharField(
        label=_("Votre numéro de bail"),
        help_text=_("Il est sur votre quittance de loyer ou votre avis d’échéance."),
        max_length=40,
        error_messages={"required": _("Écrivez le numéro qui est sur votre quittance.")},
    )


class FoundForm(forms.Form):
    """The home is shown, and it is theirs."""


class HouseholdForm(forms.ModelForm):
    """Who lives there."""

    class Meta:
        model = Listing
        fields = ("household_size", "children")
        labels = {
            "household_size": _("Combien êtes-vous dans votre logement ?"),
            "children": _("Combien d’enfants, dans ce nombre ?"),
        }
        help_texts = {"household_size": _("Comptez-vous aussi.")}
        error_messages = {
            "household_size": {"required": _("Écrivez combien vous êtes, en comptant vous-même.")},
            "children": {"required": _("Écrivez 0 s’il n’y a pas d’enfant.")},
        }


class ResourcesForm(forms.ModelForm):
    """Which ceiling the income passes under, in words."""

    resources = forms.TypedChoiceField(
        label=_("Vos revenus, à peu près"),
        help_text=_("Vous ne savez pas ? Laissez le choix du milieu : votre bailleur vérifiera."),
        choices=PLANS,
        coerce=int,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Listing
        fields = ("resources",)


class ReasonForm(forms.ModelForm):
    """Why the household wants to move."""

    reason = forms.ChoiceField(
        label=_("Pourquoi voulez-vous changer de logement ?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la raison principale.")},
    )

    class Meta:
        model = Listing
        fields = ("reason",)


class PlacesForm(forms.Form):
    """A commune, and what is around it."""

    commune = CommuneField(
        label=_("Où voulez-vous habiter ?"),
        help_text=_(
            "Une commune à la fois : écrivez-la, puis « Ajouter ». "
            "Votre liste est prête ? Continuez."
        ),
        required=False,
    )
    minutes = forms.TypedChoiceField(
        label=_("Et autour ?"), choices=MINUTES, coerce=int, widget=forms.RadioSelect, initial=0
    )


class RoomsForm(forms.ModelForm):
    """How many rooms, from and to."""

    class Meta:
        model = Wish
        fields = ("rooms_min", "rooms_max")
        labels = {
            "rooms_min": _("Combien de pièces au moins ?"),
            "rooms_max": _("Combien de pièces au plus ?"),
        }
        help_texts = {"rooms_min": _("Sans la cuisine ni la salle de bains. Un T3 a trois pièces.")}


class RentForm(forms.ModelForm):
    """The highest rent."""

    class Meta:
        model = Wish
        fields = ("max_rent",)
        labels = {"max_rent": _("Quel loyer au plus, sans les charges ?")}
        help_texts = {"max_rent": _("En euros par mois.")}
        error_messages = {"max_rent": {"required": _("Écrivez un montant, sans les centimes.")}}


class AreaForm(forms.ModelForm):
    """The smallest surface."""

    area_min = forms.IntegerField(
        label=_("Quelle surface au moins, en m² ?"),
        help_text=_("Laissez 0 si la surface vous est égale."),
        min_value=0,
        max_value=200,
        error_messages={"required": _("Écrivez 0 si la surface vous est égale.")},
    )

    class Meta:
        model = Wish
        fields = ("area_min",)


class NeedForm(forms.ModelForm):
    """What one cannot do without, to come in."""

    class Meta:
        model = Wish
        fields = ("need", "no_ground")
        labels = {
            "need": _("De quoi avez-vous besoin pour entrer chez vous ?"),
            "no_ground": _("Pas au rez-de-chaussée"),
        }
        widgets = {"need": forms.RadioSelect}


class FeaturesField(forms.TypedMultipleChoiceField):
    """What a home has besides its rooms: boxes, kept as one number."""

    def __init__(self, **options: Any) -> None:
        choices = [(one.value, label) for one, label in FEATURES.items()]
        super().__init__(
            choices=choices, coerce=int, required=False,
            widget=forms.CheckboxSelectMultiple, **options,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """The boxes of a number."""
        return [one.value for one in Feature(value)] if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        """The number of the boxes."""
        return sum(set(super().clean(value)))


class MustForm(forms.ModelForm):
    """What must be there."""

    must = FeaturesField(
        label=_("Qu’est-ce qui est indispensable ?"),
        help_text=_("Cochez le moins possible : chaque case enlève des logements."),
    )

    class Meta:
        model = Wish
        fields = ("must",)


class NiceForm(forms.ModelForm):
    """What would be welcome."""

    nice = FeaturesField(
        label=_("Qu’est-ce qui serait bien en plus ?"),
        help_text=_("Ces cases n’enlèvent rien : elles mettent des logements en premier."),
    )

    class Meta:
        model = Wish
        fields = ("nice",)


class PhotosForm(forms.Form):
    """Photos of one room at a time."""

    room = forms.ChoiceField(label=_("Que voit-on ?"), choices=Room.choices)
    photos = FilesField(
        most=MOST_PHOTOS,
        required=False,
        label=_("Des photos de votre logement"),
        help_text=_("Pas de visage, pas de plaque de voiture, pas de courrier avec votre nom."),
    )


class TextForm(forms.ModelForm):
    """The home in a few words that everyone reads."""

    class Meta:
        model = Listing
        fields = ("text",)
        labels = {"text": _("Votre logement en quelques mots")}
        help_texts = {
            "text": _("Ce qui s’y trouve de bien, ce qu’il y a autour. Pas d’adresse, pas de "
                      "téléphone : vous vous écrirez ici."),
        }  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class ChoicesForm(forms.ModelForm):
    """What the household agrees to."""

    class Meta:
        model = Listing
        fields = ("wants_several", "wants_alerts")
        labels = {
            "wants_several": _("D’accord pour un échange à trois ménages ou plus"),
            "wants_alerts": _("Me prévenir quand un logement me va"),
        }
        help_texts = {
            "wants_several": _("Chacun prend le logement du suivant : cela ouvre beaucoup plus "
                               "d’échanges. Vous direz oui ou non à chaque fois."),
            "wants_alerts": _("Le lendemain, quand le vôtre va aussi à son locataire. Un message "
                              "par jour au plus."),
        }  # fmt: skip


class CorrectForm(forms.ModelForm):
    """What the landlord sees again when it changes."""

    class Meta:
        model = Listing
        fields = ("household_size", "children", "reason", "text")
        labels = HouseholdForm.Meta.labels | TextForm.Meta.labels | {
            "reason": _("Pourquoi voulez-vous changer de logement ?")
        }  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "reason": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.ChoiceField(
            label=self.Meta.labels["reason"], choices=Reason.choices, widget=forms.RadioSelect
        )


class EndForm(forms.Form):
    """Why it stops."""

    reason = forms.ChoiceField(
        label=_("Pourquoi arrêtez-vous ?"),
        choices=[one for one in EndReason.choices if one[0] != EndReason.SILENCE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison : cela nous aide.")},
    )


class RefusePhotoForm(forms.Form):
    """Why a photo cannot be shown."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=[
            ("face", _("On voit une personne")),
            ("plate", _("On voit une plaque de voiture")),
            ("mail", _("On lit un nom ou une adresse")),
            ("blurred", _("On ne voit pas bien le logement")),
            ("other", _("Ce n’est pas une photo du logement")),
        ],
    )

    @property
    def words(self) -> str:
        """The reason as the household reads it."""
        chosen = dict(self.fields["reason"].choices)[self.cleaned_data["reason"]]  # type: ignore[attr-defined]
        text = str(chosen)
        return f"{text[0].lower()}{text[1:]}."


class ScreenForm(forms.Form):
    """From whom to hide: one of three things."""

    who = forms.CharField(
        label=_("Une personne : son numéro de téléphone ou son adresse e-mail"),
        max_length=100,
        required=False,
    )
    commune = CommuneField(label=_("Toutes les personnes d’une commune"), required=False)
    landlord = forms.ModelChoiceField(
        label=_("Tous les locataires d’un bailleur"),
        queryset=Landlord.objects.none(),
        required=False,
        empty_label=_("Aucun"),
    )

    def __init__(self, *args: Any, landlords: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landlord"].queryset = landlords  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one."""
        given = super().clean() or {}
        if not self.errors and not any(given.values()):
            raise ValidationError(gettext("Remplissez une ligne."))
        return given
