"""What is said to declare: a day, a mandate, and what Urssaf asks to give the credit at once."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places.models import Commune
from traboule.kernel.places.names import fold

from ..models import Household

FRANCE = "99100"
"""Its code among countries, for Insee."""
WAYS = [
    ("", "—"), ("ALL", _("Allée")), ("AV", _("Avenue")), ("BD", _("Boulevard")),
    ("CHE", _("Chemin")), ("CRS", _("Cours")), ("IMP", _("Impasse")), ("LOT", _("Lotissement")),
    ("MTE", _("Montée")), ("PAS", _("Passage")), ("PL", _("Place")), ("QUAI", _("Quai")),
    ("RES", _("Résidence")), ("RTE", _("Route")), ("R", _("Rue")), ("RLE", _("Ruelle")),
    ("SQ", _("Square")), ("VLA", _("Villa")),
]  # fmt: skip


class DayField(forms.DateField):
    """A day that is not to come."""

    def __init__(self, **kwargs: Any) -> None:
        date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=date, **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        """Raises ValidationError for tomorrow."""
        day: datetime.date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("Ce jour n’est pas encore là."))
        return day


class CopiedForm(forms.Form):
    """When it was declared on Urssaf's site."""

    on = DayField(
        label=_("Déclaré le"),
        initial=timezone.localdate,
        error_messages={"required": _("Écrivez le jour où vous avez déclaré.")},
    )


class MandateForm(forms.Form):
    """What lets the association declare at the Cesu."""

    number = forms.CharField(
        label=_("Votre numéro Cesu"),
        help_text=_("Z puis treize chiffres, en haut de vos courriers de l’Urssaf."),
        max_length=20,
        error_messages={"required": _("Écrivez votre numéro Cesu.")},
    )
    on = DayField(label=_("Mandat signé le"), initial=timezone.localdate)
    agreed = forms.BooleanField(
        label=_("Je laisse l’association déclarer pour moi. Je peux arrêter quand je veux."),
        error_messages={"required": _("Sans votre accord, l’association ne déclare rien.")},
    )

    def clean_number(self) -> str:
        """Without spaces, in capitals."""
        number = "".join(self.cleaned_data["number"].split()).upper()
        Household._meta.get_field("cesu_number").run_validators(number)
        return number


class EnrolForm(forms.Form):
    """All that Urssaf asks to enrol a household; it is sent and not kept."""

    civility = forms.ChoiceField(
        label=_("Pour les impôts, vous êtes"),
        choices=[("1", _("Monsieur")), ("2", _("Madame"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez comme sur votre avis d’impôt.")},
    )
    birth_name = forms.CharField(label=_("Nom de naissance"), max_length=80)
    used_name = forms.CharField(
        label=_("Nom d’usage"), help_text=_("Par exemple, celui du mariage."), max_length=80,
        required=False,
    )  # fmt: skip
    first_names = forms.CharField(
        label=_("Tous vos prénoms"), help_text=_("Comme sur votre avis d’impôt."), max_length=100
    )
    born_on = DayField(label=_("Date de naissance"))
    born_country = forms.RegexField(
        r"^99\d{3}$", label=_("Code Insee du pays de naissance"), initial=FRANCE,
        help_text=_("99100 pour la France."),
        error_messages={"invalid": _("C’est un nombre de cinq chiffres, comme 99100.")},
    )  # fmt: skip
    born_department = forms.CharField(
        label=_("Département de naissance"), help_text=_("En France, comme 38 ou 2A."),
        max_length=3, required=False,
    )  # fmt: skip
    born_commune = forms.CharField(label=_("Commune de naissance"), max_length=50)
    born_code = forms.RegexField(
        r"^(\d{2}|2[AB])\d{3}$", label=_("Code Insee de cette commune"),
        help_text=_("Seulement si nous ne la trouvons pas : insee.fr le donne."), required=False,
        error_messages={"invalid": _("Ce code a cinq signes, comme 38185.")},
    )  # fmt: skip
    mobile = forms.RegexField(
        r"^0[67]\d{8}$", label=_("Téléphone mobile"), strip=True,
        error_messages={"invalid": _("Écrivez un numéro de mobile, comme 0612345678.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("L’Urssaf l’exige. Sans e-mail, le crédit d’impôt reste rendu l’été suivant."),
    )
    street_number = forms.CharField(label=_("Numéro dans la voie"), max_length=20, required=False)
    street_letter = forms.ChoiceField(
        label=_("Bis, ter…"), choices=[("", "—"), ("B", "bis"), ("T", "ter"), ("Q", "quater"),
                                       ("C", "C")], required=False,
    )  # fmt: skip
    street_kind = forms.ChoiceField(label=_("Type de voie"), choices=WAYS, required=False)
    street = forms.CharField(label=_("Nom de la voie"), max_length=28, required=False)
    more = forms.CharField(label=_("Bâtiment, étage"), max_length=38, required=False)
    place = forms.CharField(label=_("Lieu-dit"), max_length=38, required=False)
    postal_code = forms.RegexField(
        r"^\d{5}$", label=_("Code postal"),
        error_messages={"invalid": _("C’est un nombre de cinq chiffres.")},
    )  # fmt: skip
    holder = forms.CharField(label=_("Titulaire du compte bancaire"), max_length=100)
    iban = forms.CharField(label=_("IBAN"), help_text=_("Sur votre RIB."), max_length=42)
    bic = forms.RegexField(
        r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$", label=_("BIC"),
        error_messages={"invalid": _("Recopiez le BIC de votre RIB, en majuscules.")},
    )  # fmt: skip

    SECTIONS = (
        (_("1. Vous, comme sur votre avis d’impôt"),
         ("civility", "birth_name", "used_name", "first_names", "born_on", "born_country",
          "born_department", "born_commune", "born_code")),
        (_("2. Où l’Urssaf vous écrit"),
         ("mobile", "email", "street_number", "street_letter", "street_kind", "street", "more",
          "place", "postal_code")),
        (_("3. Le compte où elle prélève la moitié"), ("holder", "iban", "bic")),
    )  # fmt: skip

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.household = household

    def sections(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """The same fields, in three parts."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def clean_iban(self) -> str:
        """Its key is right: the remainder by 97 of what it spells is one (ISO 13616)."""
        iban = "".join(self.cleaned_data["iban"].split()).upper()
        moved = iban[4:] + iban[:4]
        if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", iban) or (
            int("".join(str(int(sign, 36)) for sign in moved)) % 97 != 1
        ):
            raise forms.ValidationError(gettext("Cet IBAN n’est pas complet. Recopiez le RIB."))
        return iban

    def clean(self) -> dict[str, Any]:
        """Someone born in France was born in a commune whose code we know, or that they give."""
        said: dict[str, Any] = self.cleaned_data
        if said.get("born_country") != FRANCE:
            said["born_code"] = ""
        elif said.get("born_commune") and not said.get("born_code"):
            department = str(said.get("born_department", "")).upper()
            known = Commune.objects.filter(
                department=department, search_name=fold(said["born_commune"])
            ).first()
            said["born_code"] = known.code if known else ""
            if known is None and "born_code" not in self.errors:
                words = gettext(
                    "Nous ne trouvons pas cette commune : écrivez aussi son code Insee."
                )
                self.add_error("born_code", words)
        return said

    @property
    def details(self) -> dict[str, Any]:
        """As the *Tiers de prestation* reads it."""
        said, commune = self.cleaned_data, self.household.commune
        return {
            "civilite": said["civility"],
            "nomNaissance": said["birth_name"],
            "nomUsage": said["used_name"] or said["birth_name"],
            "prenoms": said["first_names"],
            "dateNaissance": f"{said['born_on']}T00:00:00Z",
            "lieuNaissance": self._birthplace(),
            "numeroTelephonePortable": said["mobile"],
            "adresseMail": said["email"],
            "adressePostale": {
                "numeroVoie": said["street_number"],
                "lettreVoie": said["street_letter"],
                "codeTypeVoie": said["street_kind"],
                "libelleVoie": said["street"],
                "complement": said["more"],
                "lieuDit": said["place"],
                "libelleCommune": commune.name,
                "codeCommune": commune.code,
                "codePostal": said["postal_code"],
                "codePays": FRANCE,
            },
            "coordonneeBancaire": {
                "bic": said["bic"], "iban": said["iban"], "titulaire": said["holder"],
            },
        }  # fmt: skip

    def _birthplace(self) -> dict[str, Any]:
        said = self.cleaned_data
        code = said["born_code"]
        commune = {"libelleCommune": said["born_commune"]}
        found: dict[str, Any] = {"codePaysNaissance": said["born_country"]}
        if code:
            found["departementNaissance"] = code[:2].rjust(3, "0")
            commune["codeCommune"] = code[2:]
        return found | {"communeNaissance": commune}
