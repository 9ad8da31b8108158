"""Keeps the web server and the background worker running side by side."""

import contextlib
import logging
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, connections

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60
QUARTER_HOUR = 15 * 60
RETRY = 10 * 60
LONGEST_PAUSE = 60
HEALTHY_AFTER = 60  # A process that lived this long starts again from a short pause.
GRACE = 8.5  # Both processes have this long to end by themselves, within ten seconds in all.
BEAT = 0.25


@dataclass
class Child:
    """A process of ours: started, watched, started again when it dies, and stopped."""

    name: str
    command: Sequence[str]
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _pause: float = field(default=1, init=False)
    _started: float = field(default=0, init=False)
    _restart_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process in its own group: Ctrl+C reaches it through us, gently."""
        self._started, self._restart_at = time.monotonic(), None
        self.process = subprocess.Popen(  # noqa: S603 (our own command)
            self.command, pass_fds=self.pass_fds, process_group=0, stdin=subprocess.DEVNULL
        )

    @property
    def exit_code(self) -> int | None:
        """The exit code of a process that ended, None while it runs."""
        return self.process.poll() if self.process else None

    def tend(self) -> None:
        """Start again a process that died, after a pause that doubles each time."""
        if self.exit_code is None:
            return
        now = time.monotonic()
        if self._restart_at is None:
            if now - self._started > HEALTHY_AFTER:
                self._pause = 1
            self._restart_at = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            logger.error("%s ended with code %s; starting it again", self.name, self.exit_code)
        elif now >= self._restart_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Let the process finish what it is doing."""
        if self.process and self.exit_code is None:
            self.process.terminate()

    def stop_by(self, deadline: float) -> None:
        """Wait until the deadline, then end the process whatever it is doing."""
        if not self.process:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("%s did not stop in time and was ended", self.name)
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait()


@dataclass
class Chore:
    """Something to ask of the worker again and again: at once, then every so many seconds."""

    name: str
    every: float
    ask: Callable[[], object]
    _due: float = field(default_factory=time.monotonic, init=False)

    @property
    def is_due(self) -> bool:
        """Whether its hour has come."""
        return time.monotonic() >= self._due

    def do(self) -> None:
        """Ask for it; a database away for a while is no end."""
        try:
            self.ask()
            self._due = time.monotonic() + self.every
        except DatabaseError:
            self._due = time.monotonic() + min(RETRY, self.every)
            logger.exception("the %s task could not be enqueued; trying again later", self.name)
        finally:
            connections.close_all()


class Supervisor:
    """Runs the web server and the workers until one signal, and asks for what is due."""

    def __init__(
        self, *, web: Child, workers: Sequence[Child], chores: Sequence[Chore], address: str
    ) -> None:
        self.web, self.workers, self.chores, self.address = web, workers, chores, address
        self._stopping = threading.Event()

    def run(self, *, announce: Callable[[], None]) -> int:
        """Serve until told to stop; return the exit code: 0, or the web server's own."""
        previous = {
            number: signal.signal(number, lambda *_: self._stopping.set())
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            self.web.start()
            for worker in self.workers:
                worker.start()
            announced = False
            while not self._stopping.wait(BEAT):
                if self.web.exit_code is not None:
                    logger.critical("the web server ended with code %s", self.web.exit_code)
                    return self.web.exit_code or 1
                for worker in self.workers:
                    worker.tend()
                self._do_what_is_due()
                if not announced and self._answers():
                    announced = True
                    announce()
            return 0
        finally:
            self._stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _stop(self) -> None:
        deadline = time.monotonic() + GRACE
        for child in (self.web, *self.workers):
            child.ask_to_stop()
        for child in (self.web, *self.workers):
            child.stop_by(deadline)

    def _do_what_is_due(self) -> None:
        for chore in self.chores:
            if chore.is_due:
                chore.do()

    def _answers(self) -> bool:
        """Whether the web server answers anything at all."""
        try:
            urllib.request.urlopen(self.address, timeout=BEAT).close()  # noqa: S310 (http, ours)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True
