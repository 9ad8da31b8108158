"""The cards of a list, each drawn once for every version of its sheet."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from traboule.ui.templatetags.ui import card

from . import rendered
from .models.initiative import place_of
from .vocabulary import State

Row = Mapping[str, Any]
"""What ``for_listing`` gives of a sheet."""


class Card(NamedTuple):
    """A drawn card, with its sheet's key."""

    key: int
    html: SafeString


def cards(rows: Iterable[Row]) -> list[Card]:
    """The cards of these sheets, in order."""
    language = get_language()
    return [
        Card(
            row["pk"],
            rendered.kept(("card", row["pk"], row["revised_at"], language), partial(_draw, row)),
        )
        for row in rows
    ]


def _draw(row: Row) -> SafeString:
    return card(
        conditional_escape(row["holder__name"]),
        title=row["title"],
        href=reverse("initiatives:sheet", args=[row["slug"]]),
        theme=row["theme"],
        place=place_of(row["place_name"], row["commune__name"]),
        summary=row["summary"],
        badge=str(State(row["state"]).label),
        badge_kind=row["state"],
        lang="fr",
    )
