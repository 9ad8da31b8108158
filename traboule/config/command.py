"""The ``traboule`` command: run, back up, restore, and every Django command under it.

``traboule swaps``, ``payslip`` and ``tax-credit`` need neither settings nor data: they are engines
alone.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

BAD_USAGE = 2


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command of this installation; problems of the machine get a plain message."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["swaps"]:
        from traboule.engines.swaps.cli import main as swaps  # Late: only this command needs it.

        raise SystemExit(swaps(words[1:]))
    if words in (["payslip"], ["tax-credit"]):
        from traboule.engines.payroll.cli import main as payroll  # Late, as above.

        raise SystemExit(payroll(words[0]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings")
    if problem := _data_folder_problem() or _port_problem():
        print(problem, file=sys.stderr)  # noqa: T201 (the settings cannot be read yet)
        raise SystemExit(BAD_USAGE)

    # Late: Django reads the settings, and they need the data folder checked above.
    from django.core.management import execute_from_command_line

    execute_from_command_line(["traboule", *words])


def _data_folder_problem() -> str:
    """Why the data folder cannot be used, or nothing."""
    folder = Path(os.environ.get("TRABOULE_DATA") or "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if writable:
        return ""
    return (
        f"Impossible d’écrire dans le dossier des données : {folder}\n"
        "Donnez-en un autre (TRABOULE_DATA=/un/dossier traboule run) ou changez ses droits.\n"
        f"The data folder cannot be written: {folder}\n"
        "Name another (TRABOULE_DATA=/some/folder traboule run) or change its permissions."
    )


def _port_problem() -> str:
    """Why ``PORT`` cannot be a port, or nothing."""
    port = os.environ.get("PORT") or "8000"
    if port.isdecimal() and 0 < int(port) < 65536:
        return ""
    return (
        f"PORT doit être un nombre de 1 à 65535, pas « {port} ».\n"
        f"PORT must be a number from 1 to 65535, not “{port}”."
    )


if __name__ == "__main__":
    main()
