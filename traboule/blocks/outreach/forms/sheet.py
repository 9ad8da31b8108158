"""A call sheet or a walk list that comes back on paper, typed in: a code and a letter a line."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.spaces.models import Space

from ..models import Contact, ExchangeKind, Outcome
from ..models.exchange import LETTER_OF
from ..sensitive import found_in

MOST_LINES = 100
_LINE = re.compile(r"\W*(?P<code>[a-z0-9]{5})\W+(?P<letter>[a-z])\b[\s;,:.-]*(?P<note>.*)", re.I)


@dataclass
class Typed:
    """One line: of whom, what it gave; or what is wrong with it."""

    number: int
    text: str
    contact: Contact | None = None
    outcome: str = ""
    note: str = ""
    mistake: str = ""

    @property
    def said(self) -> str:
        """What it gave, in words."""
        return str(Outcome(self.outcome).label) if self.outcome else ""


class SheetForm(forms.Form):
    """The whole sheet."""

    kind = forms.ChoiceField(
        label=gettext_lazy("C’était une feuille…"),
        choices=[
            (ExchangeKind.CALL.value, gettext_lazy("d’appels")),
            (ExchangeKind.VISIT.value, gettext_lazy("de visites")),
        ],
        widget=forms.RadioSelect,
        initial=ExchangeKind.CALL.value,
    )
    lines = forms.CharField(
        label=gettext_lazy("Recopiez les lignes cochées"),
        help_text=gettext_lazy("Le code, la lettre de la case cochée, puis la note s’il y en a "
                               "une. "
                               "Par exemple : 4F7KQ P cherche un local"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": gettext_lazy("Recopiez au moins une ligne.")},
    )  # fmt: skip
    sheet = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_lines(self) -> str:
        """Refuse too much at once."""
        text: str = self.cleaned_data["lines"]
        if len(text.splitlines()) > MOST_LINES:
            raise forms.ValidationError(_("Cent lignes au plus à la fois."))
        return text

    def read(self, space: Space) -> list[Typed]:
        """What each line says; a code typed twice is asked about."""
        typed = list(_read(self.cleaned_data["lines"]))
        wanted = [_code(one.text) for one in typed]
        files = Contact.objects.live().filter(space=space, code__in=wanted).select_related("person")
        known = {one.code: one for one in files}
        seen: set[str] = set()
        for one in typed:
            _understand(one, known, seen)
        return typed


def _read(text: str) -> Iterator[Typed]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip(" ;\t"):
            yield Typed(number, " ".join(line.split()))


def _code(text: str) -> str:
    found = _LINE.fullmatch(text)
    return found["code"].upper() if found else ""


def _understand(one: Typed, known: dict[str, Contact], seen: set[str]) -> None:
    found = _LINE.fullmatch(one.text)
    if not found:
        one.mistake = _("Écrivez le code, puis une lettre : 4F7KQ P")
        return
    code, letter = found["code"].upper(), found["letter"].upper()
    one.contact, one.note = known.get(code), found["note"][:500]
    if one.contact is None:
        one.mistake = _("Aucun contact n’a le code %(code)s.") % {"code": code}
    elif letter not in LETTER_OF:
        one.mistake = _("La lettre est P, A, M, R, F ou N.")
    elif code in seen:
        one.mistake = _("Ce code est déjà plus haut.")
    elif what := found_in(one.note):
        one.mistake = _("La note semble parler de : %(what)s. Enlevez-le.") % {
            "what": ", ".join(what)
        }
    else:
        one.outcome = LETTER_OF[letter]
    seen.add(code)


def as_text(lines: list[Typed]) -> str:
    """The same lines, to be corrected."""
    return "\n".join(one.text for one in lines)


def initial_for(kind: str) -> dict[str, Any]:
    """A new sheet of that kind."""
    return {"kind": kind if kind in {ExchangeKind.CALL, ExchangeKind.VISIT} else ExchangeKind.CALL}
