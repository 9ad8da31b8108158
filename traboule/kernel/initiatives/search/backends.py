"""The inverted index in both databases: FTS5 in SQLite, a GIN index in PostgreSQL.

A query is a list of groups of words: a sheet matches when it holds a word of every group.
Sheets come newest first, which both indexes can do without reading all that matches.
"""

import math
from collections.abc import Iterable, Sequence

from django.db import connection

Groups = Sequence[Sequence[str]]


def create_table(schema_editor) -> None:
    """Make the index (called by a migration)."""
    vendor = schema_editor.connection.vendor
    for statement in _CREATE[vendor]:
        schema_editor.execute(statement)


def drop_table(schema_editor) -> None:
    schema_editor.execute("DROP TABLE initiatives_words")


_CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE initiatives_words USING fts5("
        "words, detail=none, tokenize=\"unicode61 tokenchars '_'\")"
    ],
    "postgresql": [
        "CREATE TABLE initiatives_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        # Without a pending list, so that no search pays for somebody else's writing.
        "CREATE INDEX initiatives_words_gin ON initiatives_words"
        " USING gin (words) WITH (fastupdate = off)",
    ],
}


def store(rows: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Put the words of these sheets in the index, in place of what was there."""
    texts = [(key, " ".join(sorted(set(words)))) for key, words in rows]
    remove([key for key, _text in texts])
    value = "%s" if connection.vendor == "sqlite" else "array_to_tsvector(string_to_array(%s, ' '))"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO initiatives_words (rowid, words) VALUES (%s, {value})",  # noqa: S608
            texts,
        )


def remove(keys: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM initiatives_words WHERE rowid = %s", [(key,) for key in keys]
        )


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM initiatives_words")


def newest(
    groups: Groups, *, limit: int | None, before: int | None, counts: Sequence[int], total: int
) -> list[int]:
    """Keys of the sheets that match, newest first.

    ``counts`` and ``total`` are how many sheets hold each group and how many there are, about:
    PostgreSQL needs them to choose its path.
    """
    if connection.vendor == "sqlite":
        return _newest_sqlite(groups, limit, before)
    return _newest_postgresql(groups, limit, before, counts, total)


def _newest_sqlite(groups: Groups, limit: int | None, before: int | None) -> list[int]:
    match = " AND ".join("(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups)
    sql = "SELECT rowid FROM initiatives_words WHERE initiatives_words MATCH %s"
    values: list[str | int] = [match]
    if before is not None:
        sql, values = sql + " AND rowid < %s", [*values, before]
    sql += " ORDER BY rowid DESC"
    if limit is not None:
        sql, values = sql + " LIMIT %s", [*values, limit]
    return _keys(sql, values)


def _newest_postgresql(
    groups: Groups, limit: int | None, before: int | None, counts: Sequence[int], total: int
) -> list[int]:
    match = " & ".join("(" + " | ".join(f"'{word}'" for word in group) + ")" for group in groups)
    before = before if before is not None else 2**62
    # How many sheets hold a word of every group, if the groups ignore each other.
    expected = total * math.prod(min(count, total) / total for count in counts) if total else 0
    if limit is not None and expected * expected > 2 * limit * total:
        # Frequent words: read the newest sheets one after the other; matches come soon.
        # (The planner would take this path for rare words too, and read them all.)
        slice_ = int(20 * limit * total / expected)
        keys = _keys(
            "SELECT rowid FROM (SELECT rowid, words FROM initiatives_words WHERE rowid < %s"
            " ORDER BY rowid DESC LIMIT %s) AS newest WHERE words @@ %s::tsquery"
            " ORDER BY rowid DESC LIMIT %s",
            [before, slice_, match, limit],
        )
        if len(keys) == limit or slice_ >= total:
            return keys
    # Rare words: take the few sheets that hold them from the inverted index, then sort.
    # (The subquery hides the words from the planner, which thinks that forty cells of the map
    # hold a fifth of all sheets, and reads the whole table.)
    return _keys(
        "WITH hits AS MATERIALIZED"
        " (SELECT rowid FROM initiatives_words WHERE words @@ (SELECT %s::tsquery))"
        " SELECT rowid FROM hits WHERE rowid < %s ORDER BY rowid DESC LIMIT %s",
        [match, before, limit],
    )


def _keys(sql: str, values: list) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]
