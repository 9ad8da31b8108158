"""What a browser loads with a page, compressed: for the first time, and coming back."""

import http.client
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_IN_STYLE = re.compile(rb"""url\(["']?([^"')]+)["']?\)|@import\s+["']([^"']+)["']""")
_IN_SCRIPT = re.compile(rb"""(?:import|from)\s*\(?["'](\.{1,2}/[^"']+)["']""")
_LOADED = {"stylesheet", "preload", "modulepreload", "icon", "manifest"}
_KEPT = re.compile(r"immutable|max-age=\d{5,}")


@dataclass(frozen=True)
class Weight:
    """Bytes: the page's HTML, all of a first visit, and what a later visit loads again."""

    html: int
    html_plain: int
    first: int
    later: int
    parts: dict[str, int]


def weigh(port: int, path: str) -> Weight:
    """Load a page and all it names, as a browser would."""
    page, _body, _kept = _load(port, path)
    _size, plain, _kept = _load(port, path, encoding="identity")
    names = _named(plain.decode())
    parts: dict[str, int] = {}
    later, waiting = page, [urljoin(path, name) for name in names]
    while waiting:
        address = urlsplit(waiting.pop())._replace(fragment="").geturl()
        if address in parts or not address.startswith("/"):
            continue
        size, _body, kept = _load(port, address)
        parts[address] = size
        later += 0 if kept else size
        waiting += [urljoin(address, name) for name in _named_inside(port, address)]
    return Weight(page, len(plain), page + sum(parts.values()), later, parts)


def _load(port: int, path: str, *, encoding: str = "br, gzip") -> tuple[int, bytes, bool]:
    """Bytes on the wire without headers, the body, and whether a browser keeps it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    return len(body), body, bool(_KEPT.search(response.headers.get("Cache-Control", "")))


def _named_inside(port: int, address: str) -> list[str]:
    """What a style sheet or a script loads in turn. (Fonts of a style sheet load when used.)"""
    pattern = {"css": _IN_STYLE, "js": _IN_SCRIPT}.get(address.rsplit(".", 1)[-1])
    if not pattern:
        return []
    _size, body, _kept = _load(port, address, encoding="identity")
    found = (next(filter(None, groups)) for groups in map(_groups, pattern.finditer(body)))
    return [name.decode() for name in found if not name.startswith((b"data:", b"#"))]


def _groups(match: re.Match[bytes]) -> tuple[bytes, ...]:
    return match.groups()


def _named(html: str) -> list[str]:
    parser = _Names()
    parser.feed(html)
    return parser.names


class _Names(HTMLParser):
    """The addresses that a page makes a browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "link" and _LOADED & set(given.get("rel", "").split()):
            self.names.append(given["href"])
        if tag in {"script", "img", "source"} and given.get("src"):
            self.names.append(given["src"])
        if tag == "use" and not given["href"].startswith("#"):
            self.names.append(given["href"])
