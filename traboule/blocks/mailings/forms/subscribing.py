import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.people.channels import BY_MACHINE, ChannelKind, normalise, read_address
from traboule.ui.guard import Guarded

from ..models import How

MOST_LINES = 60
LONGEST_NAME = 120
_LETTERS = re.compile(r"[^\W\d_]")


class AskForm(Guarded, forms.Form):
    """Asking for the letter without an account."""

    name = forms.CharField(
        label=gettext_lazy("Votre prénom"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Écrivez votre prénom.")},
    )
    address = forms.CharField(
        label=gettext_lazy("Votre adresse e-mail, ou votre numéro de mobile"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Écrivez une adresse e-mail ou un numéro de mobile.")
        },
    )

    def clean_name(self) -> str:
        """A name, not an advertisement."""
        name = " ".join(self.cleaned_data["name"].split())
        if not _LETTERS.search(name) or "://" in name or "www." in name:
            raise ValidationError(_("Écrivez un prénom, avec des lettres."))
        return name

    def clean_address(self) -> tuple[str, str]:
        """The kind and exact form; what a machine can send a confirmation to."""
        kind, value = read_address(self.cleaned_data["address"])
        if kind not in BY_MACHINE:
            raise ValidationError(
                _("Pour un téléphone fixe, appelez-nous : nous notons votre demande.")
            )
        return kind, value


@dataclass
class Line:
    """One line of the sheet: who, how to reach them; or what is wrong with it."""

    number: int
    text: str
    name: str = ""
    kind: str = ""
    value: str = ""
    mistake: str = ""


class SheetForm(forms.Form):
    """The sheet of the stand, or a list, typed back: one person a line."""

    how = forms.ChoiceField(
        label=gettext_lazy("Comment ces personnes ont-elles dit oui ?"),
        choices=[(how.value, how.label) for how in (How.PAPER, How.PHONE, How.PROOF)],
        widget=forms.RadioSelect,
        initial=How.PAPER,
    )
    lines = forms.CharField(
        label=gettext_lazy("Recopiez la feuille, une personne par ligne"),
        help_text=gettext_lazy(
            "Prénom ; e-mail, téléphone ou adresse postale. Par exemple : "
            "Lina ; 06 12 34 56 78 – ou : Ali ; 3 rue du Lac, 38000 Grenoble"
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Recopiez au moins une ligne.")},
        max_length=10_000,
    )

    def clean_lines(self) -> str:
        """Something, and not more than one can check."""
        count = sum(1 for _line in _written(self.cleaned_data["lines"]))
        if count > MOST_LINES:
            raise ValidationError(_("Soixante lignes au plus à la fois : faites-le en deux fois."))
        return str(self.cleaned_data["lines"])

    def read(self) -> list[Line]:
        """Every line as it was understood."""
        return [_read(number, text) for number, text in _written(self.cleaned_data["lines"])]


def _written(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip(" ;\t"):
            yield number, " ".join(line.replace("\t", ";").split())


def _read(number: int, text: str) -> Line:
    name, _sign, how = (part.strip() for part in text.partition(";"))
    line = Line(number, text, name=name)
    if not _LETTERS.search(name) or len(name) > LONGEST_NAME:
        line.mistake = _("La ligne commence par un prénom, de 120 lettres au plus.")
    elif not how:
        line.mistake = _("Après le point-virgule : un e-mail, un téléphone ou une adresse postale.")
    else:
        try:
            line.kind, line.value = _reach(how)
        except ValidationError as error:
            line.mistake = error.messages[0]
    return line


def _reach(how: str) -> tuple[str, str]:
    """An e-mail, a telephone, or a postal address: words with a postal code of five digits."""
    if "@" not in how and re.search(r"\b\d{5}\b", how) and len(_LETTERS.findall(how)) > 5:
        lines = ";".join(part.strip() for part in how.split(",")).replace(";", "\n")
        return ChannelKind.POST, normalise(ChannelKind.POST, lines)[:300]
    return read_address(how)
