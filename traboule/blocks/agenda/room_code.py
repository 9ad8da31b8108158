"""The four digits shown in the room: whoever types them is there.

They are not the code of the posters, which tells where to sign up and proves nothing. They follow
from the installation's secret, so nothing is kept of them, and hold only around the session.
"""

import datetime

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Event

AROUND = datetime.timedelta(minutes=45)


def code_of(event: Event) -> str:
    """The digits of this session; another date has others."""
    said = f"{event.pk}:{event.starts_at.timestamp()}"
    digest = salted_hmac("agenda.room-code", said, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10_000:04d}"


def holds(event: Event) -> bool:
    """Whether the code opens anything now: around the session, while it takes place."""
    is_open = event.state == Event.State.OPEN and not event.is_slotted
    return is_open and event.starts_at - AROUND <= timezone.now() <= event.ends_at + AROUND


def is_right(event: Event, typed: str) -> bool:
    """Whether these are its digits, typed in time."""
    digits = "".join(sign for sign in typed if sign.isdecimal())
    return holds(event) and constant_time_compare(digits.encode(), code_of(event).encode())
