"""The newest sheets, for feed readers."""

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from ..search.filters import Filters
from .selection import Selection

LONGEST = 50
"""A feed tells what is new; the whole is in the other files."""


def as_feed(
    kind: type[Atom1Feed] | type[Rss201rev2Feed], filters: Filters, *, address: str
) -> SyndicationFeed:
    """The newest sheets that the filters keep, as Atom or RSS; ``address`` is the feed's own."""
    list_address = f"{settings.SITE_URL}/initiatives/{filters.query_string()}"
    feed = kind(
        title=" · ".join([_("Initiatives"), settings.TERRITORY, *filters.labels()]),
        link=list_address,
        description=_("Les dernières fiches publiées."),
        language="fr",
        feed_url=address,
        feed_guid=address,
    )
    for initiative in Selection.of(filters).newest(LONGEST):
        sheet_address = f"{settings.SITE_URL}/initiatives/{initiative.slug}/"
        feed.add_item(
            title=_printable(initiative.title),
            link=sheet_address,
            unique_id=sheet_address,
            unique_id_is_permalink=True,
            description=_printable(f"{initiative.place}. {initiative.summary}"),
            author_name=_printable(initiative.holder.name),
            pubdate=initiative.published_at,
            updateddate=initiative.revised_at,
            categories=[str(initiative.get_theme_display()), *initiative.tool_labels],
        )
    return feed


def _printable(text: str) -> str:
    """XML refuses control characters, which a paste may have left."""
    return "".join(letter for letter in text if letter >= " ")
