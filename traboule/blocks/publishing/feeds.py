"""What is told, for feed readers."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from .models import Publication

FEED_LENGTH = 30


def as_feed(
    kind: type[Atom1Feed] | type[Rss201rev2Feed],
    publications: Iterable[Publication],
    *,
    address: str,
    title: str = "",
    link: str = "/",
) -> SyndicationFeed:
    """Publications as Atom or RSS, the latest first; ``address`` is the path of the feed."""
    feed = kind(
        title=_printable(title) or _("Ce que racontent les quartiers"),
        link=settings.SITE_URL + link,
        description=_("Nouvelles, articles, tutoriels et photos."),
        language="fr",
        feed_url=settings.SITE_URL + address,
        feed_guid=settings.SITE_URL + address,
    )
    for one in publications:
        page = settings.SITE_URL + one.get_absolute_url()
        feed.add_item(
            title=_printable(one.title),
            link=page,
            unique_id=page,
            unique_id_is_permalink=True,
            description=_printable(one.summary) or one.html,
            author_name=_printable(one.byline) or None,
            pubdate=one.published_at,
            updateddate=one.changed_at,
            categories=[str(one.get_kind_display())],
            **_picture(one),
        )
    return feed


def _picture(publication: Publication) -> dict[str, Any]:
    """Its picture, if it may be shown today."""
    picture = publication.picture
    if picture is None:
        return {}
    size = str(picture.small.size)
    return {"enclosures": [Enclosure(settings.SITE_URL + picture.small_url, size, "image/jpeg")]}


def _printable(text: str) -> str:
    """XML refuses control characters, which a paste may have left."""
    return "".join(letter for letter in text if letter >= " ")
