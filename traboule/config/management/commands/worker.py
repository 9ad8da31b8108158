"""``traboule worker``: does the background tasks, alone or beside the web server."""

from argparse import ArgumentParser
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS = 3


class Command(db_worker.Command):
    """The worker of django-tasks-db, which also takes up what a dead worker left."""

    help = "Fait les tâches d’arrière-plan ; « traboule run » le lance déjà."

    def configure_logging(self, verbosity: int) -> None:
        """Leave the logs to the settings: one JSON object a line."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Alone, it does the tasks of every queue."""
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*")

    def handle(self, **options: Any) -> None:
        """Put back what was interrupted in its queue (all of them: ``*``), then work until told."""
        queue = options["queue_name"]
        take_up_again(settings.QUEUES if queue == "*" else queue.split(","))
        super().handle(**{**options, "reload": settings.DEBUG and options["reload"]})


def take_up_again(queues: Collection[str]) -> int:
    """Put interrupted tasks back in their queue (they are safe to repeat); return how many.

    One worker serves a queue, so a task that is running when it starts has lost its own.
    A task that was interrupted too often may be what kills the worker: it is declared failed.
    """
    back = 0
    interrupted = DBTaskResult.objects.running().filter(queue_name__in=queues)
    for task in interrupted.order_by("enqueued_at"):
        if len(task.worker_ids) >= MOST_ATTEMPTS:
            task.set_failed(RuntimeError(f"interrupted {MOST_ATTEMPTS} times"))
            continue
        task.status = "READY"
        task.started_at = None
        task.save(update_fields=["status", "started_at"])
        back += 1
    return back
