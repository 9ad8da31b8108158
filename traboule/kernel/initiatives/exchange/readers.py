"""Files that somebody gives us, as sheets; each mistake told by its line and its column."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from ..mistakes import Mistake, explain
from ..sheet import Sheet
from .cells import ALL_COLUMNS, REQUIRED, from_cells
from .decoding import NotTextError, text_of
from .sheets import COMPUTED
from .writers import csv_lines, dumps

REASONS = "a_corriger"
"""The column, or field, that a returned file adds: why this one was not taken."""

_LEFT_ASIDE = {*COMPUTED, REASONS}
_SEPARATORS = ",;\t"
csv.field_size_limit(10_000_000)


class UnreadableError(Exception):
    """The file as a whole cannot be read: none of its lines was."""


@dataclass
class Row:
    """One sheet of the file: where it stands, what was written, and what became of it."""

    line: int
    raw: Any
    sheet: Sheet | None
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return self.sheet is not None and not self.mistakes


@dataclass
class Reading:
    """What a file says, line by line."""

    name: str
    rows: list[Row]
    remarks: list[str]
    header: list[str] | None = None
    """The columns as they stand in the file; none for JSON."""

    @property
    def sheets(self) -> list[Sheet]:
        return [row.sheet for row in self.rows if row.sheet is not None and not row.mistakes]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if not row.is_right]

    def blame(self, row: Row, field_name: str, message: str) -> None:
        """Note one more mistake of a row."""
        row.mistakes.append(Mistake(self.name, row.line, field_name, message))

    def wrong_part(self) -> tuple[str, str]:
        """The wrong rows as a file of the same kind, with reasons: its ending and its text."""
        reasons = [" ; ".join(_reason(mistake) for mistake in row.mistakes) for row in self.wrong]
        if self.header is not None:
            rows = [[*row.raw, why] for row, why in zip(self.wrong, reasons, strict=True)]
            return ".csv", "\ufeff" + csv_lines([[*self.header, REASONS], *rows])
        items = [_with(row.raw, why) for row, why in zip(self.wrong, reasons, strict=True)]
        return ".json", dumps({"count": len(items), "initiatives": items})


def read(name: str, content: bytes) -> Reading:
    """Read a CSV, JSON or GeoJSON file of sheets. Raises UnreadableError with what to do."""
    try:
        text, remarks = text_of(content)
    except NotTextError as error:
        raise UnreadableError(str(error)) from None
    if not text.strip():
        raise UnreadableError(
            _("Ce fichier est vide. Choisissez un fichier qui contient des fiches.")
        )
    reading = (_read_json if text.lstrip()[0] in "{[" else _read_csv)(name, text, remarks)
    if not reading.rows:
        raise UnreadableError(_("Ce fichier ne contient aucune fiche."))
    _refuse_repeated(reading)
    return reading


# CSV


def _read_csv(name: str, text: str, remarks: list[str]) -> Reading:
    lines = text.splitlines(keepends=True) if "\n" not in text else _lines(text)
    first = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    numbered = _numbered(lines, separator)
    _line, header = next(numbered)
    header = [column.strip() for column in header]
    while header and not header[-1]:
        header.pop()
    _check_header(header)
    rows = [_csv_row(name, line, cells, header) for line, cells in numbered]
    return Reading(name, rows, remarks, header)


def _lines(text: str) -> list[str]:
    """Lines as csv wants them: only ``\\n`` ends one."""
    return [line + "\n" for line in text.split("\n")]


def _numbered(lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that holds something, with the line where it begins."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise UnreadableError(
            _(
                "Ligne %(line)d : un guillemet est ouvert et n’est pas refermé comme il faut. "
                "Dans une cellule entre guillemets, chaque guillemet s’écrit deux fois."
            )
            % {"line": begins}
        ) from None


def _check_header(header: list[str]) -> None:
    missing = [column for column in REQUIRED if column not in header]
    unknown = [c for c in header if c not in ALL_COLUMNS and c not in _LEFT_ASIDE]
    repeated = sorted({c for c in header if c and header.count(c) > 1})
    if len(missing) == len(REQUIRED):
        raise UnreadableError(
            _("La première ligne de ce fichier doit donner les noms des colonnes : %(names)s…")
            % {"names": ", ".join(REQUIRED)}
        )
    told = [_unknown(column) for column in unknown]
    told += [_("La colonne « %s » figure deux fois : gardez-en une.") % c for c in repeated]
    lacking = _("Il manque la colonne « %s » : ajoutez-la à la première ligne.")
    told += [lacking % column for column in missing]
    if told:
        raise UnreadableError(" ".join(told))


def _unknown(column: str) -> str:
    if not column:
        return _("Une colonne n’a pas de nom : donnez-lui-en un, ou supprimez-la.")
    near = get_close_matches(column, ALL_COLUMNS, n=1)
    if near:
        return _(
            "La colonne « %(column)s » n’existe pas : écrivez « %(near)s », ou supprimez-la."
        ) % {"column": column, "near": near[0]}
    return _("La colonne « %(column)s » n’existe pas : supprimez-la, ou corrigez son nom.") % {
        "column": column
    }


def _csv_row(name: str, line: int, cells: list[str], header: list[str]) -> Row:
    kept, beyond = cells[: len(header)], cells[len(header) :]
    kept += [""] * (len(header) - len(kept))
    by_column = {c: cell for c, cell in zip(header, kept, strict=True) if c != REASONS}
    row = _row(name, line, kept, from_cells(by_column))
    if any(cell.strip() for cell in beyond):
        row.mistakes.append(
            Mistake(
                name,
                line,
                "",
                _(
                    "cette ligne a %(cells)d cellules pour %(columns)d colonnes : "
                    "il manque sans doute des guillemets autour d’un texte"
                )
                % {"cells": len(cells), "columns": len(header)},
            )
        )
    return row


# JSON


def _read_json(name: str, text: str, remarks: list[str]) -> Reading:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            _("Ligne %(line)d, caractère %(column)d : ce n’est pas du JSON correct.")
            % {"line": error.lineno, "column": error.colno}
        ) from None
    except RecursionError:
        raise UnreadableError(_("Ce JSON est emboîté trop profondément.")) from None
    lists = [whole] if isinstance(whole, list) else [
        whole[key] for key in ("initiatives", "features") if isinstance(whole.get(key), list)
    ]  # fmt: skip
    if not lists:
        raise UnreadableError(
            _("Ce JSON doit contenir une liste « initiatives » (ou « features » en GeoJSON).")
        )
    items = lists[0]
    positions = _item_lines(text, items)
    rows = [_json_row(name, line, item) for line, item in zip(positions, items, strict=True)]
    return Reading(name, rows, remarks)


def _item_lines(text: str, items: list[Any]) -> list[int]:
    """The line where each item of the list begins; the file was already read once."""
    decoder, space = json.JSONDecoder(), re.compile(r"[\s,]*")
    opening = re.search(r'^\s*\[|"(initiatives|features)"\s*:\s*\[', text)
    if opening is None:
        return [1] * len(items)
    position, line, counted, lines = opening.end(), 1, 0, []
    for _item in items:
        position = space.match(text, position).end()  # type: ignore[union-attr]
        line += text.count("\n", counted, position)
        counted = position
        lines.append(line)
        try:
            _value, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError:  # The name also stood inside a text before the list.
            return [1] * len(items)
    return lines


def _json_row(name: str, line: int, item: Any) -> Row:
    if isinstance(item, dict) and item.get("type") == "Feature":
        item = item.get("properties")
    if not isinstance(item, dict):
        return Row(line, item, None, [Mistake(name, line, "", _("une fiche est attendue ici"))])
    known = {key: value for key, value in item.items() if key not in _LEFT_ASIDE}
    return _row(name, line, item, known)


# Both


def _row(name: str, line: int, raw: Any, fields: dict[str, Any]) -> Row:
    try:
        return Row(line, raw, Sheet.model_validate(fields))
    except ValidationError as error:
        explained = dict.fromkeys(explain(part) for part in error.errors(include_url=False))
        return Row(line, raw, None, [Mistake(name, line, _column(f), why) for f, why in explained])


def _column(field_name: str) -> str:
    """Where to look: ``results[2].figure`` in JSON is in the column ``results`` in CSV."""
    return "holder.name" if field_name == "holder" else field_name


def _refuse_repeated(reading: Reading) -> None:
    lines: dict[str, int] = {}
    for row in reading.rows:
        if row.sheet is None:
            continue
        slug = row.sheet.slug
        if slug in lines:
            message = _("cette adresse de fiche figure déjà à la ligne %(line)d : changez-la")
            reading.blame(row, "slug", message % {"line": lines[slug]})
        lines.setdefault(slug, row.line)


def _reason(mistake: Mistake) -> str:
    if not mistake.field:
        return mistake.message
    said = {"field": mistake.field, "message": mistake.message}
    return _("%(field)s : %(message)s") % said


def _with(raw: Any, why: str) -> Any:
    return {**raw, REASONS: why} if isinstance(raw, dict) else {"valeur": raw, REASONS: why}
