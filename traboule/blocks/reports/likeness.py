"""Problems that may be the same: same place or near it, or said in the same words."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from traboule.engines import french
from traboule.kernel.spaces.models import Space

from .models import Report, Zone

LATELY = datetime.timedelta(days=60)
NEAR = 80
"""In thousandths of the plan."""
MOST_COMPARED = 200
MOST_SHOWN = 3
ENOUGH = 2


@dataclass(frozen=True, kw_only=True)
class Told:
    """What someone is about to report."""

    words: str = ""
    zone: Zone | None = None
    x: int | None = None
    y: int | None = None


def alike(space: Space, told: Told) -> list[Report]:
    """The open problems that readers see and that may be this one, the likeliest first."""
    lately = space.reports.open().shown().filter(opened_at__gte=timezone.now() - LATELY)
    reports = list(lately.for_listing().order_by("-pk")[:MOST_COMPARED])
    scored = [(_likeness(told, report), report) for report in reports]
    close = sorted((one for one in scored if one[0] >= ENOUGH), key=lambda one: -one[0])
    return [report for _score, report in close[:MOST_SHOWN]]


def _likeness(told: Told, report: Report) -> int:
    """Two for the place, two for half of the words, one for one word."""
    return _in_place(told, report) + _in_words(told.words, report.words)


def _in_place(told: Told, report: Report) -> int:
    if None not in (told.x, told.y, report.x, report.y):
        across, down = told.x - report.x, told.y - report.y  # type: ignore[operator]
        return 2 if across**2 + down**2 <= NEAR**2 else 0
    return 2 if told.zone and report.zone_id == told.zone.pk else 0


def _in_words(one: str, other: str) -> int:
    mine, theirs = set(french.terms(one)), set(french.terms(other))
    shared = len(mine & theirs)
    if not shared:
        return 0
    return 2 if 2 * shared >= min(len(mine), len(theirs)) and shared > 1 else 1
