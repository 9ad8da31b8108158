"""The paper form, in the order of the sheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import PHONES, read_address
from traboule.kernel.places.forms import CommuneField
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Space

from ..models import Landlord, Need, Reason, Via
from .listing import PLANS, FeaturesField

HOUSEHOLD = ("household_size", "children", "resources", "reason", "text", "wants_several")
WISH = ("rooms_min", "rooms_max", "max_rent", "area_min", "need", "no_ground", "must")
MOST_LINES, MOST_NAMED = 8, 5


class PaperForm(forms.Form):
    """Everything that a household wrote with a pen."""

    via = forms.ChoiceField(
        label=_("Comment est-ce arrivé ?"),
        choices=[(Via.PAPER, Via.PAPER.label), (Via.PHONE, Via.PHONE.label)],
        widget=forms.RadioSelect,
        initial=Via.PAPER,
    )
    name = forms.CharField(
        label=_("1. Nom et prénom"),
        max_length=120,
        error_messages={"required": _("Écrivez le nom qui est sur la feuille.")},
    )
    phone = forms.CharField(
        label=_("2. Téléphone, fixe ou mobile"),
        help_text=_("Rien ? Nous écrirons par la poste."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    landlord = forms.ModelChoiceField(label=_("3. Bailleur"), queryset=Landlord.objects.none())
    address = forms.CharField(label=_("4. Adresse : numéro et rue"), max_length=200)
    commune = CommuneField(label=_("5. Commune"))
    lease = forms.CharField(label=_("6. Numéro de bail"), max_length=40)
    household_size = forms.IntegerField(
        label=_("7. Combien de personnes"), min_value=1, max_value=15
    )
    children = forms.IntegerField(label=_("8. Dont enfants"), min_value=0, max_value=14, initial=0)
    resources = forms.TypedChoiceField(
        label=_("9. Revenus"), choices=PLANS, coerce=int, widget=forms.RadioSelect, initial=1
    )
    reason = forms.ChoiceField(
        label=_("10. Pourquoi changer"), choices=Reason.choices, widget=forms.RadioSelect
    )
    places = forms.CharField(
        label=_("11. Où habiter"),
        help_text=_("Une commune par ligne."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez une commune au moins.")},
    )
    rooms_min = forms.IntegerField(label=_("12. Pièces, au moins"), min_value=1, max_value=9)
    rooms_max = forms.IntegerField(label=_("13. Pièces, au plus"), min_value=1, max_value=9)
    max_rent = forms.IntegerField(
        label=_("14. Loyer au plus, sans les charges"), min_value=0, max_value=5000
    )
    area_min = forms.IntegerField(
        label=_("15. Surface au moins, en m²"), min_value=0, max_value=200, initial=0
    )
    need = forms.ChoiceField(
        label=_("16. Pour entrer"), choices=Need.choices, widget=forms.RadioSelect,
        initial=Need.NONE,
    )  # fmt: skip
    no_ground = forms.BooleanField(label=_("17. Pas au rez-de-chaussée"), required=False)
    must = FeaturesField(label=_("18. Indispensable"))
    text = forms.CharField(
        label=_("19. Votre logement en quelques mots"),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    wants_several = forms.BooleanField(
        label=_("20. D’accord pour un échange à trois ménages ou plus"), required=False
    )
    by_letter = forms.BooleanField(
        label=_("21. Me prévenir par courrier, plutôt que par téléphone"), required=False
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space
        self.fields["landlord"].queryset = space.landlords.all()  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """A number that can be read, or nothing."""
        text: str = self.cleaned_data["phone"]
        if text and read_address(text)[0] not in PHONES:
            raise ValidationError(gettext("Écrivez ici un numéro de téléphone."))
        return text

    def clean_places(self) -> list[Commune]:
        """Each line is one commune; those that are not known are named."""
        lines = [line for line in self.cleaned_data["places"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(gettext("Huit communes au plus."))
        found = {line.strip(): Commune.objects.from_text(line) for line in lines}
        if unclear := {line: near for line, (commune, near) in found.items() if commune is None}:
            raise ValidationError([_unclear(line, near) for line, near in unclear.items()])
        return [commune for commune, _near in found.values() if commune]

    def clean(self) -> dict[str, Any]:
        """At least one adult, and rooms in order."""
        given = super().clean() or {}
        if given.get("children", 0) >= given.get("household_size", 99):
            self.add_error("children", gettext("Il y a au moins un adulte dans le ménage."))
        if given.get("rooms_min", 1) > given.get("rooms_max", 9):
            self.add_error(
                "rooms_max", gettext("Écrivez un nombre plus grand que la ligne d’avant.")
            )
        return given

    def given(self) -> dict[str, Any]:
        """What ``actions.listing_paper.type_in`` takes."""
        given = dict(self.cleaned_data)
        return {
            "household": {name: given.pop(name) for name in HOUSEHOLD},
            "wish": {name: given.pop(name) for name in WISH},
            **given,
        }


def _unclear(line: str, near: list[Commune]) -> str:
    """What to write instead of a line that means no commune, or several."""
    if not near:
        return gettext("Nous ne connaissons pas : %(name)s.") % {"name": line}
    names = ", ".join(str(one) for one in near[:MOST_NAMED])
    return gettext("%(name)s : laquelle ? Écrivez son nom : %(names)s…") % {
        "name": line, "names": names,
    }  # fmt: skip
