"""The cards of a list. A card drawn before is not read from the database again."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from traboule.ui.templatetags.ui import card

from . import rendered
from .models import Initiative


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
        rows = Initiative.objects.for_listing().in_bulk(new)
        for version in html:
            if version.key in rows:
                html[version] = rendered.keep(("card", version, language), _draw(rows[version.key]))
    return [Card(version.key, known) for version, known in html.items() if known is not None]


def _draw(initiative: Initiative) -> SafeString:
    return card(
        conditional_escape(initiative.holder.name),
        title=initiative.title,
        href=initiative.get_absolute_url(),
        theme=initiative.theme,
        place=initiative.place,
        summary=initiative.summary,
        badge=initiative.get_state_display(),
        badge_kind=initiative.state,
        lang="fr",
    )
