"""The cards of a list. A card drawn before is not read from the database again."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from traboule.ui.templatetags.ui import card

from . import rendered
from .models import Initiative
from .models.initiative import place_of
from .vocabulary import State


class Version(NamedTuple):
    """A sheet as it stood at a moment."""

    key: int
    revised_at: datetime.datetime


class Card(NamedTuple):
    """A drawn card, with its sheet's key."""

    key: int
    html: SafeString


def cards(versions: Sequence[Version]) -> list[Card]:
    """The cards of these sheets, in order: one query when some are new, none otherwise."""
    language = get_language()
    html = {version: rendered.look(("card", version, language)) for version in versions}
    new = [version.key for version, known in html.items() if known is None]
    if new:
        rows = Initiative.objects.filter(pk__in=new).for_listing()
        drawn = {row["pk"]: _draw(row) for row in rows}
        for version in html:
            if version.key in drawn:
                html[version] = rendered.keep(("card", version, language), drawn[version.key])
    return [Card(version.key, known) for version, known in html.items() if known is not None]


def _draw(row: dict[str, Any]) -> SafeString:
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
