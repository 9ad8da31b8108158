"""Pieces of pages kept once drawn: a card costs a template once, then a look in a dictionary."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.utils.safestring import SafeString

MOST_KEPT = 5000
_kept: OrderedDict[Hashable, SafeString] = OrderedDict()
_lock = Lock()


def kept(key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
    """What ``draw`` gives, drawn once for a key; the key changes when what it shows does."""
    html = _kept.get(key)
    if html is None:
        html = draw()
        with _lock:
            _kept[key] = html
            if len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return html
