"""Text messages, through the back end that the settings name, as Django does for e-mail."""

import datetime
import json
import re
import sys
import uuid
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

import httpx
from django.conf import settings
from django.utils.module_loading import import_string

from .gsm import cheapest

outbox: list[dict[str, str]] = []
"""What MemoryBackend was given, for tests."""

# One typographic sign outside the GSM alphabet more than doubles the price of a message.
_FRENCH_QUOTES = re.compile("«[ \u00a0\u202f]?|[ \u00a0\u202f]?»")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-"}
    | {"\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE"}
)


class SmsNotSent(Exception):  # noqa: N818 - it says what happened.
    """The gateway refused the message or could not be reached."""


@dataclass(frozen=True)
class Sent:
    """What the gateway said of a message it took: its name for it, and its price in cents."""

    gateway_id: str = ""
    cents: Decimal | None = None


class Backend(Protocol):
    """What a back end must do: hand one message over, or raise SmsNotSent."""

    def send(self, to: str, text: str, *, key: str) -> Sent:
        """Send ``text`` to ``to``, a number in E.164; the same ``key`` is never sent twice."""


class ConsoleBackend:
    """Shows messages on the standard output."""

    def send(self, to: str, text: str, *, key: str) -> Sent:
        sys.stdout.write(f"SMS → {to}\n{text}\n{'-' * 40}\n")
        sys.stdout.flush()
        return Sent()


class FileBackend:
    """Appends each message as a JSON line to ``settings.SMS_FILE``."""

    def send(self, to: str, text: str, *, key: str) -> Sent:
        line = {"at": datetime.datetime.now(datetime.UTC).isoformat(), "to": to, "text": text}
        with open(settings.SMS_FILE, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        return Sent()


class MemoryBackend:
    """Keeps messages in ``outbox``, for tests."""

    def send(self, to: str, text: str, *, key: str) -> Sent:
        outbox.append({"to": to, "text": text})
        return Sent()


class HttpBackend:
    """Posts ``{"to", "text"}`` to ``settings.SMS_GATEWAY_URL`` with the gateway's bearer token.

    The gateway may answer ``{"id", "price_cents"}``. A broken connection is tried once more. Both
    tries carry the same Idempotency-Key, so that a gateway that did get the first one can tell,
    and nobody receives two messages.
    """

    timeout = httpx.Timeout(5, connect=3)

    def send(self, to: str, text: str, *, key: str) -> Sent:
        headers = {
            "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
            "Idempotency-Key": key,
        }
        with httpx.Client(timeout=self.timeout, headers=headers) as client:
            response = self._post(client, {"to": to, "text": text})
        if not response.is_success:
            raise SmsNotSent(f"SMS gateway answered {response.status_code}: {response.text[:200]}")
        return _told_by(response)

    def _post(self, client: httpx.Client, message: dict[str, str]) -> httpx.Response:
        try:
            return client.post(settings.SMS_GATEWAY_URL, json=message)
        except httpx.TransportError:
            pass  # Once more, below.
        try:
            return client.post(settings.SMS_GATEWAY_URL, json=message)
        except httpx.TransportError as error:
            raise SmsNotSent(f"SMS gateway cannot be reached: {error}") from error


def plain(text: str) -> str:
    """The text as it travels: no sign that would make it dearer without saying more."""
    return cheapest(_FRENCH_QUOTES.sub('"', text).translate(_PLAIN))


def send_sms(to: str, text: str, *, key: str = "") -> Sent:
    """Send ``text`` to a number in E.164; raises SmsNotSent.

    Repeated with the same ``key``, it leaves once: the gateway tells it by that.
    """
    backend: Backend = import_string(settings.SMS_BACKEND)()
    return backend.send(to, plain(text), key=key or str(uuid.uuid4()))


def _told_by(response: httpx.Response) -> Sent:
    """What a gateway said of the message it took; many say nothing."""
    try:
        told = response.json()
        cents = told.get("price_cents")
        return Sent(str(told.get("id", "")), None if cents is None else Decimal(str(cents)))
    except (ValueError, AttributeError, InvalidOperation):
        return Sent()
