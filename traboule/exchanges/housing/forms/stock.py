"""A landlord, its file of homes, one home."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune

from ..models import FEATURES, Dwelling, Feature, Landlord

HEAVIEST = 500 * 1024 * 1024


class LandlordForm(forms.ModelForm[Landlord]):
    """A landlord, and the days it promises."""

    class Meta:
        model = Landlord
        fields = ("name", "phone", "check_days", "decision_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = _("Écrivez le nom du bailleur.")


class OfficerForm(forms.Form):
    """Someone who takes part here, to check and decide for a landlord."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Quelle personne ajouter ?"),
        help_text=gettext_lazy("La personne doit d’abord participer à cet espace."),
        queryset=Person.objects.none(),
        empty_label=gettext_lazy("Choisissez une personne"),
        error_messages={"required": gettext_lazy("Choisissez une personne.")},
    )

    def __init__(self, *args: Any, landlord: Landlord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = landlord.space.participations.current()
        people = Person.objects.filter(participations__in=here)
        people = people.exclude(landlords_served__landlord=landlord)
        self.fields["person"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]


class StockForm(forms.Form):
    """A file of homes, and whether it names them all."""

    file = forms.FileField(
        label=gettext_lazy("Votre fichier"),
        help_text=gettext_lazy("Un tableau CSV, comme en enregistre tout tableur."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choisissez d’abord un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )
    is_whole = forms.BooleanField(
        label=gettext_lazy("Ce fichier contient tout le parc"),
        help_text=gettext_lazy("Les logements qui n’y sont pas sortiront du parc. Ceux d’un "
                               "échange en cours attendront sa fin."),
        required=False,
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refuse what no stock weighs."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > HEAVIEST:
            raise ValidationError(_("Ce fichier dépasse 500 Mo : coupez-le en deux."))
        return file


class ImportForm(forms.Form):
    """Whether to leave the wrong lines out."""

    only_right = forms.BooleanField(
        label=gettext_lazy("N’importer que les lignes justes"), required=False
    )


class DwellingForm(forms.ModelForm[Dwelling]):
    """What is known of one home."""

    town = forms.CharField(
        label=gettext_lazy("Commune"),
        help_text=gettext_lazy("Avec son code postal. Exemple : 74000 Annecy"),
        max_length=120,
        error_messages={"required": gettext_lazy("Écrivez la commune et son code postal.")},
    )
    has = forms.MultipleChoiceField(
        label=gettext_lazy("Ce qu’il a"),
        choices=[(str(int(one)), label) for one, label in FEATURES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Dwelling
        fields = (
            "reference", "lease", "address", "door", "neighbourhood", "kind", "rooms", "area",
            "rent", "charges", "floor", "lift", "wheelchair", "heating", "energy_class",
            "financing", "is_exchangeable", "why_not",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = self.instance
        if home.pk:
            self.initial["town"] = f"{home.postal_code} {home.commune.name}"
            self.initial["has"] = [str(int(one)) for one in Feature(home.features)]

    def clean_town(self) -> str:
        """The commune that was meant, beyond doubt."""
        text: str = self.cleaned_data["town"]
        commune, near = Commune.objects.from_text(text)
        if commune is None:
            names = ", ".join(map(str, near[:3]))
            raise ValidationError(
                _("Quelle commune ? Par exemple : %(names)s.") % {"names": names}
                if names
                else _("Nous ne connaissons pas cette commune. Vérifiez son nom et son code.")
            )
        self.instance.commune = commune
        digits = [word for word in text.split() if word.isdigit() and len(word) == 5]
        self.instance.postal_code = digits[0] if digits else _first_code(commune)
        return text

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return given | {
            "commune": self.instance.commune,
            "postal_code": self.instance.postal_code,
            "features": sum(map(int, self.cleaned_data["has"])),
        }


def _first_code(commune: Commune) -> str:
    return commune.postal_codes.values_list("code", flat=True).first() or ""


class VacantForm(forms.Form):
    """From which day a home is empty; no day: not offered any more."""

    day = forms.DateField(
        label=gettext_lazy("Libre à partir du"),
        help_text=gettext_lazy("Laissez vide pour ne plus le proposer."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": gettext_lazy("Choisissez une date.")},
    )


class WithdrawForm(forms.Form):
    """Whether a home in an exchange leaves once that is over."""

    afterwards = forms.BooleanField(
        label=gettext_lazy("S’il est dans un échange, le retirer après l’échange"), required=False
    )
