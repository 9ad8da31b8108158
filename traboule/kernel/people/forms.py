from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places.models import PriorityNeighbourhood

from .channels import BY_MACHINE, ChannelKind, read_address
from .models import Gender, Organisation, Person, Role, validate_siret


class AddressForm(forms.Form):
    """One number or address on which a code can be received."""

    address = forms.CharField(
        label=_("Votre numéro de téléphone ou votre adresse e-mail"),
        help_text=_("Par exemple 06 12 34 56 78 ou marie@exemple.fr"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Écrivez votre numéro de mobile ou votre adresse e-mail.")},
    )

    def clean_address(self) -> tuple[ChannelKind, str]:
        """The kind and exact form of what was typed, if a message can reach it."""
        kind, value = read_address(self.cleaned_data["address"])
        if kind not in BY_MACHINE:
            raise forms.ValidationError(
                _(
                    "C’est un téléphone fixe : il ne reçoit pas de SMS. "
                    "Donnez un mobile ou une adresse e-mail."
                ),
                code="landline",
            )
        return kind, value


class CodeForm(forms.Form):
    """The six digits of the message, however they are spaced."""

    digits = forms.CharField(
        label=_("Le code reçu"),
        help_text=_("Six chiffres."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Écrivez les six chiffres du message.")},
    )

    def clean_digits(self) -> str:
        """The digits alone."""
        digits = "".join(sign for sign in self.cleaned_data["digits"] if sign.isalnum())
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise forms.ValidationError(
                _("Le code compte six chiffres, par exemple 123456."), code="six"
            )
        return digits


class RememberForm(forms.Form):
    """Whether this device belongs to the person who comes in."""

    remember = forms.BooleanField(
        label=_("Se souvenir de moi sur cet appareil"),
        help_text=_("À laisser vide sur un ordinateur que d’autres utilisent."),
        required=False,
    )


class SignInCodeForm(CodeForm, RememberForm):
    """The code, and whether this device belongs to the person."""


class PasskeyForm(forms.Form):
    """What the browser answers when it is asked for a key."""

    # Absent when the form is sent without the help of the page's script.
    answer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)


class NewPasskeyForm(PasskeyForm):
    """A key just made, and what to call it."""

    name = forms.CharField(
        label=_("Un nom pour cette clé"),
        help_text=_(
            "Pour la reconnaître, par exemple « mon téléphone » ou « ordinateur du bureau »."
        ),
        max_length=60,
        error_messages={"required": _("Donnez un nom à cette clé, par exemple « mon téléphone ».")},
    )


class NameForm(forms.ModelForm):
    """How someone new wants to be called."""

    class Meta:
        model = Person
        fields = ("name",)
        labels = {"name": _("Comment vous appelez-vous ?")}
        help_texts = {"name": _("Votre prénom suffit, ou le nom que vous voulez.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        error_messages = {"name": {"required": _("Écrivez au moins un prénom.")}}


class ProfileForm(forms.ModelForm):
    """What a person says of themselves."""

    class Meta:
        model = Person
        fields = ("name", "language")
        labels = {"name": _("Votre nom"), "language": _("Votre langue")}
        help_texts = {"name": _("Celui que voient les autres.")}
        widgets = NameForm.Meta.widgets
        error_messages = NameForm.Meta.error_messages


class WishesForm(forms.ModelForm):
    """How a person wishes to be shown things, and left in peace."""

    class Meta:
        model = Person
        fields = ("large_type", "read_aloud", "quiet_nights")
        labels = {
            "large_type": _("Écrire plus gros"),
            "read_aloud": _("Me lire les pages à voix haute"),
            "quiet_nights": _("Pas de message la nuit"),
        }
        help_texts = {
            "large_type": _("Sur toutes les pages, dès que vous vous connectez."),
            "read_aloud": _("Un bouton « Écouter » apparaît en haut des pages à lire."),
            "quiet_nights": _("Entre 21 h et 8 h, les SMS attendent le matin."),
        }


class _NeighbourhoodField(forms.ModelChoiceField):
    def label_from_instance(self, obj: PriorityNeighbourhood) -> str:
        """The neighbourhood with its town: several towns have a « Centre »."""
        return f"{obj.commune} – {obj.name}" if obj.commune_id else obj.name


class TotalsForm(forms.ModelForm):
    """Three facts that serve totals only, each optional."""

    neighbourhood = _NeighbourhoodField(
        label=_("Votre quartier prioritaire"),
        help_text=_("Seulement pour des totaux : combien de personnes viennent du quartier."),
        required=False,
        empty_label=_("Aucun, ou je préfère ne pas le dire"),
        queryset=PriorityNeighbourhood.objects.none(),
    )
    gender = forms.ChoiceField(
        label=_("Vous êtes"),
        help_text=_("Seulement pour des totaux : savoir si chacun et chacune trouve sa place."),
        required=False,
        choices=[("", _("Je préfère ne pas le dire")), *Gender.choices],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Person
        fields = ("birth_year", "gender", "neighbourhood")
        labels = {"birth_year": _("Votre année de naissance")}
        help_texts = {
            "birth_year": _("Seulement pour des totaux par tranche d’âge. Par exemple 1984.")
        }
        widgets = {"birth_year": forms.TextInput(attrs={"inputmode": "numeric", "size": "4"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = PriorityNeighbourhood.objects.select_related("commune").defer("geometry")
        field = self.fields["neighbourhood"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = places.order_by("commune__name", "name")

    def clean_birth_year(self) -> int | None:
        """A year that someone alive may have been born in."""
        year: int | None = self.cleaned_data["birth_year"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("Cette année n’est pas encore venue."), code="future")
        return year


class LandlineForm(forms.Form):
    """A telephone at home, on which people call and no code can be sent."""

    value = forms.CharField(
        label=_("Votre téléphone fixe"),
        help_text=_("Une personne vous y appellera. Par exemple 04 76 12 34 56"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Écrivez votre numéro de téléphone fixe.")},
    )

    def clean_value(self) -> str:
        """The number in full; a mobile is sent to the page that proves it by a code."""
        kind, value = read_address(self.cleaned_data["value"])
        if kind != ChannelKind.LANDLINE:
            raise forms.ValidationError(
                _("Ce n’est pas un téléphone fixe : ajoutez-le comme mobile ou e-mail."),
                code="other",
            )
        return value


class PostForm(forms.Form):
    """Where a letter reaches someone."""

    value = forms.CharField(
        label=_("Votre adresse postale"),
        help_text=_("Comme sur une enveloppe : rue, bâtiment, code postal, ville."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
        error_messages={"required": _("Écrivez votre adresse, comme sur une enveloppe.")},
    )


class RelayForm(AddressForm):
    """Someone who may be told in one's place."""

    name = forms.CharField(
        label=_("Comment s’appelle cette personne ?"),
        max_length=120,
        error_messages={"required": _("Écrivez le nom de la personne relais.")},
    )
    field_order = ("name", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["address"]
        address.label = _("Son numéro de mobile ou son adresse e-mail")
        address.help_text = _("Celui ou celle avec quoi cette personne se connecte ici.")
        address.widget.attrs["autocomplete"] = "off"


class OrganisationForm(forms.ModelForm):
    """What an organisation says of itself."""

    KINDS = (
        ("", _("À préciser")),
        ("association", _("Association")),
        ("cooperative", _("Coopérative")),
        ("company", _("Entreprise")),
        ("public", _("Collectivité ou service public")),
        ("school", _("École ou université")),
        ("council", _("Conseil citoyen")),
        ("group", _("Groupe d’habitants")),
        ("other", _("Autre")),
    )

    kind = forms.ChoiceField(label=_("Sa nature"), choices=KINDS, required=False)
    siret = forms.CharField(
        label=_("Son SIRET"),
        help_text=_("Quatorze chiffres, par exemple 732 829 320 00074. Sans SIRET, laissez vide."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "website", "siret")
        labels = {"name": _("Son nom"), "website": _("Son site")}
        field_classes = {"website": partial(forms.URLField, assume_scheme="https")}
        error_messages = {"name": {"required": _("Écrivez le nom de l’organisation.")}}

    def clean_siret(self) -> str:
        """Fourteen digits that exist, however they were spaced."""
        siret = "".join(self.cleaned_data["siret"].split())
        if siret:
            validate_siret(siret)
        return siret


class MemberForm(forms.Form):
    """Someone to add to an organisation."""

    name = forms.CharField(
        label=_("Son nom"),
        help_text=_("Comme cette personne le donne. Un prénom suffit."),
        max_length=120,
        error_messages={"required": _("Écrivez au moins un prénom.")},
    )
    address = forms.CharField(
        label=_("Son numéro de mobile ou son adresse e-mail"),
        help_text=_("Pour reconnaître cette personne si elle est déjà ici."),
        max_length=254,
        required=False,
    )
    role = forms.ChoiceField(
        label=_("Son rôle"), choices=Role.choices, initial=Role.MEMBER, widget=forms.RadioSelect
    )

    def clean_address(self) -> str:
        """What was typed, once it is known to be a number or address."""
        address: str = self.cleaned_data["address"]
        if address:
            read_address(address)
        return address


class RoleForm(forms.Form):
    """What a member does."""

    role = forms.ChoiceField(label=_("Son rôle"), choices=Role.choices, widget=forms.RadioSelect)
