"""A sheet as schema.org tells it to search engines."""

import json
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from ..models import Initiative

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def as_json_ld(initiative: Initiative, *, address: str) -> SafeString:
    """The JSON-LD for a ``<script>``: nothing in it can close that element."""
    text = json.dumps(described(initiative, address=address), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308


def described(initiative: Initiative, *, address: str) -> dict[str, Any]:
    """The sheet as an Article about a Project; costs no query after ``for_sheet()``."""
    keywords = [
        str(initiative.get_theme_display()), *initiative.tool_labels, *initiative.audience_labels
    ]  # fmt: skip
    source = initiative.source or {}
    return _present(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": initiative.title,
            "abstract": initiative.summary,
            "url": address,
            "inLanguage": "fr",
            "license": LICENCE,
            "keywords": ", ".join(keywords),
            "datePublished": initiative.published_at
            and timezone.localdate(initiative.published_at).isoformat(),
            "dateModified": timezone.localdate(initiative.revised_at).isoformat(),
            "citation": _present(
                {
                    "@type": "CreativeWork",
                    "name": source.get("title"),
                    "publisher": source.get("publisher"),
                    "datePublished": source.get("date"),
                    "url": source.get("url"),
                }
            )
            if source
            else None,
            "about": _project(initiative),
        }
    )


def _project(initiative: Initiative) -> dict[str, Any]:
    commune, holder = initiative.commune, initiative.holder
    return _present(
        {
            "@type": "Project",
            "name": initiative.title,
            "description": initiative.summary,
            "foundingDate": initiative.started,
            "dissolutionDate": initiative.ended,
            "url": initiative.contact_website,
            "parentOrganization": _present(
                {"@type": "Organization", "name": holder.name, "url": holder.website}
            ),
            "location": {
                "@type": "Place",
                "name": initiative.place,
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": commune.name,
                    "addressRegion": commune.department.region.name,
                    "addressCountry": "FR",
                },
                "geo": {
                    "@type": "GeoCoordinates",
                    "latitude": initiative.latitude,
                    "longitude": initiative.longitude,
                },
            },
        }
    )


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    """Only what is known: schema.org has no word for « nothing »."""
    return {name: value for name, value in fields.items() if value not in ("", None)}
