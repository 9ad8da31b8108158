"""When to try again: the pace that the space chose, counted from the first try without answer."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from .models import ActionKind, Contact

CALL_BACK_AFTER = datetime.timedelta(days=3)
"""When someone asks to be called again and names no day."""


@dataclass(frozen=True)
class Proposal:
    """What to do next, and on which day."""

    kind: ActionKind
    due_on: datetime.date


def after_silence(contact: Contact, today: datetime.date) -> Proposal | None:
    """The next step of the pace after today; none once the pace has run out."""
    begun = _silent_since(contact)
    if begun is None:
        return None
    for step in contact.space.outreach_pace.order_by("after_days", "pk"):
        due = begun + datetime.timedelta(days=step.after_days)
        if due > today:
            return Proposal(possible(contact, ActionKind(step.kind)), due)
    return None


def possible(contact: Contact, wished: ActionKind) -> ActionKind:
    """The same, or what can be done with this contact instead: nobody calls without a number."""
    ways = {
        ActionKind.CALL: bool(contact.phone),
        ActionKind.VISIT: bool(contact.street),
        ActionKind.WRITE: bool(contact.email or contact.street),
    }
    if ways.get(wished, True):
        return wished
    return next((way for way, there in ways.items() if there), ActionKind.LOST_TOUCH)


def _silent_since(contact: Contact) -> datetime.date | None:
    """The day of the first try since one last spoke with them."""
    tries = contact.exchanges.approaches()
    last = contact.exchanges.reached().order_by("-at", "-pk").first()
    if last:
        tries = tries.filter(at__gt=last.at)
    first = tries.order_by("at", "pk").first()
    return timezone.localdate(first.at) if first else None
