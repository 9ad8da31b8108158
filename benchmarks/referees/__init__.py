"""Two packages that know French contributions, asked what they make of the same wages.

They are no dependencies (one is AGPL, both are large, neither knows a household): they are
installed when they are first needed, at the versions of ``versions.toml``, in ``.referees/``.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOM = HERE.parents[1] / ".referees"
VERSIONS = tomllib.loads((HERE / "versions.toml").read_text())
LINES: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "lines.toml").read_text())


@dataclass(frozen=True)
class Wage:
    """A month's gross in euros, and whether it is earned in Alsace-Moselle."""

    month: str
    gross: float
    local: bool


@dataclass(frozen=True)
class Answer:
    """Each of its lines for each wage, and the seconds of processor of each time it was asked."""

    lines: dict[str, list[float]]
    seconds: list[float]


@dataclass(frozen=True)
class Referee:
    """How a package is installed, and what to run to ask it."""

    name: str
    lines: dict[str, list[str]]
    install: Callable[[Path], list[list[str]]]
    command: Callable[[Path], list[str]]
    room: Path
    versions: dict[str, str]

    def ask(self, wages: Sequence[Wage], *, times: int = 1) -> Answer:
        """What it makes of these wages, in a process of its own, warm when the clock starts."""
        asked = {
            "wages": [vars(wage) for wage in wages],
            "lines": list(self.lines),
            "times": times,
        }
        done = subprocess.run(
            self.command(self.room),
            cwd=self.room, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return Answer(**json.loads(done.stdout))

    def make_ready(self) -> None:
        """Install it, unless these very versions are."""
        stamp, wanted = self.room / "installed.json", json.dumps(self.versions)
        program = self.command(self.room)[0]
        if stamp.exists() and stamp.read_text() == wanted:
            if shutil.which(program) is None:
                raise FileNotFoundError(f"{program} is not here any more")
            return
        shutil.rmtree(self.room, ignore_errors=True)
        self.room.mkdir(parents=True)
        for command in self.install(self.room):
            subprocess.run(command, cwd=self.room, capture_output=True, text=True, check=True)
        stamp.write_text(wanted)


def _pinned(versions: dict[str, str], sign: str) -> list[str]:
    return [f"{name}{sign}{version}" for name, version in versions.items()]


def _openfisca(room: Path) -> list[list[str]]:
    pip = [str(room / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    venv = [sys.executable, "-m", "venv", str(room)]
    return [venv, [*pip, *_pinned(VERSIONS["python"], "==")]]


def _modele_social(_room: Path) -> list[list[str]]:
    npm = ["npm", "install", "--no-audit", "--no-fund", "--prefix", "."]
    return [[*npm, *_pinned(VERSIONS["node"], "@")]]


REFEREES = (
    Referee(
        name=f"OpenFisca-France {VERSIONS['python']['OpenFisca-France']}",
        lines=LINES["openfisca"],
        install=_openfisca,
        command=lambda room: [str(room / "bin" / "python"), str(HERE / "ask_openfisca.py")],
        room=ROOM / "openfisca",
        versions=VERSIONS["python"],
    ),
    Referee(
        name=f"modele-social {VERSIONS['node']['modele-social']}",
        lines=LINES["modele_social"],
        install=_modele_social,
        # As a text: its imports are then looked for where it runs.
        command=lambda _room: [
            "node", "--input-type=module", "--eval", (HERE / "ask_modele_social.mjs").read_text(),
        ],
        room=ROOM / "modele-social",
        versions=VERSIONS["node"],
    ),
)  # fmt: skip


def ready() -> Iterator[Referee]:
    """Those that are installed, or can be; the others are named, with the reason."""
    for referee in REFEREES:
        try:
            referee.make_ready()
        except OSError as problem:
            print(f"{referee.name} is left out: {problem}", file=sys.stderr)
        except subprocess.CalledProcessError as problem:
            said: list[Any] = (problem.stderr or problem.stdout).strip().splitlines() or [problem]
            print(f"{referee.name} is left out: {said[-1]}", file=sys.stderr)
        else:
            yield referee
