from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from traboule.config.management.commands.worker import take_up_again


def _running(*, attempts=1):
    return DBTaskResult.objects.create(
        status="RUNNING",
        task_path="traboule.kernel.initiatives.tasks.daily",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
        started_at=timezone.now(),
        worker_ids=[f"dead-{number}" for number in range(attempts)],
    )


def test_what_a_dead_worker_left_is_taken_up_again(db):
    task = _running()

    assert take_up_again(["default"]) == 1

    task.refresh_from_db()
    assert (task.status, task.started_at) == ("READY", None)


def test_a_worker_leaves_alone_what_runs_in_the_queue_of_another(db):
    _running()

    assert take_up_again(["recordings"]) == 0


def test_what_kills_every_worker_is_given_up(db):
    task = _running(attempts=3)

    assert take_up_again(["default"]) == 0

    task.refresh_from_db()
    assert task.status == "FAILED"
    assert "interrupted 3 times" in task.traceback
