"""Writing many rows at once: one transaction in SQLite, COPY in PostgreSQL."""

from django.db import connection, transaction

Table = tuple[str, list[str], list[tuple]]


class SQLiteWriter:
    """Everything in one transaction."""

    def __enter__(self) -> "SQLiteWriter":
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        return self

    def write(self, table: Table) -> None:
        name, columns, rows = table
        marks = ", ".join(["?"] * len(columns))
        connection.connection.executemany(
            f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows
        )

    def __exit__(self, *error: object) -> None:
        self._transaction.__exit__(*error)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgreSQLWriter:
    """COPY, and the inverted index made at the end."""

    def __enter__(self) -> "PostgreSQLWriter":
        with connection.cursor() as cursor:
            # The references are right by construction: no trigger needs to look.
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE indexname = 'initiatives_words_gin'"
            )
            (self._index,) = cursor.fetchone()
            cursor.execute("DROP INDEX initiatives_words_gin")
        return self

    def write(self, table: Table) -> None:
        name, columns, rows = table
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def __exit__(self, *error: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self._index)
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def writer_for(vendor: str) -> SQLiteWriter | PostgreSQLWriter:
    return SQLiteWriter() if vendor == "sqlite" else PostgreSQLWriter()
