"""How long landlords take to check: counted for each, so that all see who keeps their word."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from django.utils import timezone

from .models import Check, Landlord, Outcome

COUNTED_FOR = datetime.timedelta(days=365)
MOST_COUNTED = 5000


@dataclass
class Delays:
    """One landlord: what waits, what is late, and how it answered over a year."""

    landlord: Landlord
    waiting: int = 0
    late: int = 0
    refused: int = 0
    in_time: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many it answered."""
        return len(self.days)

    @property
    def usual(self) -> int | None:
        """In how many days, as often more as less."""
        return round(median(self.days)) if self.days else None

    @property
    def share_in_time(self) -> int | None:
        """Of a hundred answers, how many came before their day was over."""
        return round(100 * self.in_time / self.answered) if self.days else None


def delays_of(landlords: Iterable[Landlord]) -> list[Delays]:
    """The delays of each landlord, in one query whatever their number."""
    today, since = timezone.localdate(), timezone.now() - COUNTED_FOR
    found = {landlord.pk: Delays(landlord) for landlord in landlords}
    checks = Check.objects.filter(listing__dwelling__landlord__in=found)
    rows = checks.exclude(outcome=Outcome.WITHDRAWN).filter(asked_at__gte=since)
    for landlord, outcome, asked, due, decided in rows.order_by("-pk").values_list(
        "listing__dwelling__landlord", "outcome", "asked_at", "due_on", "decided_at"
    )[:MOST_COUNTED]:
        one = found[landlord]
        if decided is None:
            one.waiting += 1
            one.late += due < today
        else:
            answered = timezone.localdate(decided)
            one.days.append((answered - timezone.localdate(asked)).days)
            one.in_time += answered <= due
            one.refused += outcome == Outcome.REFUSED
    return list(found.values())
