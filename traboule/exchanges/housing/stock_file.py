"""A landlord's file of homes, read line by line: a million lines take no more room than one.

Whatever its size, only one line is held at a time, and a mark for each reference already met.
Each line stands by itself: a quotation mark left open spoils one line, not the rest of the file.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import IO, Any

from django.utils.translation import gettext as _

from traboule.kernel.initiatives.exchange.decoding import NotTextError, text_of
from traboule.kernel.places.models import Commune, PriorityNeighbourhood
from traboule.kernel.places.names import fold

from .stock_columns import BY_NAME, COLUMNS, EMPTY, Column, WrongCellError

LONGEST_LINE = 20_000
MOST_COMMUNES = 50_000


class UnreadableError(Exception):
    """The file is no list of homes; the message says what to do."""


@dataclass
class Line:
    """What one line says: the fields of a home, or what is wrong with it, column by column."""

    number: int
    cells: list[str]
    reference: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    mistakes: list[tuple[str, str]] = field(default_factory=list)
    end: int = 0
    """How many bytes of the file were read with it."""


class StockFile:
    """The file, opened in binary: its columns, then its lines one by one.

    Raises UnreadableError when the first line names no columns, or not those that are needed.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        head = file.read(4096)
        try:
            text_of(head[: head.rfind(b"\n") + 1] or head)
        except NotTextError as error:
            raise UnreadableError(str(error)) from error
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableError(_("Enregistrez ce tableau en « CSV (UTF-8) », et renvoyez-le."))
        file.seek(0)
        first = _decoded(file.readline(LONGEST_LINE)).lstrip("\ufeff")
        self.delimiter = max(";\t,", key=first.count)
        self.heads = _cells(first, self.delimiter)
        self.columns = [BY_NAME.get(fold(head)) for head in self.heads]
        self._check_columns()
        # Most cells say what another line said: a rent, a floor, « oui ».
        self.readers = {one.field: lru_cache(4096)(one.read) for one in self.columns if one}
        self.places = _Places()
        self.seen: set[bytes] = set()

    def _check_columns(self) -> None:
        there = [column.field for column in self.columns if column]
        missing = [one.head for one in COLUMNS if one.required and one.field not in there]
        if missing:
            raise UnreadableError(
                _("Il manque des colonnes sur la première ligne : %(heads)s. Ajoutez-les, ou "
                  "repartez de notre modèle.") % {"heads": ", ".join(missing)}
            )  # fmt: skip
        twice = sorted({one.head for one in COLUMNS if there.count(one.field) > 1})
        if twice:
            raise UnreadableError(
                _("Ces colonnes sont là deux fois : %(heads)s. Gardez-en une.")
                % {"heads": ", ".join(twice)}
            )

    @property
    def fields(self) -> list[str]:
        """The fields that the file speaks of."""
        return [column.field for column in self.columns if column]

    @property
    def unknown(self) -> list[str]:
        """The columns that were not understood, and are left out."""
        pairs = zip(self.heads, self.columns, strict=True)
        return [head for head, column in pairs if head and not column]

    def lines(self) -> Iterator[Line]:
        """Every line that says something, right or wrong."""
        end = self.file.tell()
        number = 1
        while raw := self.file.readline(LONGEST_LINE):
            number += 1
            end += len(raw)
            if len(raw) == LONGEST_LINE:
                end += self._skip_to_the_end()
            if raw.strip(b" ;,\t\r\n"):
                line = self._line(number, raw)
                line.end = end
                yield line

    def _skip_to_the_end(self) -> int:
        """Leave out what is left of a line that never seems to end; how many bytes that was."""
        skipped = 0
        while part := self.file.readline(LONGEST_LINE):
            skipped += len(part)
            if part.endswith(b"\n"):
                break
        return skipped

    def _line(self, number: int, raw: bytes) -> Line:
        if len(raw) == LONGEST_LINE:
            return Line(number, [], mistakes=[("", _("Cette ligne est bien trop longue."))])
        text = _decoded(raw)
        try:
            line = Line(number, _cells(text, self.delimiter))
        except csv.Error:
            said = _("Un guillemet n’est pas fermé sur cette ligne.")
            return Line(number, [text.strip()], mistakes=[("", said)])
        if len(line.cells) > len(self.columns):
            said = _("Cette ligne a %(n)d cases de trop.")
            extra = len(line.cells) - len(self.columns)
            if any(line.cells[-extra:]):
                line.mistakes.append(("", said % {"n": extra}))
        cells = line.cells + [""] * (len(self.columns) - len(line.cells))
        for column, cell in zip(self.columns, cells, strict=False):
            if column:
                self._read(line, column, cell)
        self._know(line)
        return line

    def _read(self, line: Line, column: Column, cell: str) -> None:
        if not cell:
            if column.required:
                line.mistakes.append((column.head, _("Cette case est vide.")))
            line.values[column.field] = EMPTY.get(column.field, "")
            return
        try:
            line.values[column.field] = self.readers[column.field](cell)
        except WrongCellError as error:
            line.mistakes.append((column.head, str(error)))

    def _know(self, line: Line) -> None:
        """The reference, once in a file; the commune and the neighbourhood that are meant."""
        line.reference = line.values.get("reference", "")
        mark = blake2b(line.reference.encode(), digest_size=8).digest()
        if line.reference and mark in self.seen:
            said = _("Cette référence est déjà plus haut dans le fichier : gardez une seule ligne.")
            line.mistakes.append((_("Référence"), said))
        self.seen.add(mark)
        town = line.values.get("commune")
        if town and "postal_code" in line.values:
            line.values["commune"] = self.places.commune(town, line.values["postal_code"])
            if line.values["commune"] is None:
                said = _("Nous ne trouvons pas « %(town)s » avec ce code postal.")
                line.mistakes.append((_("Commune"), said % {"town": town[:60]}))
        if code := line.values.get("priority_neighbourhood"):
            line.values["priority_neighbourhood"] = self.places.neighbourhoods.get(code.upper())
            if line.values["priority_neighbourhood"] is None:
                said = _("Aucun quartier prioritaire n’a ce code : QN07401M, par exemple.")
                line.mistakes.append(("Code QPV", said))


class _Places:
    """The communes that the file names, each looked for once."""

    def __init__(self) -> None:
        self.communes: dict[tuple[str, str], str | None] = {}
        places = PriorityNeighbourhood.objects.order_by("code")
        self.neighbourhoods = dict(places.values_list("code", "pk"))

    def commune(self, town: str, postal_code: str) -> str | None:
        """The code of the commune meant, by its INSEE code, or its name and its postal code."""
        key = (town, postal_code)
        if key not in self.communes:
            if len(self.communes) >= MOST_COMMUNES:
                self.communes.clear()
            self.communes[key] = self._looked_for(town, postal_code)
        return self.communes[key]

    def _looked_for(self, town: str, postal_code: str) -> str | None:
        if re.fullmatch(r"\d{5}|2[AB]\d{3}", town.upper()):
            found = Commune.objects.filter(code=town.upper())
        else:
            name = re.sub(r"(?i)\s+cedex.*", "", town)
            found = Commune.objects.filter(
                search_name=fold(name), department__in=_departments(postal_code)
            )
        codes = list(found.order_by("-population").values_list("code", flat=True)[:2])
        if len(codes) > 1:
            posted = found.filter(postal_codes__code=postal_code)
            codes = list(posted.order_by("-population").values_list("code", flat=True)[:2])
        return codes[0] if len(codes) == 1 else None


def _departments(postal_code: str) -> list[str]:
    """Those in which a postal code may be."""
    if postal_code.startswith("20"):
        return ["2A", "2B"]
    return [postal_code[:3] if postal_code >= "97" else postal_code[:2]]


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\0", "")


def _cells(text: str, delimiter: str) -> list[str]:
    """The cells of one line. Raises csv.Error when a quotation mark stays open."""
    row = next(csv.reader(io.StringIO(text.strip("\r\n")), delimiter=delimiter, strict=True), [])
    return [" ".join(cell.split()).removeprefix("'") for cell in row]
