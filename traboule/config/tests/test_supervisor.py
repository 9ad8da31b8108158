"""Two real processes under a real supervisor, told to stop by a real signal."""

import os
import signal
import sys
import threading
import time

import pytest
from django.db import OperationalError

from traboule.config.supervisor import DAY, Child, Chore, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
]


def _dies_with(code):
    return [sys.executable, "-c", f"raise SystemExit({code})"]


@pytest.fixture
def supervise():
    """Run a supervisor in this process; a timer sends it the signal that ends it."""

    def run(*, web=SLEEP, worker=SLEEP, chores=(), stop=signal.SIGTERM, after=1.5):
        supervisor = Supervisor(
            web=Child("web", web),
            workers=[Child("worker", worker)],
            chores=chores,
            address="http://127.0.0.1:9/",
        )
        timer = threading.Timer(after, os.kill, (os.getpid(), stop))
        timer.start()
        try:
            return supervisor, supervisor.run(announce=lambda: None)
        finally:
            timer.cancel()

    return run


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_both_and_is_no_error(supervise, stop):
    supervisor, code = supervise(stop=stop)

    assert code == 0
    assert [supervisor.web.exit_code, supervisor.workers[0].exit_code] == [-signal.SIGTERM] * 2


def test_a_web_server_that_ends_ends_everything_with_its_code(supervise):
    supervisor, code = supervise(web=_dies_with(3), after=30)

    assert code == 3
    assert supervisor.workers[0].exit_code == -signal.SIGTERM


def test_a_worker_that_dies_is_started_again(supervise, tmp_path):
    log = tmp_path / "starts"
    worker = [sys.executable, "-c", f"open({str(log)!r}, 'a').write('x'); raise SystemExit(1)"]

    _, code = supervise(worker=worker, after=3)

    assert code == 0
    assert log.read_text() == "xx"


def test_a_worker_that_will_not_stop_is_ended_within_ten_seconds(supervise, monkeypatch):
    monkeypatch.setattr("traboule.config.supervisor.GRACE", 1)
    begin = time.monotonic()

    supervisor, code = supervise(worker=STUBBORN)

    assert code == 0
    assert supervisor.workers[0].exit_code == -signal.SIGKILL
    assert time.monotonic() - begin < 5


def test_each_chore_is_asked_for_at_start_then_at_its_pace(supervise):
    asked = []
    daily = Chore("daily", DAY, lambda: asked.append("daily"))
    often = Chore("often", 0.6, lambda: asked.append("often"))

    supervise(chores=[daily, often], after=1.1)

    assert asked == ["daily", "often", "often"]


def test_a_database_away_for_a_moment_does_not_stop_the_site_nor_other_chores(supervise):
    asked = []

    def gone():
        raise OperationalError("gone")

    chores = [Chore("daily", DAY, gone), Chore("often", DAY, lambda: asked.append("often"))]
    _, code = supervise(chores=chores)

    assert (code, asked) == (0, ["often"])
