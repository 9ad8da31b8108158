"""A stand-in for an SMS gateway, for demonstrations and tests: no message leaves the machine.

It speaks the protocol of ``people.sms.HttpBackend``, keeps what it is given, and shows it on a
page where one replies as the person would, or says that a message arrived or was lost. What it
tells us is signed as a real gateway would.
"""

import datetime
import json
import secrets
import threading
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from traboule.kernel.people.gsm import segments

from .signatures import signed_headers

STYLE = """
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
article { margin: 1.5rem 0; padding: 1rem; border: 1px solid; border-radius: .6rem; }
p { white-space: pre-line; overflow-wrap: anywhere; }
input, button { font: inherit; min-height: 3rem; padding: 0 .8rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .6rem; }
"""


@dataclass
class Message:
    """A message that was handed over, and what was told of it since."""

    id: str
    to: str
    text: str
    at: datetime.datetime
    status: str = "sent"


@dataclass
class Phone:
    """All that the gateway remembers."""

    messages: list[Message] = field(default_factory=list)
    by_key: dict[str, Message] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, to: str, text: str, key: str) -> Message:
        """Keep a message; the same key twice is the same message."""
        with self.lock:
            known = self.by_key.get(key) if key else None
            if known is None:
                now = datetime.datetime.now(datetime.UTC)
                known = Message(id=secrets.token_hex(8), to=to, text=text, at=now)
                self.messages.append(known)
                self.by_key[key or known.id] = known
            return known


class Gateway(ThreadingHTTPServer):
    """The stand-in: ``site`` is the address of the Traboule it serves."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], *, site: str, token: str, secret: str, price_cents: str
    ) -> None:
        super().__init__(address, _Handler)
        self.site, self.token, self.secret = site.rstrip("/"), token, secret
        self.price_cents = price_cents
        self.phone = Phone()

    def say(self, path: str, told: dict[str, str]) -> int:
        """Tell Traboule something, signed; the status it answers, 0 if it does not."""
        body = json.dumps(told).encode()
        headers = signed_headers(body, secret=self.secret) | {"Content-Type": "application/json"}
        request = urllib.request.Request(self.site + path, body, headers)  # noqa: S310 (our own)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
                return int(response.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    def reply(self, *, sender: str, text: str) -> int:
        """Send an SMS to Traboule as this number would."""
        now = datetime.datetime.now(datetime.UTC).isoformat()
        told = {"id": secrets.token_hex(8), "from": sender, "text": text, "at": now}
        return self.say("/messages/entrants/", told)

    def report(self, *, id: str, status: str) -> int:
        """Say that a message arrived or was lost."""
        for message in self.phone.messages:
            if message.id == id:
                message.status = status
        return self.say("/messages/accuses/", {"id": id, "status": status})


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_GET(self) -> None:
        """Show every message, or give them as JSON."""
        messages = list(reversed(self.server.phone.messages))
        if self.path == "/messages":
            listed = [
                {"id": m.id, "to": m.to, "text": m.text, "status": m.status} for m in messages
            ]
            self._answer(200, json.dumps(listed), "application/json")
        else:
            self._answer(200, _page(messages), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Take a message, or do what the page's buttons say."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.path == "/messages":
            self._take(body)
            return
        told = {key: values[0] for key, values in urllib.parse.parse_qs(body).items()}
        if self.path == "/reply":
            self.server.reply(sender=told.get("from", ""), text=told.get("text", ""))
        elif self.path == "/report":
            self.server.report(id=told.get("id", ""), status=told.get("status", ""))
        self.send_response(303)
        self.send_header("Location", "/")
        self.end_headers()

    def _take(self, body: str) -> None:
        if self.headers.get("Authorization") != f"Bearer {self.server.token}":
            self._answer(401, '{"error": "token"}', "application/json")
            return
        try:
            told = json.loads(body)
            to, text = str(told["to"]), str(told["text"])
        except (ValueError, KeyError, TypeError):
            self._answer(422, '{"error": "to and text"}', "application/json")
            return
        message = self.server.phone.take(to, text, self.headers.get("Idempotency-Key", ""))
        price = float(self.server.price_cents) * segments(text)
        answer = {"id": message.id, "price_cents": f"{price:.2f}", "segments": segments(text)}
        self._answer(202, json.dumps(answer), "application/json")

    def _answer(self, status: int, body: str, kind: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing: the page shows what came."""


def _page(messages: list[Message]) -> str:
    shown = "".join(_article(message) for message in messages) or "<p>Aucun SMS pour l’instant.</p>"
    return (
        '<!doctype html><html lang="fr"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Passerelle SMS de démonstration</title><style>{STYLE}</style>"
        f"<h1>Passerelle SMS de démonstration</h1>{shown}</html>"
    )


def _article(message: Message) -> str:
    to, id_ = escape(message.to), escape(message.id)
    return (
        f"<article><h2>{to}</h2><p>{escape(message.text)}</p>"
        f"<small>{message.at:%d/%m %H:%M} UTC · {escape(message.status)}</small>"
        f'<form method="post" action="/reply"><input type="hidden" name="from" value="{to}">'
        f'<input name="text" aria-label="Répondre comme {to}" placeholder="1">'
        "<button>Répondre</button></form>"
        f'<form method="post" action="/report"><input type="hidden" name="id" value="{id_}">'
        '<button name="status" value="delivered">Remis</button>'
        '<button name="status" value="failed">Non remis</button></form></article>'
    )
