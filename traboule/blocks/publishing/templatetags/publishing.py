"""Small readings for the pages of publications."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of_file(found: Mapping[int, list[Any]], file: int) -> list[Any]:
    """What is said of one file."""
    return found.get(file, [])
