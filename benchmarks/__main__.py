"""``python -m benchmarks``: Traboule's pages beside a bare Django page, in one run."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from . import report, signups
from .crowd import End
from .machine import FLOOR_PORT, TRABOULE_PORT, Database, Server, database, serving
from .measuring import ROUNDS, cost
from .weighing import weigh

WEIGHED = ("home", "list", "sheet")
BARE = {"its cards of {{ field }} only": "/plain/", "a constant text": "/constant/"}
"""What stands below the floor, to compare it with other people's."""


def main() -> int:
    """Measure every size, then the rush of sign-ups, on every database; print the tables."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that servers stop with us.
    options = _options()
    keep = options.keep and Path(options.keep).resolve()
    where = nullcontext(keep) if keep else tempfile.TemporaryDirectory(prefix="traboule-bench-")
    sizes = [int(size) for size in options.sizes.split(",")] if options.only != "signups" else []
    tables: list[report.Table] = []
    rushes: list[signups.Rush] = []
    with where as folder:
        for kind in options.databases.split(","):
            with database(kind, Path(folder, kind)) as server:
                for size in sizes:
                    tables.append(_measure(server, size, options))
                    print(report.show(tables[-1]), flush=True)
                    if not keep:
                        server.drop(f"traboule_{size}")
                if options.only != "pages":
                    rushes.append(_rush(server))
    print(report.growth(tables))
    print(report.rush(rushes))
    return 0 if all(rush.is_right for rush in rushes) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="?", choices=["pages", "signups"], help="and nothing else")
    parser.add_argument("--sizes", default="1000,100000,1000000", help="initiatives")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--seconds", type=float, default=1.5, help="of each round, about")
    parser.add_argument("--keep", metavar="DIR", help="keep the data there and use it again")
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    return parser.parse_args()


def _measure(server: Database, size: int, options: argparse.Namespace) -> report.Table:
    """One installation of so many sheets, generated unless it is kept from the last time."""
    environment = _environment(server, str(size))
    _make(server.folder / "floor.made", "benchmarks.floor", environment=environment)
    made = server.folder / f"data_{size}" / "made"
    _make(made, "benchmarks.generate", str(size), environment=environment)
    if options.profile:
        print(_output("benchmarks.probing", "--profile", environment=environment))
    probed = json.loads(_output("benchmarks.probing", environment=environment))
    pages: dict[str, list[str]] = probed["pages"]
    with _both(server, environment) as (site, floor):
        return report.Table(
            kind=server.kind,
            size=size,
            costs={
                page: cost(site, paths, floor, seconds=options.seconds)
                for page, paths in pages.items()
            },
            bare={
                name: cost(floor, [path], floor, seconds=options.seconds).cpu
                for name, path in BARE.items()
            },
            queries=probed["queries"],
            weights={page: weigh(TRABOULE_PORT, pages[page][0]) for page in WEIGHED},
        )


def _rush(server: Database) -> signups.Rush:
    """An installation of its own, always new, where everybody signs up at once."""
    server.drop("traboule_signups")
    environment = _environment(server, "signups")
    _make(server.folder / "floor.made", "benchmarks.floor", environment=environment)
    crowd = json.loads(_output("benchmarks.crowd", str(1 + ROUNDS), environment=environment))
    with _both(server, environment) as (site, floor):
        steps = signups.rush(site, floor, **crowd)
    ends = json.loads(_output("benchmarks.crowd", "--ended", environment=environment))
    return signups.Rush(server.kind, steps, [End(**end) for end in ends])


@contextmanager
def _both(server: Database, environment: dict[str, str]) -> Iterator[tuple[Server, Server]]:
    """The site and the floor, side by side."""
    with (
        serving("traboule.config.wsgi:application", TRABOULE_PORT, environment, server) as site,
        serving("benchmarks.floor.wsgi:application", FLOOR_PORT, environment, server) as floor,
    ):
        yield site, floor


def _environment(server: Database, name: str) -> dict[str, str]:
    data = server.folder / f"data_{name}"
    data.mkdir(exist_ok=True)
    return {
        **os.environ,
        "TRABOULE_DATA": str(data),
        "TRABOULE_THROTTLE": "false",
        "PORT": str(TRABOULE_PORT),
        "DATABASE_URL": server.url(f"traboule_{name}"),
        "FLOOR_DATABASE_URL": server.url("floor"),
    }


def _make(stamp: Path, module: str, *arguments: str, environment: dict[str, str]) -> None:
    """Have it made, unless it was."""
    if not stamp.exists():
        subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=True)
        stamp.touch()


def _output(module: str, *arguments: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


if __name__ == "__main__":
    raise SystemExit(main())
