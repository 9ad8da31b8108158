"""What time does to payments: whatever stopped on its way is taken up again."""

import datetime

from ..actions import following
from ..models import PaidBy, Payment, WebhookEvent
from ..providers import Unreachable

AFTER = datetime.timedelta(minutes=5)
"""By then whoever was at it has finished, or never will."""
MOST_AT_ONCE = 500


def heal(now: datetime.datetime) -> None:
    """Ask how payments stand that are not settled, and act on events that were not acted on.

    That finds what a crash left between what we wanted and what the provider did, holds that have
    expired, and payments whose event never came. A provider that is silent is left for next time.
    """
    rows = Payment.objects.unsettled().filter(asked_at__lt=now - AFTER).order_by("pk")
    for payment in rows.filter(how=PaidBy.STRIPE).for_listing()[:MOST_AT_ONCE]:
        try:
            following.look(payment)
        except Unreachable:
            break
    heard = WebhookEvent.objects.filter(handled_at=None, received_at__lt=now - AFTER)
    for event in heard.order_by("pk")[:MOST_AT_ONCE]:
        following.handle_event.enqueue(event.pk)
