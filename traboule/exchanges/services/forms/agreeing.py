"""What a contract asks of both, signing it, hours done."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.forms import FilesField
from traboule.kernel.files.models import Kind as FileKind

from ..kinds import Kind
from ..models import Contract, Ending, PaidBy, Reason, Side, Term
from ..models.household import Household
from ..models.worker import check_nir
from .asking import TOO_LONG, PriceField

HOUSEHOLD = ("cesu_number",)
WORKER = ("nir", "worker_address", "birthplace")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, by the phone's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class DaysField(forms.CharField):
    """Days, one a line; the cleaned value is a list of ISO dates, as JSON keeps them."""

    def to_python(self, value: Any) -> Any:
        """Each line is a day. Raises ValidationError, with the line that is not one."""
        text = super().to_python(value) or ""
        return [self._day(line.strip()).isoformat() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """As people write them."""
        if not isinstance(value, list):
            return value
        return "\n".join(f"{datetime.date.fromisoformat(one):%d/%m/%Y}" for one in value)

    def _day(self, line: str) -> datetime.date:
        try:
            day = forms.DateField(input_formats=["%d/%m/%Y"]).to_python(line)
        except forms.ValidationError:
            day = None
        if day is None or day > timezone.localdate():
            raise forms.ValidationError(
                gettext("« %(line)s » n’est pas une date passée, comme 14/03/2021.")
                % {"line": line}
            )
        return day


class ContractForm(forms.Form):
    """All that a contract says, with what is known already."""

    begins_on = day_field(_("Premier jour"))
    term = forms.ChoiceField(
        label=_("Jusqu’à quand ?"), choices=Term.choices, widget=forms.RadioSelect
    )
    ends_on = day_field(_("Dernier jour, s’il y en a un"), required=False)
    reason = forms.ChoiceField(
        label=_("S’il y a une fin, pourquoi ?"), required=False,
        choices=[("", "—"), *Reason.choices],
    )  # fmt: skip
    replaces = forms.CharField(
        label=_("Qui est remplacé, si quelqu’un l’est"), required=False, max_length=120
    )
    in_school_holidays = forms.BooleanField(
        label=_("La personne est élève ou étudiante, et travaille pendant ses vacances"),
        help_text=_("Un contrat qui a une fin ajoute un dixième du salaire, avec la dernière paie. "
                    "Pas pendant ces vacances."),
        required=False,
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label=_("Combien de temps, par semaine ou en tout"),
        coerce=int,
        choices=[(30 * n, f"{n // 2} h{' 30' if n % 2 else ''}" if n > 1 else "30 min")
                 for n in (*range(1, 17), *range(18, 81, 2))],
    )  # fmt: skip
    when_words = forms.CharField(
        label=_("Quels jours, à quelles heures"),
        help_text=_("Par exemple : le mardi de 14 h à 16 h."),
        max_length=200,
        error_messages={"required": _("Dites quels jours et à quelles heures.")},
    )
    place = forms.CharField(
        label=_("Adresse où l’on travaille"),
        max_length=200,
        error_messages={"required": _("Écrivez l’adresse : elle n’est montrée qu’à vous deux.")},
    )
    net_hourly = PriceField(label=_("Pour une heure, net, en euros"))
    paid_by = forms.ChoiceField(
        label=_("Comment payer"), choices=PaidBy.choices, widget=forms.RadioSelect
    )
    pays_on = forms.IntegerField(label=_("Quel jour du mois"), min_value=1, max_value=28, initial=5)
    job = forms.CharField(label=_("Emploi"), max_length=120)
    post = forms.ChoiceField(
        label=_("Emploi de la convention"),
        help_text=_("Il donne le salaire minimum. En cas de doute, demandez à l’équipe."),
        widget=forms.RadioSelect,
    )
    trial_days = forms.IntegerField(
        label=_("Jours d’essai"), min_value=0, max_value=30, initial=0, required=False
    )
    weekly_rest = forms.CharField(label=_("Jour de repos"), max_length=60)
    holidays_worked = forms.CharField(
        label=_("Jours fériés travaillés"), max_length=120, required=False
    )
    benefits = forms.CharField(label=_("Repas, avantages"), max_length=200, required=False)
    per_km = forms.DecimalField(
        label=_("Euros pour un kilomètre, si l’on fait de la route"),
        min_value=0, max_value=2, max_digits=3, decimal_places=2, required=False, localize=True,
    )  # fmt: skip
    children_born_on = DaysField(
        label=_("Dates de naissance des enfants gardés"),
        help_text=_("Une par ligne, comme 14/03/2021. Pajemploi les demande."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Pajemploi demande la date de naissance des enfants.")},
    )
    uses_vehicle = forms.BooleanField(
        label=_("Avec sa voiture : l’attestation d’assurance a été montrée"), required=False
    )
    cesu_number = forms.CharField(
        label=_("Numéro Cesu de l’employeur"),
        help_text=_("Z et treize chiffres. Il s’obtient en s’inscrivant au Cesu ; il peut venir "
                    "plus tard."),
        required=False,
        max_length=14,
        validators=Household._meta.get_field("cesu_number").validators,
    )  # fmt: skip
    nir = forms.CharField(
        label=_("Numéro de sécurité sociale de la personne employée"),
        help_text=_("Quinze signes, sur la carte Vitale. Seuls vous, elle et l’équipe le lisent."),
        required=False,
        max_length=21,
    )
    worker_address = forms.CharField(
        label=_("Adresse de la personne employée"), max_length=200, required=False
    )
    birthplace = forms.CharField(
        label=_("Commune de naissance de la personne employée"), max_length=100, required=False
    )

    def __init__(
        self, *args: Any, ways: list[str], kind: Kind, sides: list[Side], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [one for one in PaidBy.choices if one[0] in ways]
        self.fields["paid_by"].choices = choices  # type: ignore[attr-defined]
        self.levels = {one.name: one.level for one in kind.posts}
        said = gettext("%(name)s (niveau %(level)s) : %(words)s")
        posts = [(one.name, said % vars(one)) for one in kind.posts]
        self.fields["post"].choices = posts  # type: ignore[attr-defined]
        if kind.filing != "pajemploi":
            del self.fields["children_born_on"]
        for side, names in ((Side.HOUSEHOLD, HOUSEHOLD), (Side.WORKER, WORKER)):
            for name in names if side not in sides else ():
                del self.fields[name]

    def clean_nir(self) -> str:
        """Fifteen signs, without the spaces of the card."""
        nir = "".join(self.cleaned_data["nir"].split()).upper()
        if nir:
            check_nir(nir)
        return nir

    def clean(self) -> dict[str, Any]:
        """An end has its day and its reason."""
        given = super().clean() or {}
        given["trial_days"] = given.get("trial_days") or 0
        given["per_km"] = given.get("per_km") or 0
        if given.get("term") == Term.FIXED:
            if not given.get("ends_on"):
                self.add_error("ends_on", gettext("Choisissez le dernier jour."))
            if not given.get("reason"):
                self.add_error("reason", gettext("Dites pourquoi ce contrat a une fin."))
        if given.get("reason") == Reason.REPLACEMENT and not given.get("replaces"):
            self.add_error("replaces", gettext("Écrivez qui est remplacé."))
        return given

    def given(self) -> dict[str, Any]:
        """What ``actions.contracts.prepare`` takes."""
        values = self.cleaned_data | {"level": self.levels[self.cleaned_data["post"]]}
        own = {"address": values["place"]} if "cesu_number" in self.fields else {}
        return {
            "of_household": own | {name: values.pop(name, "") for name in HOUSEHOLD},
            "of_worker": {name.removeprefix("worker_"): values.pop(name, "") for name in WORKER},
            **values,
        }


def known(contract: Contract) -> dict[str, Any]:
    """What a form shows of a contract."""
    fields = {name: getattr(contract, name) for name in ContractForm.base_fields
              if hasattr(contract, name)}  # fmt: skip
    return fields | {
        "cesu_number": contract.household.cesu_number,
        "nir": contract.worker.nir,
        "worker_address": contract.worker.address,
        "birthplace": contract.worker.birthplace,
    }


class CodeForm(forms.Form):
    """The six digits received."""

    digits = forms.RegexField(
        r"^\s*(\d\s*){6}$",
        label=_("Les six chiffres reçus"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"invalid": _("Écrivez les six chiffres du message."),
                        "required": _("Écrivez les six chiffres du message.")},
    )  # fmt: skip

    def clean_digits(self) -> str:
        """Without spaces."""
        return "".join(self.cleaned_data["digits"].split())


class PaperForm(forms.Form):
    """The photo of the sheet that was signed."""

    side = forms.ChoiceField(
        label=_("Qui a signé ?"), choices=Side.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Dites qui a signé.")},
    )  # fmt: skip
    paper = FilesField(
        label=_("La photo de la page signée"), kinds=(FileKind.PICTURE, FileKind.PAPER), most=1
    )

    def __init__(self, *args: Any, sides: list[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(side.value, side.label) for side in sides]
        self.fields["side"].choices = choices  # type: ignore[attr-defined]


class LateForm(forms.Form):
    """Why a contract is signed after its first day."""

    because = forms.CharField(
        label=_("Pourquoi le contrat est signé après le premier jour"),
        max_length=200,
        error_messages={"required": _("Dites pourquoi, en quelques mots.")},
    )


class AmendForm(forms.Form):
    """What changes, and from when."""

    begins_on = day_field(_("À partir de quel jour"))
    net_hourly = PriceField(label=_("Pour une heure, net, en euros"))
    minutes = forms.TypedChoiceField(
        label=_("Combien de temps, par semaine ou en tout"), coerce=int,
        choices=ContractForm.base_fields["minutes"].choices,  # type: ignore[attr-defined]
    )  # fmt: skip
    when_words = forms.CharField(label=_("Quels jours, à quelles heures"), max_length=200)
    ends_on = day_field(_("Dernier jour, s’il y en a un"), required=False)

    def clean_begins_on(self) -> datetime.date:
        """What is past does not change."""
        day: datetime.date = self.cleaned_data["begins_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(gettext("Ce jour est passé. Choisissez-en un autre."))
        return day


class EndForm(forms.Form):
    """Why and when a contract ends."""

    ending = forms.ChoiceField(
        label=_("Pourquoi ?"), widget=forms.RadioSelect,
        choices=[one for one in Ending.choices if one[0] not in (Ending.TERM, Ending.AMENDED)],
        error_messages={"required": _("Choisissez une raison.")},
    )  # fmt: skip
    on = day_field(_("Dernier jour travaillé"))
    told_on = day_field(_("Si c’est l’employeur : le jour où il a remis la lettre"), required=False)

    def clean(self) -> dict[str, Any]:
        """A household that dismisses has told it in writing."""
        given = super().clean() or {}
        told_on, on = given.get("told_on"), given.get("on")
        if given.get("ending") != Ending.DISMISSED:
            given["told_on"] = None
        elif told_on is None:
            self.add_error("told_on", gettext("Écrivez le jour où la lettre a été remise."))
        elif on and told_on > on:
            self.add_error("told_on", gettext("La lettre vient avant le dernier jour."))
        return given


class HoursForm(forms.Form):
    """Hours of a day."""

    day = day_field(_("Quel jour"))
    begins = forms.TimeField(
        label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    pause = forms.IntegerField(
        label=_("Pause, en minutes"), min_value=0, max_value=240, initial=0, required=False
    )
    kilometres = forms.IntegerField(
        label=_("Kilomètres faits pour l’employeur"), min_value=0, max_value=300, initial=0,
        required=False,
    )  # fmt: skip
    words = forms.CharField(
        label=_("Un mot, si vous voulez"), max_length=200, required=False,
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """What ``actions.works.enter`` takes; an end before its beginning is the next day."""
        said = self.cleaned_data
        begun = _moment(said["day"], said["begins"])
        ended = _moment(said["day"], said["ends"])
        if ended <= begun:
            ended = _moment(said["day"] + datetime.timedelta(days=1), said["ends"])
        return {
            "begun_at": begun,
            "ended_at": ended,
            "pause": said["pause"] or 0,
            "kilometres": said["kilometres"] or 0,
            "words": said["words"],
        }


class ObjectionForm(forms.Form):
    """What is wrong with hours."""

    words = forms.CharField(
        label=_("Qu’est-ce qui n’est pas juste ?"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Dites en quelques mots ce qui n’est pas juste."),
                        "max_length": TOO_LONG},
    )  # fmt: skip


class SettleForm(forms.Form):
    """What the team decides of hours in discussion."""

    minutes = forms.IntegerField(
        label=_("Minutes à payer"), help_text=_("Zéro si rien n’est dû."), min_value=0,
        max_value=16 * 60,
    )  # fmt: skip
    words = forms.CharField(
        label=_("Ce qui est convenu, en quelques mots"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Écrivez ce qui est convenu : les deux le lisent.")},
    )  # fmt: skip


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time))
