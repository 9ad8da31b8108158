"""What time does to payments: whatever stopped on its way is taken up again."""

import datetime
from contextlib import suppress

from ..actions import following
from ..models import PaidBy, Payment, WebhookEvent
from ..providers import Impossible, Unreachable
from ..ways import ways

AFTER = datetime.timedelta(minutes=5)
"""By then whoever was at it has finished, or never will."""
MOST_AT_ONCE = 500
CONTESTS_SINCE = datetime.timedelta(days=7)
"""How far back disputes are looked for of which no event came."""


def heal(now: datetime.datetime) -> None:
    """Ask how payments stand that are not settled, and act on events that were not acted on.

    That finds what a crash left between what we wanted and what the provider did, holds that have
    expired, and payments and disputes whose event never came. A provider that is silent is left
    for next time.
    """
    rows = Payment.objects.unsettled().filter(asked_at__lt=now - AFTER).order_by("pk")
    for payment in rows.filter(how=PaidBy.STRIPE).for_listing()[:MOST_AT_ONCE]:
        try:
            following.look(payment)
        except Unreachable:
            break
    if PaidBy.STRIPE in ways():
        with suppress(Unreachable, Impossible):
            following.look_for_contests(now - CONTESTS_SINCE)
    heard = WebhookEvent.objects.filter(handled_at=None, received_at__lt=now - AFTER)
    for event in heard.order_by("pk")[:MOST_AT_ONCE]:
        following.handle_event.enqueue(event.pk)
