"""Which sheets leave the house: those that the list's own filters keep, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from traboule.kernel.places.geography import distance_km

from .. import search
from ..models import Initiative
from ..search.filters import Filters

CHUNK = 500


@dataclass(frozen=True)
class Selection:
    """Sheets to export, read a chunk at a time: however many there are, few are in memory."""

    keys: list[int] | None
    """Newest first; none means the whole published table."""
    count: int

    @classmethod
    def of(cls, filters: Filters) -> "Selection":
        """What these filters keep; a distance is measured exactly."""
        if filters.is_empty:
            return cls(None, Initiative.objects.published().count())
        keys = search.matching(filters)
        if point := filters.point:
            keys = [
                key
                for key, latitude, longitude in _points(keys)
                if distance_km(point.latitude, point.longitude, latitude, longitude)
                <= filters.reach
            ]
        return cls(keys, len(keys))

    def chunks(self, *, bare: bool = False) -> Iterator[list[Initiative]]:
        """The sheets in lists of at most ``CHUNK``, each ready for ``published_fields_of``.

        ``bare`` ones come faster, without their results, partners and parents.
        """
        rows = _rows().order_by("-pk")
        rows = rows.prefetch_related(None) if bare else rows
        return _whole_table(rows) if self.keys is None else _chosen(rows, self.keys)

    def newest(self, number: int) -> list[Initiative]:
        """The first sheets only."""
        if self.keys is None:
            return list(_rows().order_by("-pk")[:number])
        return list(_rows().filter(pk__in=self.keys[:number]).order_by("-pk"))

    def page(self, *, before: int | None, size: int) -> list[Initiative]:
        """At most ``size`` sheets older than the key ``before``."""
        rows = _rows().order_by("-pk")
        if self.keys is None:
            return list((rows.filter(pk__lt=before) if before else rows)[:size])
        keys = [key for key in self.keys if before is None or key < before][:size]
        return list(rows.filter(pk__in=keys))


def _rows() -> QuerySet[Initiative]:
    """Published sheets with what a file tells and no more: making objects is half of the time."""
    rows = Initiative.objects.published().for_export()
    return rows.select_related(None).select_related("commune__department", "holder").defer("html")


def _whole_table(rows: QuerySet[Initiative]) -> Iterator[list[Initiative]]:
    """By key, so that the last chunk costs what the first does."""
    chunk = list(rows[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(rows.filter(pk__lt=chunk[-1].pk)[:CHUNK]) if len(chunk) == CHUNK else []


def _chosen(rows: QuerySet[Initiative], keys: list[int]) -> Iterator[list[Initiative]]:
    for start in range(0, len(keys), CHUNK):
        yield list(rows.filter(pk__in=keys[start : start + CHUNK]))


def _points(keys: list[int]) -> Iterator[tuple[int, float, float]]:
    for start in range(0, len(keys), CHUNK):
        some = Initiative.objects.filter(pk__in=keys[start : start + CHUNK]).order_by("-pk")
        yield from some.values_list("pk", "latitude", "longitude")
