"""What a worker is shown: requests that fit them, the nearest first, then all the others."""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.dateparse import parse_date

from traboule.kernel.places.geography import bounding_box
from traboule.kernel.spaces.models import Space

from .kinds import KINDS
from .locating import distance_in_words, far
from .models import Request, Worker
from .models.request import RequestQuerySet

PAGE_SIZE = 20
MOST_FITTING = 30


@dataclass(frozen=True)
class Search:
    """The service and the day looked for; either may be any."""

    kind: str = ""
    day: datetime.date | None = None

    @classmethod
    def from_query(cls, query: QueryDict) -> "Search":
        """Read an address; what makes no sense is left out."""
        kind = query.get("service", "")
        try:
            day = parse_date(query.get("jour", ""))
        except ValueError:
            day = None
        return cls(kind=kind if kind in KINDS else "", day=day)

    def query_string(self, **more: str) -> str:
        """``?…`` that gives this search again, and what is added to it."""
        pairs = {"service": self.kind, "jour": self.day.isoformat() if self.day else "", **more}
        kept = {name: value for name, value in pairs.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def rows(self, space: Space, person: Any) -> RequestQuerySet:
        """The requests of others that it finds; any day fits what has none."""
        found = space.service_requests.open().for_listing().exclude(household__person=person)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.day:
            found = found.filter(Q(on=self.day) | Q(on=None))
        return found


@dataclass(frozen=True, kw_only=True)
class Found:
    """A request, and how far it is from whoever looks."""

    asked: Request
    km: float | None

    @property
    def distance(self) -> str:
        """How far, in words; nothing when nobody knows from where."""
        return "" if self.km is None else distance_in_words(self.km)


def fitting(rows: RequestQuerySet, worker: Worker | None) -> list[Found]:
    """Those of a worker's services within their distance, the nearest first."""
    if worker is None:
        return []
    latitude, longitude = worker.point
    box = bounding_box(latitude, longitude, worker.radius_km)
    near = rows.filter(
        kind__in=worker.kinds,
        latitude__range=(box.south, box.north),
        longitude__range=(box.west, box.east),
    )
    found = [measured(one, worker) for one in near.after(None)[: 4 * MOST_FITTING]]
    within = [one for one in found if one.km is not None and one.km <= worker.radius_km]
    return sorted(within, key=lambda one: one.km or 0)[:MOST_FITTING]


def measured(asked: Request, worker: Worker | None) -> Found:
    """A request with its distance."""
    if worker is None or asked.latitude is None or asked.longitude is None:
        return Found(asked=asked, km=None)
    return Found(asked=asked, km=far(worker.point, (asked.latitude, asked.longitude)))
