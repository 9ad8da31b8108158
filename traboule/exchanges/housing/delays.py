"""How long landlords take to check: counted for each, so that all see who keeps their word."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from statistics import median

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from traboule.kernel.spaces.results import KEPT_FOR

from .models import Check, Landlord, Outcome

COUNTED_FOR = datetime.timedelta(days=365)
MOST_COUNTED = 5000
OF_LANDLORD = "listing__dwelling__landlord"


@dataclass
class Answers:
    """How a landlord answered over a year."""

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


@dataclass(frozen=True)
class Delays:
    """One landlord: what waits now, what is late, and how it answered."""

    landlord: Landlord
    waiting: int
    late: int
    answers: Answers


def delays_of(landlords: Iterable[Landlord]) -> list[Delays]:
    """The delays of each landlord, in two queries at most whatever their number.

    What waits is counted at once, answers again after a few minutes only.
    """
    by_key = {landlord.pk: landlord for landlord in landlords}
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    waiting = Check.objects.waiting().filter(**{f"{OF_LANDLORD}__in": by_key}).order_by()
    rows = waiting.values_list(OF_LANDLORD).annotate(number=Count("pk"), late=late)
    counts = {key: (number, late) for key, number, late in rows}
    answers = _answers(by_key)
    return [
        Delays(landlord, *counts.get(key, (0, 0)), answers[key]) for key, landlord in by_key.items()
    ]


def _answers(landlords: Collection[int]) -> dict[int, Answers]:
    """The answers of each, as they were counted a few minutes ago at most."""
    kept = cache.get_many([_kept_as(key) for key in landlords])
    found = {key: kept[_kept_as(key)] for key in landlords if _kept_as(key) in kept}
    if missing := [key for key in landlords if key not in found]:
        new = _counted(missing)
        cache.set_many({_kept_as(key): one for key, one in new.items()}, KEPT_FOR)
        found |= new
    return found


def _kept_as(landlord: int) -> str:
    return f"housing-answers/{landlord}"


def _counted(landlords: Collection[int]) -> dict[int, Answers]:
    found = {key: Answers() for key in landlords}
    answered = Check.objects.filter(outcome__in=(Outcome.CONFIRMED, Outcome.REFUSED))
    since = timezone.now() - COUNTED_FOR
    last = answered.filter(asked_at__gte=since, **{f"{OF_LANDLORD}__in": landlords}).order_by("-pk")
    fields = (OF_LANDLORD, "outcome", "asked_at", "due_on", "decided_at")
    for key, outcome, asked, due, decided in last.values_list(*fields)[:MOST_COUNTED]:
        one, day = found[key], timezone.localdate(decided)
        one.days.append((day - timezone.localdate(asked)).days)
        one.in_time += day <= due
        one.refused += outcome == Outcome.REFUSED
    return found
