"""Answering a search: understand the words, then ask the index."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from traboule.engines import french

from ..models import Spelling, Term
from . import backends
from .filters import Filters
from .indexing import EVERY, in_title

MOST_WORDS = 12


@dataclass(frozen=True)
class Found:
    """The keys of the sheets found, best first, and how the words were understood."""

    keys: list[int]
    corrected: dict[str, str] = field(default_factory=dict)
    """What was typed → the word looked for instead."""
    partial: bool = False
    """No sheet holds every word: these hold some of them."""


@dataclass(frozen=True)
class _Understood:
    groups: list[list[str]]
    corrected: dict[str, str]
    frequency: dict[str, int]
    hopeless: bool
    """A word that no sheet holds, nor any word like it."""


def find(filters: Filters, *, limit: int, before: int | None = None) -> Found:
    """Sheets that fit the filters: for words, titles that hold them first; then newest first.

    ``before`` goes on from a key, and makes sense only without words. Around a point and without
    other filters, they come from the nearest cells of the map: the caller measures and sorts.
    """
    marks = list(filters.mark_groups())
    understood = _understand(filters.q, marks)
    if not understood.groups:
        if understood.hopeless:
            return Found([], understood.corrected)
        if filters.point and len(marks) == 1:
            cells = _nearest_cells(marks[0], understood.frequency, limit)
            return Found(_ask([cells], understood, limit, None))
        return Found(_ask(marks or [[EVERY]], understood, limit, before))
    keys = [] if understood.hopeless else _best(understood.groups, marks, understood, limit)
    partial = not keys and (understood.hopeless or len(understood.groups) > 1)
    if partial:
        any_word = [[word for group in understood.groups for word in group]]
        keys = _best(any_word, marks, understood, limit)
    return Found(keys, understood.corrected, partial and bool(keys))


def matching(filters: Filters) -> list[int]:
    """The keys of every sheet that fits, newest first: for exports, however many there are."""
    if filters.is_empty:
        raise ValueError("everything fits an empty filter: ask the table itself")
    marks = list(filters.mark_groups())
    understood = _understand(filters.q, marks)
    if understood.hopeless:
        return []
    return _ask(understood.groups + marks or [[EVERY]], understood, None, None)


def _nearest_cells(cells: list[str], frequency: dict[str, int], enough: int) -> list[str]:
    """The first of these cells, as many as it takes to hold enough sheets."""
    nearest, held = [], 0
    for cell in cells:
        if held >= enough:
            break
        nearest.append(cell)
        held += frequency.get(cell, 0)
    return nearest


def _best(
    groups: list[list[str]], marks: list[list[str]], understood: _Understood, limit: int
) -> list[int]:
    """The sheets that hold the words in their headings, then the others; each newest first."""
    anywhere = _ask(groups + marks, understood, limit, None)
    if len(anywhere) < 2:
        return anywhere
    in_titles = [[in_title(word) for word in group] for group in groups]
    first = _ask(in_titles + marks, understood, limit, None)
    seen = set(first)
    return (first + [key for key in anywhere if key not in seen])[:limit]


def _ask(
    groups: list[list[str]], understood: _Understood, limit: int | None, before: int | None
) -> list[int]:
    frequency = understood.frequency
    groups = [[word for word in group if word in frequency] for group in groups]
    if not all(groups):
        return []  # A group of words that no sheet holds.
    counts = [sum(frequency[word] for word in group) for group in groups]
    return backends.newest(
        groups, limit=limit, before=before, counts=counts, total=frequency.get(EVERY, 0)
    )


def _understand(q: str, marks: list[list[str]]) -> _Understood:
    """Each word typed, as a group of terms that the index holds."""
    typed = list(dict.fromkeys(french.words(q)))[:MOST_WORDS]
    stems = {word: french.stem(word)[:78] for word in typed}
    looked_up = {EVERY, *stems.values(), *map(in_title, stems.values())}
    looked_up.update(word for group in marks for word in group)
    frequency = dict(Term.objects.filter(term__in=looked_up).values_list("term", "frequency"))
    unknown = [word for word in typed if stems[word] not in frequency and len(word) > 2]
    alike = _alike(unknown) if unknown else {}
    new_terms = {french.stem(word) for words in alike.values() for word in words}
    if new_terms:
        new_terms |= {in_title(term) for term in new_terms}
        frequency |= dict(Term.objects.filter(term__in=new_terms).values_list("term", "frequency"))
    groups = [
        sorted({french.stem(other) for other in alike[word]}) if word in alike else [stems[word]]
        for word in typed
        if word in alike or stems[word] in frequency
    ]
    return _Understood(
        groups=groups,
        corrected={word: words[0] for word, words in alike.items()},
        frequency=frequency,
        hopeless=any(word not in alike for word in unknown),
    )


def _alike(unknown: list[str]) -> dict[str, list[str]]:
    """For words that no sheet holds: known words spelt nearly so, or beginning so."""
    variants = {word: french.variants(word) for word in unknown}
    rows = Spelling.objects.filter(variant__in={v for vs in variants.values() for v in vs})
    by_variant: dict[str, list[str]] = defaultdict(list)
    for variant, word in rows.order_by("variant", "word").values_list("variant", "word")[:2000]:
        by_variant[variant].append(word)
    return dict(_nearest(variants, by_variant))


def _nearest(
    variants: dict[str, set[str]], by_variant: dict[str, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    for word, forms in variants.items():
        candidates = [known for form in forms for known in by_variant[form]]
        near = french.closest(word, candidates) or _beginning_with(word)
        if near:
            yield word, near


def _beginning_with(word: str) -> list[str]:
    """Known words that begin like this one: somebody is still typing."""
    if len(word) < 4:
        return []
    beginning = Spelling.objects.filter(word__gte=word, word__lt=word + "~")
    return list(beginning.order_by("word").values_list("word", flat=True).distinct()[:8])
