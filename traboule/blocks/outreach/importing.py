"""A list of contacts as people keep it in a spreadsheet: read line by line, forgivingly."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from traboule.engines.french import fold
from traboule.kernel.initiatives.exchange.decoding import NotTextError, text_of
from traboule.kernel.people.channels import PHONES, ChannelKind, read_address
from traboule.kernel.people.models import Gender
from traboule.kernel.places.models import Commune, PriorityNeighbourhood

from .finding import Found, Index, Known, same_word
from .models import Need, Stage
from .suppressing import place_of, refused

MOST_LINES = 2000
COLUMNS = {
    "name": ("nom complet", "contact", "nom et prenom", "prenom et nom", "nom prenom"),
    "first": ("prenom",),
    "last": ("nom", "nom de famille"),
    "phone": ("telephone", "tel", "fixe", "telephone fixe", "numero de telephone"),
    "mobile": ("mobile", "portable", "telephone mobile", "telephone portable", "gsm"),
    "email": ("e mail", "email", "mail", "courriel", "adresse e mail", "adresse mail"),
    "address": ("adresse", "adresse postale", "rue", "voie"),
    "number": ("numero", "n", "no", "numero de rue"),
    "entrance": ("batiment", "entree", "complement", "complement d adresse", "allee", "etage"),
    "postal_code": ("code postal", "cp"),
    "town": ("ville", "commune"),
    "neighbourhood": ("quartier", "qpv", "quartier prioritaire"),
    "organisation": ("entreprise", "societe", "raison sociale", "enseigne", "structure"),
    "activity": ("activite", "idee", "projet", "metier"),
    "siret": ("siret",),
    "stage": ("etape", "stade", "avancement"),
    "needs": ("besoin", "besoins", "attentes"),
    "gender": ("genre", "civilite", "sexe"),
}
"""Each field, and how its column may be called once accents and capitals are gone."""

_BY_NAME = {alias: key for key, aliases in COLUMNS.items() for alias in aliases}
HEADS = (
    "Prénom", "Nom", "Mobile", "Téléphone", "E-mail", "Adresse", "Bâtiment", "Code postal",
    "Ville", "Quartier", "Entreprise", "Activité", "Étape", "Besoins", "Genre",
)  # fmt: skip
"""The columns of the model that we give."""

_GENDERS = {
    **dict.fromkeys(("f", "femme", "mme", "madame", "mlle"), Gender.WOMAN),
    **dict.fromkeys(("h", "m", "homme", "mr", "monsieur"), Gender.MAN),
    **dict.fromkeys(("autre", "x"), Gender.OTHER),
}
_OUTSIDE = {"non", "hors", "hors qpv", "hors quartier", "aucun", "n"}
_STREET = re.compile(r"(?P<number>\d+\s*(?:bis|ter|quater|[a-dA-D])?)\b[\s,]+(?P<street>.+)")


class UnreadableError(Exception):
    """The file is no list of contacts; the message says what to do."""


class Fate(StrEnum):
    """What importing would do with a line."""

    NEW = "new"
    MERGED = "merged"
    SKIPPED = "skipped"
    WRONG = "wrong"


@dataclass
class Line:
    """One line of the file: whom it speaks of, what is wrong with it, what would become of it."""

    line: int
    name: str = ""
    addresses: list[str] = field(default_factory=list)
    number: str = ""
    street: str = ""
    entrance: str = ""
    postal_code: str = ""
    commune: Commune | None = None
    neighbourhood: PriorityNeighbourhood | None = None
    is_outside: bool = False
    organisation: str = ""
    activity: str = ""
    siret: str = ""
    gender: str = ""
    stage: Stage | None = None
    needs: list[Need] = field(default_factory=list)
    mistakes: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    fate: Fate = Fate.NEW
    same_as: str = ""

    def fields(self) -> dict[str, Any]:
        """What the file of the contact takes from the line."""
        return {
            key: getattr(self, key)
            for key in ("number", "street", "entrance", "postal_code", "commune", "organisation",
                        "activity", "siret", "gender", "stage", "neighbourhood")
        }  # fmt: skip


@dataclass
class Reading:
    """The whole file, understood."""

    lines: list[Line]
    unknown: list[str]
    """Columns that were not understood, and are left out."""

    @property
    def counts(self) -> dict[str, int]:
        """How many lines have each fate."""
        counted = Counter(line.fate for line in self.lines)
        return {fate.value: counted[fate] for fate in Fate}


def text_of_file(content: bytes) -> str:
    """The text of what was sent, whatever its encoding. Raises UnreadableError."""
    try:
        return text_of(content)[0]
    except NotTextError as error:
        raise UnreadableError(str(error)) from error


def read(text: str, index: Index) -> Reading:
    """Every line that says something. Raises UnreadableError for what is no list."""
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    heads = next((row for row in rows if any(cell.strip() for cell in row)), [])
    keys = [_BY_NAME.get(_plain(head), "") for head in heads]
    if not {"name", "first", "last"} & set(keys):
        raise UnreadableError(
            _("Nous n’avons pas trouvé de colonne « Nom » ou « Prénom » sur la première ligne. "
              "Ajoutez-la, ou repartez de notre modèle.")
        )  # fmt: skip
    if len(rows) > MOST_LINES + 1:
        raise UnreadableError(
            _("Deux mille lignes au plus à la fois : coupez le fichier en plusieurs.")
        )
    reader = _Reader(index)
    first = rows.index(heads)
    lines = [
        reader.line(number, dict(zip(keys, row, strict=False)))
        for number, row in enumerate(rows[first + 1 :], start=first + 2)
        if any(cell.strip() for cell in row)
    ]
    if not lines:
        raise UnreadableError(_("Ce fichier n’a pas de contact sous la ligne des titres."))
    unknown = [head for head, key in zip(heads, keys, strict=True) if head.strip() and not key]
    return Reading(lines, unknown)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def _delimiter(text: str) -> str:
    """What separates the columns of the first line that says something."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(";\t,", key=first.count)


class _Reader:
    """Reads lines, one after the other; each knows those before."""

    def __init__(self, index: Index) -> None:
        self.index, self.space = index, index.space
        self.stages = list(self.space.outreach_stages.all())
        self.needs = list(self.space.outreach_needs.all())
        self.places = list(PriorityNeighbourhood.objects.defer("geometry").order_by("code"))
        self.communes: dict[str, Commune | None] = {}
        self.seen = Found()

    def line(self, number: int, cells: dict[str, str]) -> Line:
        """What one line says."""
        given = {key: " ".join(value.split()) for key, value in cells.items() if key}
        found = Line(number, name=_name(given))
        if not re.search(r"[^\W\d_]", found.name) or len(found.name) > 120:
            found.mistakes.append((_("nom"), _("Écrivez un nom ou un prénom.")))
        self._addresses(found, given)
        self._place(found, given)
        self._project(found, given)
        self._fate(found)
        return found

    def _addresses(self, found: Line, given: dict[str, str]) -> None:
        for key, kinds in (("mobile", PHONES), ("phone", PHONES), ("email", (ChannelKind.EMAIL,))):
            text = given.get(key, "")
            if not text:
                continue
            try:
                kind, value = read_address(text if key != "email" or "@" in text else f"{text}@")
            except ValidationError as error:
                label = _("e-mail") if key == "email" else _("téléphone")
                found.mistakes.append((label, f"{text} – {error.messages[0]}"))
                continue
            if kind in kinds and value not in found.addresses:
                found.addresses.append(value)

    def _place(self, found: Line, given: dict[str, str]) -> None:
        found.number, found.street = split_street(given.get("number", ""), given.get("address", ""))
        found.entrance = given.get("entrance", "")[:80]
        code = re.sub(r"\D", "", given.get("postal_code", ""))
        found.postal_code = code.zfill(5)[:5] if code else ""
        found.commune = self._commune(given.get("town", ""), found.postal_code)
        self._neighbourhood(found, given.get("neighbourhood", ""))

    def _commune(self, town: str, postal_code: str) -> Commune | None:
        text = f"{postal_code} {town}".strip() if town else postal_code
        if text and text not in self.communes:
            self.communes[text] = Commune.objects.from_text(text)[0]
        return self.communes.get(text)

    def _neighbourhood(self, found: Line, text: str) -> None:
        if not text:
            return
        wanted = _plain(text)
        if wanted in _OUTSIDE:
            found.is_outside = True
            return
        named = [p for p in self.places if _plain(p.name) == wanted or _plain(p.code) == wanted]
        near = [p for p in named if found.commune and p.commune_id == found.commune.pk]
        chosen = near or named
        if chosen:
            found.neighbourhood = chosen[-1]
        else:
            found.remarks.append(
                _("Aucun quartier prioritaire ne s’appelle « %(name)s » : l’adresse le dira.")
                % {"name": text}
            )

    def _project(self, found: Line, given: dict[str, str]) -> None:
        found.organisation = given.get("organisation", "")[:120]
        found.activity = given.get("activity", "")[:160]
        found.gender = _GENDERS.get(_plain(given.get("gender", "")), "")
        siret = re.sub(r"\D", "", given.get("siret", ""))
        if siret and len(siret) != 14:
            found.mistakes.append((_("SIRET"), _("Un SIRET compte quatorze chiffres.")))
        found.siret = siret if len(siret) == 14 else ""
        if stage := given.get("stage", ""):
            found.stage = next((one for one in self.stages if same_word(one.label, stage)), None)
            if found.stage is None:
                found.remarks.append(
                    _("L’étape « %(name)s » n’est pas de votre liste : elle reste vide.")
                    % {"name": stage}
                )
        for text in filter(None, map(str.strip, re.split(r"[,;/|]", given.get("needs", "")))):
            need = next((one for one in self.needs if same_word(one.label, text)), None)
            if need:
                found.needs.append(need)
            else:
                found.remarks.append(
                    _("Le besoin « %(name)s » n’est pas de votre liste.") % {"name": text}
                )

    def _fate(self, found: Line) -> None:
        place = place_of(found.name, found.number, found.street)
        where = (found.name, found.addresses, found.number, found.street)
        known = self.index.match(*where) or self.seen.match(*where)
        if found.mistakes:
            found.fate = Fate.WRONG
        elif (known and known.has_said_no) or refused(self.space, [*found.addresses, place]):
            found.fate = Fate.SKIPPED
            found.remarks.append(_("Cette personne a demandé à ne plus être contactée."))
        elif known:
            found.fate, found.same_as = Fate.MERGED, known.name
        elif shared := self.index.sharing(found.addresses):
            found.remarks.append(
                _("Même numéro ou même adresse que %(names)s : vérifiez.")
                % {"names": ", ".join(shared)}
            )
        if found.fate == Fate.NEW:
            self.seen.add(Known(0, found.name), found.addresses, found.number, found.street)


def _name(given: dict[str, str]) -> str:
    both = f"{given.get('first', '')} {given.get('last', '')}".strip()
    return given.get("name", "") or both


def split_street(number: str, address: str) -> tuple[str, str]:
    """« 12 bis, rue des Bauges » as its number and its street.

    >>> split_street("", "12 bis, rue des Bauges")
    ('12 bis', 'rue des Bauges')
    """
    if number or not (found := _STREET.fullmatch(address)):
        return number[:12], address[:160]
    return found["number"][:12], found["street"][:160]


def rows_of_model() -> Iterator[list[str]]:
    """The model to fill in: its columns, and an example."""
    yield list(HEADS)
    yield [
        "Lina", "Haddad", "06 12 34 56 78", "", "lina@exemple.fr", "12 rue des Bauges", "Entrée B",
        "73100", "Aix-les-Bains", "", "", "Traiteur à domicile", "Idée", "Site internet", "F",
    ]  # fmt: skip
