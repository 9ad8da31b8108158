"""When messages leave: never at night, and once a week for what can wait."""

import datetime

from django.utils import timezone

NIGHT_FALLS = datetime.time(21)
NIGHT_ENDS = datetime.time(8)
DIGEST_WEEKDAY = 3
"""Thursday: what happens at the week-end can still be planned."""
DIGEST_TIME = datetime.time(10)


def end_of_night(now: datetime.datetime) -> datetime.datetime | None:
    """When the night that ``now`` falls in ends, in the time of the house; none by day."""
    local = timezone.localtime(now)
    if NIGHT_ENDS <= local.time() < NIGHT_FALLS:
        return None
    day = local.date() + datetime.timedelta(days=local.time() >= NIGHT_FALLS)
    return _local(day, NIGHT_ENDS)


def last_digest(now: datetime.datetime) -> datetime.datetime:
    """The hour of the latest weekly digest, at or before ``now``."""
    local = timezone.localtime(now)
    day = local.date() - datetime.timedelta(days=(local.weekday() - DIGEST_WEEKDAY) % 7)
    hour = _local(day, DIGEST_TIME)
    return hour if hour <= now else _local(day - datetime.timedelta(days=7), DIGEST_TIME)


def _local(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time))
