"""Pieces of pages kept once drawn: a card costs a template once, then a look in a dictionary.

What depends on the reader, or changes by the minute, cannot be kept: a piece leaves a place for
it (``{% live_slot name="sheet-start" %}``), which ``alive`` fills at each reading.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from traboule.ui import slots

MOST_KEPT = 3000
KEPT_FOR = 300.0
"""Seconds: what a key does not tell (a holder's new name) shows within five minutes."""

_kept: OrderedDict[Hashable, tuple[float, SafeString]] = OrderedDict()
_lock = Lock()

_LIVE = re.compile(r"<!--slot ([a-z-]+)-->")
"""No text of ours holds one: comments are taken out of whatever people write."""


def look(key: Hashable) -> SafeString | None:
    """What was drawn for this key, not long ago."""
    found = _kept.get(key)
    return found[1] if found and found[0] > time.monotonic() else None


def keep(key: Hashable, html: SafeString) -> SafeString:
    """Keep what was drawn for this key, in place of the oldest piece when there are too many."""
    with _lock:
        _kept[key] = (time.monotonic() + KEPT_FOR, html)
        _kept.move_to_end(key)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return html


def kept(key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
    """What ``draw`` gives, drawn once for a key; the key changes when what it shows does."""
    html = look(key)
    return keep(key, draw()) if html is None else html


def live_place(name: str) -> SafeString:
    """A place for the slot ``name``, in a piece that is kept."""
    return mark_safe(f"<!--slot {name}-->")  # noqa: S308 (a name of ours)


def alive(html: SafeString, request: HttpRequest, subject: Any) -> SafeString:
    """The piece with its places filled for this reader, now."""
    filled = _LIVE.sub(lambda place: slots.filled(place[1], request, subject), html)
    return mark_safe(filled)  # noqa: S308 (slots give safe HTML)
