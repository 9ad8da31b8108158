"""``traboule run``: everything it takes, in one command."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from traboule.config import prepare
from traboule.config.demonstration import StandIn
from traboule.config.supervisor import DAY, QUARTER_HOUR, Child, Chore, Supervisor


class Command(BaseCommand):
    """Prepare the database and the files, then serve pages and do background work."""

    help = "Prépare tout, puis sert Traboule avec son ouvrier d’arrière-plan."
    requires_system_checks = []  # Nothing may touch the database before its history is checked.

    def handle(self, **options: Any) -> None:
        """Serve until a signal; exit with 0 then, or with the web server's own code."""
        host = os.environ.get("TRABOULE_BIND") or "127.0.0.1"
        port = int(os.environ.get("PORT") or 8000)
        listener = _reserve(host, port)
        self._prepare()
        supervisor = Supervisor(
            web=Child("web", _web_command(listener), pass_fds=[listener.fileno()]),
            workers=[
                *(Child(f"worker of {queue}", _worker_command(queue)) for queue in settings.QUEUES),
                *(Child(one.command, _stand_in_command(one)) for one in settings.STAND_INS),
            ],
            chores=[
                Chore("daily", DAY, _enqueue_daily),
                Chore("quarter-hourly", QUARTER_HOUR, _enqueue_quarter_hourly),
            ],
            address=f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/sante/vivant/",  # noqa: S104
        )
        code = supervisor.run(announce=self._announce)
        if code:
            raise SystemExit(code)

    def _prepare(self) -> None:
        try:
            prepare.prepare_database(say=self._say)
            prepare.load_contents(say=self._say)
            prepare.collect_static(say=self._say)
        except prepare.OldDatabase as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            raise CommandError(
                f"La base de données ne répond pas comme prévu : {problem}"
                f"\nThe database does not answer as expected: {problem}"
            ) from problem
        finally:
            connections.close_all()

    def _announce(self) -> None:
        self._say(
            f"\nTraboule est ouverte : {settings.SITE_URL}   (Ctrl+C pour l’arrêter)"
            f"\nTraboule is open:      {settings.SITE_URL}   (Ctrl+C stops it)\n"
        )
        if settings.STAND_INS:
            self._say("Démonstration : joués sur cette machine / played on this machine:")
        for one in settings.STAND_INS:
            self._say(f"  {one.url}   {one.command}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _reserve(host: str, port: int) -> socket.socket:
    """Take the port before anything else, so that a taken one is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        raise CommandError(
            f"L’adresse {host}:{port} n’est pas libre ({problem.strerror}). "
            f"Essayez un autre port : PORT={port + 1} make run (ou traboule run)\n"
            f"The address {host}:{port} is not free ({problem.strerror}). "
            f"Try another port: PORT={port + 1} make run (or traboule run)"
        ) from problem
    return listener


def _web_command(listener: socket.socket) -> list[str]:
    serving = "python:traboule.config.serving"
    bind = f"fd://{listener.fileno()}"
    return [sys.executable, "-m", "gunicorn", "--config", serving, "--bind", bind]


def _worker_command(queue: str) -> list[str]:
    return [sys.executable, "-m", "traboule.config.command", "worker", "--queue-name", queue]


def _stand_in_command(stand_in: StandIn) -> list[str]:
    port = str(stand_in.port)
    return [sys.executable, "-m", "traboule.config.command", stand_in.command, "--port", port]


def _enqueue_daily() -> None:
    """Ask the worker for what is due once a day."""
    # Late: tasks import models, and a command is imported before it is certain to run.
    from traboule.kernel.initiatives.tasks import daily

    daily.enqueue()


def _enqueue_quarter_hourly() -> None:
    """Ask the worker for what is due every quarter of an hour."""
    # Late, for the same reason.
    from traboule.kernel.notices.tasks import quarter_hourly

    quarter_hourly.enqueue()
