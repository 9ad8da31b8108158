"""What a sheet says beyond its own columns."""

import datetime

from .models import Initiative, Lineage
from .vocabulary import State

_LINKED = ("slug", "title", "published_at", "place_name", "commune__name")
OUT_OF_DATE_AFTER = datetime.timedelta(days=2 * 365)


def lineage(initiative: Initiative) -> tuple[list[Initiative], list[Initiative]]:
    """The published initiatives it was inspired by, and those it inspired: one query."""
    links = Lineage.objects.filter(parent=initiative) | Lineage.objects.filter(child=initiative)
    shown = [f"{side}__{name}" for side in ("parent", "child") for name in _LINKED]
    links = links.select_related("parent__commune", "child__commune").only(
        "parent_id", "child_id", *shown
    )
    found = list(links.order_by("pk"))
    parents = [link.parent for link in found if link.child_id == initiative.pk]
    children = [link.child for link in found if link.parent_id == initiative.pk]
    return [p for p in parents if p.published_at], [c for c in children if c.published_at]


def is_out_of_date(initiative: Initiative, *, today: datetime.date) -> bool:
    """Whether nobody has confirmed the sheet for two years. What has ended does not change."""
    if not initiative.confirmed or initiative.state == State.ENDED:
        return False
    confirmed = datetime.date.fromisoformat((initiative.confirmed + "-12-28")[:10])
    return today - confirmed > OUT_OF_DATE_AFTER
