"""What a page gives to read or to keep: papers and tables, under names that say what they are."""

import csv
import re
from collections.abc import Iterable, Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify

BOM = "\ufeff"
"""Begins our tables: without it Excel reads UTF-8 as Windows-1252 and spoils every accent."""
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def paper(content: bytes, *words: str) -> HttpResponse:
    """A PDF to read in the browser, named by these words."""
    headers = {"Content-Disposition": f'inline; filename="{_named(words)}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def table(rows: Iterable[Iterable[object]], *words: str) -> StreamingHttpResponse:
    """A table to open in a French spreadsheet, sent line by line, named by these words."""
    headers = {"Content-Disposition": f'attachment; filename="{_named(words)}.csv"'}
    content_type = "text/csv; charset=utf-8"
    return StreamingHttpResponse(lines(rows), content_type=content_type, headers=headers)


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of such a table."""
    writer = csv.writer(_Line(), delimiter=";")
    yield BOM
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: object) -> str:
    """Words that a spreadsheet would take for a formula are kept as words; numbers stay."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _named(words: Iterable[str]) -> str:
    return slugify(" ".join(words))[:100]


class _Line:
    """What ``csv`` writes to, one line at a time."""

    def write(self, line: str) -> str:
        return line
