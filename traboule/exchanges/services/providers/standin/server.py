"""The stand-in as others meet it: the API, the pages, and the events it sends."""

import hashlib
import hmac
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .books import Books, Refusal, Thing
from .pages import account_page, closed_page, disputes_page, pay_page

WEBHOOK = "/services/paiements/stripe/"
TRIES = 5


class StandIn(ThreadingHTTPServer):
    """The server. ``mode`` is "normal", "down" (503) or "deaf": done, but the answer is lost."""

    daemon_threads = True
    block_on_close = False

    def __init__(
        self, *, key: str, secret: str, site: str, port: int = 0, tells: bool = True
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.key, self.secret, self.tells = key, secret, tells
        self.mode = "normal"
        self.books = Books(site=site.rstrip("/"), here=self.url)
        self.answers: dict[str, tuple[str, int, Thing]] = {}
        self.told: set[str] = set()

    @property
    def url(self) -> str:
        """What ``TRABOULE_STRIPE_URL`` should say."""
        return f"http://127.0.0.1:{self.server_port}"

    def signed(
        self, event: Thing, *, secret: str = "", at: float | None = None
    ) -> tuple[bytes, str]:
        """The body and the signature with which an event leaves."""
        body = json.dumps(event).encode()
        moment = int(time.time() if at is None else at)
        mac = hmac.new(
            (secret or self.secret).encode(), f"{moment}.".encode() + body, hashlib.sha256
        )
        return body, f"t={moment},v1={mac.hexdigest()}"

    def tell(self, event: Thing) -> int:
        """Send an event; the status that it meets, 0 when nobody answers."""
        body, signature = self.signed(event)
        headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
        request = urllib.request.Request(self.books.site + WEBHOOK, body, headers)  # noqa: S310 (our own)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
                return int(response.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    def tell_new(self) -> None:
        """Send what was not yet, in the background, and again when it is not taken."""
        with self.books.lock:
            new = [event for event in self.books.events if event["id"] not in self.told]
            self.told.update(event["id"] for event in new)
        if self.tells and new:
            threading.Thread(target=self._insist, args=(new,), daemon=True).start()

    def _insist(self, events: list[Thing]) -> None:
        for event in events:
            for tries in range(TRIES):
                if self.tell(event) == 200:
                    break
                time.sleep(2**tries)

    def once(self, key: str, body: str, act: Callable[[], Thing]) -> tuple[int, Thing, bool]:
        """Do it once for that key: the same answer again; something else with it is refused."""
        with self.books.lock:
            if key in self.answers:
                before, status, answer = self.answers[key]
                if before != body:
                    return 400, _other_request(key), False
                return status, answer, True
            try:
                status, answer = 200, json.loads(json.dumps(act()))
            except Refusal as refusal:
                status, answer = refusal.status, refusal.body
            if key:
                self.answers[key] = (body, status, answer)
            return status, answer, False


@contextmanager
def running(**values: Any) -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, for as long as the block lasts."""
    server = StandIn(**values)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: StandIn
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Give a thing of the API, or show a page."""
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        if path.startswith("/v1/"):
            self._api(path, query)
        else:
            self._page(path, {})

    def do_POST(self) -> None:
        """Act, for the API or as the person on a page."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = urlsplit(self.path).path
        if path.startswith("/v1/"):
            self._api(path, body)
        else:
            self._page(path, dict(parse_qsl(body)))

    def _api(self, path: str, body: str) -> None:
        server = self.server
        if server.mode == "down":
            self._json(503, {"error": {"type": "api_error", "message": "Service unavailable."}})
            return
        if self.headers.get("Authorization") != f"Bearer {server.key}":
            self._json(401, {"error": {"type": "invalid_request_error", "message": "Bad key."}})
            return
        key = self.headers.get("Idempotency-Key", "") if self.command == "POST" else ""
        status, answer, again = server.once(
            key, f"{path}?{body}", lambda: answer_of(server.books, self.command, path, nested(body))
        )
        if server.mode == "deaf":
            self.close_connection = True
            self.connection.close()
            return
        self._json(status, answer, {"Idempotent-Replayed": "true"} if again else {})
        server.tell_new()

    def _page(self, path: str, said: dict[str, str]) -> None:
        books = self.server.books
        _, kind, id, *_ = [*path.split("/"), "", ""]
        try:
            if kind == "pay":
                page = pay_page(books, id, said)
            elif kind == "account":
                page = account_page(books, id, said)
            else:
                page = disputes_page(books, said)
        except Refusal as refusal:
            page = closed_page(str(refusal))
        self.server.tell_new()
        if page.startswith("http"):
            self._send(303, b"", {"Location": page})
        else:
            self._send(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _json(self, status: int, answer: Thing, headers: dict[str, str] | None = None) -> None:
        known = {"Content-Type": "application/json", "Request-Id": "req_standin"}
        self._send(status, json.dumps(answer).encode(), known | (headers or {}))

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing: the books show what came."""


def answer_of(books: Books, method: str, path: str, asked: Thing) -> Thing:
    """What the API answers. Raises Refusal."""
    kind, id, verb = _address(path)
    acts: dict[tuple[str, str, bool, str], Callable[[], Thing]] = {
        ("POST", "checkout/sessions", False, ""): lambda: books.open_session(asked),
        ("GET", "checkout/sessions", True, ""): lambda: books.get(id, "checkout.session"),
        ("POST", "checkout/sessions", True, "expire"): lambda: books.expire_session(id),
        ("GET", "payment_intents", True, ""): lambda: books.get(id, "payment_intent"),
        ("POST", "payment_intents", True, "capture"): lambda: books.capture(id, asked),
        ("POST", "payment_intents", True, "cancel"): lambda: books.cancel(id, asked),
        ("POST", "refunds", False, ""): lambda: books.refund(asked),
        ("GET", "disputes", True, ""): lambda: books.get(id, "dispute"),
        ("GET", "disputes", False, ""): lambda: _listed(
            books.disputes(
                asked.get("payment_intent", ""), int(asked.get("created", {}).get("gte", 0))
            )
        ),
        ("POST", "accounts", False, ""): lambda: books.open_account(asked),
        ("GET", "accounts", True, ""): lambda: books.get(id, "account"),
        ("POST", "account_links", False, ""): lambda: books.link(asked),
    }
    act = acts.get((method, kind, bool(id), verb))
    if act is None:
        raise Refusal(404, f"Unrecognized request URL ({method}: {path}).")
    found = act()
    for wanted in asked.get("expand", {}).values():
        found = _expanded(books, found, wanted.split("."))
    return found


def _address(path: str) -> tuple[str, str, str]:
    parts = path.removeprefix("/v1/").strip("/").split("/")
    kind = "/".join(parts[:2]) if parts[0] == "checkout" else parts[0]
    rest = [*parts[2 if parts[0] == "checkout" else 1 :], "", ""]
    return kind, rest[0], rest[1]


def _listed(things: list[Thing]) -> Thing:
    return {"object": "list", "url": "/v1/disputes", "has_more": False, "data": things}


def _expanded(books: Books, thing: Thing, names: list[str]) -> Thing:
    """The thing with those it names written whole; in a list, each of them."""
    if names and isinstance(thing.get(names[0]), list):
        every = [_expanded(books, one, names[1:]) for one in thing[names[0]]]
        return {**thing, names[0]: every}
    if not names or not thing.get(names[0]):
        return thing
    inner = thing[names[0]]
    inner = books.things[inner] if isinstance(inner, str) else inner
    return {**thing, names[0]: _expanded(books, inner, names[1:])}


def nested(body: str) -> Thing:
    """``a[b][0]=c`` as ``{"a": {"b": {"0": "c"}}}``."""
    read: Thing = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        *outer, last = re.findall(r"[^\[\]]+", name)
        inside = read
        for part in outer:
            inside = inside.setdefault(part, {})
        inside[last] = value
    return read


def _other_request(key: str) -> Thing:
    message = (
        "Keys for idempotent requests can only be used with the same parameters they were first "
        f"used with. Try using a key other than '{key}'."
    )
    return {"error": {"type": "idempotency_error", "message": message}}
