"""What keeps a database quick as it fills."""

import datetime

from django.db import connection

ROWS_READ = 1000
"""Of each index: enough to choose one, and soon done."""


def refresh_statistics(now: datetime.datetime) -> None:
    """Have SQLite look again at how its tables are filled, or it chooses indexes blindly.

    PostgreSQL does so by itself. https://www.sqlite.org/lang_analyze.html
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ROWS_READ}")
            cursor.execute("ANALYZE")
