"""What runs by itself, once a day."""

from django.utils import timezone
from django_tasks import task

from . import confirming, drafting


@task()
def daily() -> None:
    """Ask whether sheets are still true, and let go of what has had its time. Safe to repeat."""
    confirming.ask_all(today=timezone.localdate())
    drafting.purge_old(today=timezone.localdate())
