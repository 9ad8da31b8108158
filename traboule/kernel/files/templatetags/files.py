"""Showing a file in a page: a picture, a player, or a paper to open."""

from django import template

from ..models import File
from ..receiving import in_words

register = template.Library()


@register.inclusion_tag("files/shown.html")
def shown(*, file: File, size: str = "large", caption: str = "") -> dict[str, object]:
    """A file as people see it: ``size`` is small (a thumbnail) or large.

    What may not be shown today, or is not ready, says so in its place.
    """
    return {"file": file, "small": size == "small", "caption": caption}


@register.filter
def in_bytes(size: int) -> str:
    """A number of bytes as people say it."""
    return in_words(size)
