"""The site's menus: each app registers its own entries, so that no page below knows it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Place = Literal["header", "account", "footer"]


def everyone(request: HttpRequest) -> bool:
    """The default audience of an entry."""
    return True


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One link of a menu.

    ``text`` replaces the label when it depends on who reads (a person's name).
    ``post`` makes it a button that posts, for what changes something (signing out).
    """

    label: str | Promise
    url_name: str
    place: Place
    icon: str = ""
    order: int = 100
    visible: Callable[[HttpRequest], bool] = everyone
    text: Callable[[HttpRequest], str] | None = None
    post: bool = False


_entries: dict[tuple[Place, str], Entry] = {}


def register(*entries: Entry) -> None:
    """Add entries to their menus; called from ``apps.ready()``, as ``admin.register`` is."""
    for entry in entries:
        _entries[entry.place, entry.url_name] = entry
    _in_order.cache_clear()
    _fixed_link.cache_clear()


def links(request: HttpRequest, place: Place) -> list[SafeString]:
    """The links of one menu as this reader sees them."""
    language = get_language()
    path = request.path
    return [
        _fixed_link(language, entry, _is_current(entry, path))
        if entry.text is None and not entry.post
        else _link(entry, current=_is_current(entry, path), request=request)
        for entry in _in_order(place)
        if entry.visible(request)
    ]


@cache
def _in_order(place: Place) -> list[Entry]:
    return sorted((e for e in _entries.values() if e.place == place), key=lambda e: e.order)


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


def _is_current(entry: Entry, path: str) -> bool:
    address = _address(entry.url_name)
    return path == address or (len(address) > 1 and path.startswith(address))


@cache
def _fixed_link(language: str | None, entry: Entry, current: bool) -> SafeString:
    """A link that only the language changes: drawn once a process, read by every page."""
    return _link(entry, current=current)


def _link(entry: Entry, *, current: bool, request: HttpRequest | None = None) -> SafeString:
    return render_to_string(
        "ui/navigation_link.html",
        {
            "address": _address(entry.url_name),
            "label": entry.text(request) if entry.text and request else entry.label,
            "icon_name": entry.icon,
            "is_current": current,
            "csrf_token": get_token(request) if entry.post and request else "",
        },
    )
