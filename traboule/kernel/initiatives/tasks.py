"""What runs by itself, once a day."""

from django.utils import timezone
from django_tasks import task

from . import actions, confirming, drafting


@task()
def daily() -> None:
    """Ask whether sheets are still true, and let go of what has had its time. Safe to repeat."""
    today = timezone.localdate()
    confirming.ask_all(today=today)
    drafting.purge_old(today=today)
    actions.purge_jobs(today=today)
