"""Places in a page that apps above it fill, so that no page knows who comes after it.

A page says ``{% slot name="me" subject=person %}``; an app registers what to draw there from
``apps.ready()``.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Draw = Callable[[HttpRequest, Any], str]

_slots: dict[str, dict[str, tuple[int, Draw]]] = {}


def register(name: str, key: str, draw: Draw, *, order: int = 100) -> None:
    """Draw something in the slot ``name``: ``draw(request, subject)`` gives safe HTML or nothing.

    ``key`` is the filler's own: registered twice, it is drawn once.
    """
    _slots.setdefault(name, {})[key] = (order, draw)


def filled(name: str, request: HttpRequest, subject: Any) -> SafeString:
    """What all apps put in a slot, in order."""
    fillers = sorted(_slots.get(name, {}).values(), key=lambda filler: filler[0])
    return format_html_join("", "{}", ((draw(request, subject),) for _order, draw in fillers))
