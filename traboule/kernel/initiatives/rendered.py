"""Pieces of pages kept once drawn: a card costs a template once, then a look in a dictionary."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.utils.safestring import SafeString

MOST_KEPT = 3000
KEPT_FOR = 300.0
"""Seconds: what a key does not tell (a holder's new name) shows within five minutes."""

_kept: OrderedDict[Hashable, tuple[float, SafeString]] = OrderedDict()
_lock = Lock()


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
