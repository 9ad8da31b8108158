"""``python -m benchmarks.generate N`` fills the installation of the environment with N sheets.

Straight and fast: rows are made in worker processes and written in bulk, the index with them.
"""

import argparse
import datetime
import json
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator

import django

CHUNK = 5000
CHECK_EVERY = 997
"""How far apart the sheets lie whose index entries are compared with the product's own."""

Table = tuple[str, list[str], list[tuple]]
"""A table's name, its columns, and rows of plain values."""


def main() -> None:
    """Make the database, its communes and its sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sheets", type=int)
    sheets = parser.parse_args().sheets
    started = time.monotonic()
    _set_up()
    from django.db import connection

    from . import writing

    _prepare()
    connection.close()  # Forked processes must not share it.
    with multiprocessing.Pool(os.cpu_count(), initializer=_set_up) as pool:
        writer = writing.writer_for(connection.vendor)
        with writer:
            writer.write(_organisations(sheets))
            found, spellings = Counter[str](), set[str]()
            for tables, frequencies, words in pool.imap(_chunk, _spans(sheets)):
                for table in tables:
                    writer.write(table)
                found += frequencies
                spellings |= words
            writer.write(("initiatives_term", ["term", "frequency"], sorted(found.items())))
            writer.write(_spellings(spellings))
    print(f"{sheets} sheets written in {time.monotonic() - started:.0f} s", flush=True)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings")
    django.setup()


def _prepare() -> None:
    """An empty installation, as ``traboule run`` leaves it, without the compendium."""
    from django.core.management import call_command

    from traboule.config import prepare

    prepare.prepare_database(say=print)
    call_command("load_places", verbosity=0)
    prepare.collect_static(say=print)


def _spans(sheets: int) -> Iterator[tuple[int, int, int]]:
    return (
        (first, min(first + CHUNK - 1, sheets), sheets) for first in range(1, sheets + 1, CHUNK)
    )


def _organisations(sheets: int) -> Table:
    from .sheets import organisations

    rows = [(o.pk, o.name, o.kind, "", "") for o in organisations(sheets)]
    return ("people_organisation", ["id", "name", "kind", "website", "siret"], rows)


def _chunk(span: tuple[int, int, int]) -> tuple[list[Table], Counter[str], set[str]]:
    """One chunk as tables (runs in a worker process)."""
    from .sheets import Chunk, chunk

    made: Chunk = chunk(*span)
    _check(made)
    links = ["id", "initiative_id", "organisation_id", "role", "position"]
    partnerships = [(key, *rest) for key, *rest in made.partnerships]
    tables = [
        _table(made.initiatives),
        _table(made.results),
        ("initiatives_partnership", links, partnerships),
        ("initiatives_lineage", ["id", "parent_id", "child_id"], made.lineages),
        ("initiatives_words", ["rowid", "words"], made.documents),
    ]
    return tables, made.frequencies, made.spellings


def _check(made) -> None:
    """Make sure that the index is the product's: its own function is asked now and then."""
    from .sheets import RESULTS, organisation, product_words

    for i in range(0, len(made.initiatives), CHECK_EVERY):
        results = made.results[RESULTS * i : RESULTS * (i + 1)]
        words = product_words(made.initiatives[i], results, organisation(made.partnerships[i][2]))
        assert " ".join(sorted(words)) == made.documents[i][1]


def _table(rows: list) -> Table:
    meta = rows[0]._meta
    names = [field.attname for field in meta.concrete_fields]
    return meta.db_table, names, [tuple(_plain(getattr(row, n)) for n in names) for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return value


def _spellings(words: set[str]) -> Table:
    from traboule.engines import french

    pairs = [(v[:80], word[:80]) for word in sorted(words) for v in sorted(french.variants(word))]
    return "initiatives_spelling", ["variant", "word"], list(dict.fromkeys(pairs))


if __name__ == "__main__":
    main()
