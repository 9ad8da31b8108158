"""From the database back to the exchange format: the exact inverse of publishing a sheet."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from ..models import Initiative, Result
from ..sheet import SECTIONS, Sheet
from ..vocabulary import HolderKind

COMPUTED = ("url", "origin", "commune_name", "department", "revised")
"""What an export adds to a sheet for its readers; an import leaves it aside."""


def sheet_of(initiative: Initiative) -> Sheet:
    """The sheet that, published, gives this initiative."""
    return Sheet.model_validate(fields_of(initiative))


def fields_of(initiative: Initiative) -> dict[str, Any]:
    """The sheet's fields, ready for JSON; costs no query after ``for_export()``."""
    commune, holder = initiative.commune, initiative.holder
    at_commune = (initiative.latitude, initiative.longitude) == (
        commune.latitude,
        commune.longitude,
    )
    return {
        "slug": initiative.slug,
        "title": initiative.title,
        "summary": initiative.summary,
        "theme": initiative.theme,
        "state": initiative.state,
        "holder": {
            "name": holder.name,
            "kind": holder.kind or HolderKind.OTHER.value,
            "website": holder.website or None,
        },
        "place": {
            "commune": initiative.commune_id,
            "name": initiative.place_name,
            "latitude": None if at_commune else initiative.latitude,
            "longitude": None if at_commune else initiative.longitude,
        },
        "started": initiative.started or None,
        "ended": initiative.ended or None,
        "audiences": initiative.audiences,
        "tool_kinds": initiative.tool_kinds,
        "partners": [
            {"name": partnership.organisation.name, "role": partnership.role}
            for partnership in initiative.partnerships.all()
        ],
        "results": [_result(result) for result in initiative.results.all()],
        "milestones": initiative.milestones,
        "cost": initiative.cost,
        "time": initiative.time,
        "people": initiative.people,
        "links": initiative.links,
        "video": initiative.video or None,
        "contact": {
            "name": initiative.contact_name,
            "phone": initiative.contact_phone,
            "email": initiative.contact_email,
            "website": initiative.contact_website or None,
        },
        "inspired_by": sorted(parent.slug for parent in initiative.inspired_by.all()),
        "source": initiative.source or None,
        "confirmed": initiative.confirmed or None,
        **{name: initiative.texts.get(name, "") for name in SECTIONS},
    }


def published_fields_of(initiative: Initiative) -> dict[str, Any]:
    """The sheet's fields and what readers of open data want beside them."""
    commune = initiative.commune
    return {
        **fields_of(initiative),
        "url": f"{settings.SITE_URL}/initiatives/{initiative.slug}/",
        "origin": initiative.origin,
        "commune_name": commune.name,
        "department": commune.department.name,
        "revised": timezone.localtime(initiative.revised_at).isoformat(timespec="seconds"),
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "label": result.label,
        "figure": _number(result.figure),
        "figure_max": None if result.figure_max is None else _number(result.figure_max),
        "qualifier": result.qualifier,
        "unit": result.unit,
        "period": result.period,
        "source": result.source,
        "source_date": result.source_date or None,
    }


def _number(figure: Decimal) -> int | float:
    """As JSON writes it: 9 rather than 9.00; two decimals of fourteen digits fit a float."""
    whole = int(figure)
    return whole if whole == figure else float(figure)
