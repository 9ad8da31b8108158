"""What of a sheet can be found, and keeping it so."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from traboule.engines import french
from traboule.kernel.places.geography import cell

from ..models import Initiative, Spelling, Term
from . import backends

EVERY = "f_all"
"""The mark that every sheet carries: its frequency is the size of the index."""


def mark(kind: str, value: str) -> str:
    """The word that stands for a filter's value: ``f_theme_learn``."""
    return f"f_{kind}_{value.replace('-', '').lower()}"


def in_title(term: str) -> str:
    """The word that stands for a term in a sheet's title and other headings."""
    return f"t_{term}"


def marks(initiative: Initiative) -> set[str]:
    """Every filter that the sheet answers."""
    return {
        EVERY,
        mark("theme", initiative.theme),
        mark("state", initiative.state),
        mark("origin", initiative.origin),
        mark("commune", initiative.commune_id),
        mark("department", initiative.commune.department_id),
        mark("cell", cell(initiative.latitude, initiative.longitude)),
        *(mark("tool", kind) for kind in initiative.tool_kinds),
        *(mark("audience", audience) for audience in initiative.audiences),
    }


def headings(initiative: Initiative) -> str:
    """The text whose words weigh most."""
    parts = [
        initiative.title,
        initiative.summary,
        initiative.place_name,
        initiative.commune.name,
        initiative.holder.name,
    ]
    return " ".join(parts)


def full_text(initiative: Initiative) -> str:
    """All the text that can be found."""
    return " ".join(
        [
            headings(initiative),
            *initiative.tool_labels,
            *initiative.audience_labels,
            str(initiative.get_theme_display()),
            initiative.commune.department.name,
            *(partnership.organisation.name for partnership in initiative.partnerships.all()),
            *(result.label for result in initiative.results.all()),
            *initiative.texts.values(),
        ]
    )


def index(initiatives: Iterable[Initiative]) -> None:
    """Make these published sheets findable, as they are now."""
    documents: list[tuple[int, set[str]]] = []
    spellings: set[str] = set()
    for initiative in initiatives:
        text_words = french.words(full_text(initiative))
        heading_terms = french.terms(headings(initiative))
        spellings.update(word for word in text_words if word.isalpha() and len(word) > 3)
        documents.append(
            (
                initiative.pk,
                marks(initiative)
                | {french.stem(word)[:78] for word in text_words}
                | {in_title(term)[:80] for term in heading_terms},
            )
        )
    with transaction.atomic():
        backends.store(documents)
        _count(Counter(word for _key, words in documents for word in words))
        _remember(spellings)


def forget(initiative: Initiative) -> None:
    """Take a sheet out of the index."""
    backends.remove([initiative.pk])


def rebuild(*, batch: int = 500) -> int:
    """Start the index over from the published sheets; returns how many there are."""
    with transaction.atomic():
        backends.clear()
        Term.objects.all().delete()
        Spelling.objects.all().delete()
        done = 0
        for initiatives in _batches(batch):
            index(initiatives)
            done += len(initiatives)
    return done


def _batches(size: int) -> Iterator[list[Initiative]]:
    """All published sheets, oldest first, a batch at a time."""
    last = 0
    sheets = Initiative.objects.published().for_export().order_by("pk")
    while batch := list(sheets.filter(pk__gt=last)[:size]):
        yield batch
        last = batch[-1].pk


def _count(found: Counter[str]) -> None:
    """Add to the terms' frequencies; in one order, so that two writers never wait in a circle.

    A sheet saved again counts again: frequencies only guide, and ``rebuild`` sets them right.
    """
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO initiatives_term (term, frequency) VALUES (%s, %s)"
            " ON CONFLICT (term) DO UPDATE"
            " SET frequency = initiatives_term.frequency + excluded.frequency",
            sorted(found.items()),
        )


def _remember(words: set[str]) -> None:
    """Let words be found by their misspellings."""
    known = set(Spelling.objects.filter(word__in=words).values_list("word", flat=True))
    Spelling.objects.bulk_create(
        (
            Spelling(variant=variant[:80], word=word[:80])
            for word in sorted(words - known)
            for variant in sorted(french.variants(word))
        ),
        ignore_conflicts=True,
        batch_size=400,
    )
