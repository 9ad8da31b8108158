"""Looking for words inside the documents of a space: titles, summaries, and the files' own.

Stems are kept between spaces, so that « règlements » finds « règlement intérieur » and an accent
left out is no matter. A space has hundreds of documents at most: the database reads their stems
one after the other, the same way on SQLite and PostgreSQL.
"""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from traboule.engines import french
from traboule.kernel.spaces.models import Space

from .models import Document, Reading, Shelf, Version

MOST_TERMS = 8
MOST_FOUND = 40
BEFORE, AROUND = 80, 260
"""Signs shown before the first word found, and in all."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """A document that holds the words, and a passage with them marked."""

    document: Document
    excerpt: SafeString


def search(space: Space, text: str, *, members: bool) -> list[Found]:
    """The documents whose words hold all those asked for, the latest first."""
    terms = french.terms(text)[:MOST_TERMS]
    if not terms:
        return []
    versions = Version.objects.filter(is_current=True).filter(
        document__space=space, document__put_away_at__isnull=True
    )
    if not members:
        versions = versions.filter(document__shelf=Shelf.PUBLIC)
    for term in terms:
        versions = versions.filter(_holds(term))
    order = ("-document__changed_at", "-document__pk")
    keys = list(versions.order_by(*order).values_list("document", flat=True)[:MOST_FOUND])
    documents = Document.objects.for_listing().in_bulk(keys)
    texts = dict(
        Reading.objects.filter(version__document__in=keys, version__is_current=True).values_list(
            "version__document", "text"
        )
    )
    return [
        Found(documents[key], excerpt(documents[key], texts.get(key, ""), terms)) for key in keys
    ]


def _holds(term: str) -> Q:
    """A word that begins like the term; a very short one is wanted whole."""
    wanted = f" {term}" if len(term) > 2 else f" {term} "
    return Q(document__stems__contains=wanted) | Q(reading__stems__contains=wanted)


def excerpt(document: Document, text: str, terms: list[str]) -> SafeString:
    """The passage of the file around the first word found; else the summary."""
    start = _first(text, terms)
    if start is None:
        return marked(document.summary, terms)
    begin = max(0, start - BEFORE)
    if begin:
        begin = text.find(" ", begin, start) + 1 or begin
    passage = text[begin : begin + AROUND]
    end = " …" if begin + AROUND < len(text) else ""
    cut = passage.rsplit(" ", 1)[0] if end else passage
    return marked(f"{'… ' if begin else ''}{' '.join(cut.split())}{end}", terms)


def marked(text: str, terms: list[str]) -> SafeString:
    """The text with the words found in ``<mark>``, the rest made safe."""
    pieces, last = [], 0
    for word in _WORD.finditer(text):
        if _is_one_of(word[0], terms):
            pieces += [("", text[last : word.start()], ""), ("<mark>", word[0], "</mark>")]
            last = word.end()
    pieces.append(("", text[last:], ""))
    return format_html_join(
        "", "{}{}{}", ((SafeString(a), words, SafeString(b)) for a, words, b in pieces)
    )


def _first(text: str, terms: list[str]) -> int | None:
    found = (word.start() for word in _WORD.finditer(text) if _is_one_of(word[0], terms))
    return next(found, None)


def _is_one_of(word: str, terms: list[str]) -> bool:
    """Whether the word is of the family of one of them; most are not, as three letters tell."""
    folded = word.lower() if word.isascii() else french.fold(word)
    near = [term for term in terms if folded.startswith(term[:3])]
    if not near:
        return False
    stem = french.stem(folded)
    return any(stem.startswith(term) if len(term) > 2 else stem == term for term in near)
