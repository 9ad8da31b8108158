"""What a sheet says beyond its own columns."""

import datetime

from .models import Initiative, Lineage

OUT_OF_DATE_AFTER = datetime.timedelta(days=2 * 365)


def lineage(initiative: Initiative) -> tuple[list[Initiative], list[Initiative]]:
    """The published initiatives it was inspired by, and those it inspired: one query."""
    links = Lineage.objects.filter(parent=initiative) | Lineage.objects.filter(child=initiative)
    parents, children = [], []
    for link in links.select_related("parent", "child").order_by("pk"):
        other, side = (
            (link.parent, parents) if link.child_id == initiative.pk else (link.child, children)
        )
        if other.published_at:
            side.append(other)
    return parents, children


def is_out_of_date(initiative: Initiative, *, today: datetime.date) -> bool:
    """Whether nobody has confirmed the sheet for two years. What has ended does not change."""
    if not initiative.confirmed or initiative.state == "ended":
        return False
    confirmed = datetime.date.fromisoformat((initiative.confirmed + "-12-28")[:10])
    return today - confirmed > OUT_OF_DATE_AFTER
