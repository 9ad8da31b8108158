"""Text messages, through the back end that the settings name, as Django does for e-mail."""

import datetime
import json
import re
import sys
import uuid
from typing import Protocol

import httpx
from django.conf import settings
from django.utils.module_loading import import_string

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


class Backend(Protocol):
    """What a back end must do: hand one message over, or raise SmsNotSent."""

    def send(self, to: str, text: str) -> None:
        """Send ``text`` to ``to``, a number in E.164."""


class ConsoleBackend:
    """Shows messages on the standard output."""

    def send(self, to: str, text: str) -> None:
        sys.stdout.write(f"SMS → {to}\n{text}\n{'-' * 40}\n")
        sys.stdout.flush()


class FileBackend:
    """Appends each message as a JSON line to ``settings.SMS_FILE``."""

    def send(self, to: str, text: str) -> None:
        line = {"at": datetime.datetime.now(datetime.UTC).isoformat(), "to": to, "text": text}
        with open(settings.SMS_FILE, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


class MemoryBackend:
    """Keeps messages in ``outbox``, for tests."""

    def send(self, to: str, text: str) -> None:
        outbox.append({"to": to, "text": text})


class HttpBackend:
    """Posts ``{"to", "text"}`` to ``settings.SMS_GATEWAY_URL`` with the gateway's bearer token.

    A broken connection is tried once more. Both tries carry the same Idempotency-Key, so that
    a gateway that did get the first one can tell, and nobody receives two messages.
    """

    timeout = httpx.Timeout(5, connect=3)

    def send(self, to: str, text: str) -> None:
        headers = {
            "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
            "Idempotency-Key": str(uuid.uuid4()),
        }
        with httpx.Client(timeout=self.timeout, headers=headers) as client:
            response = self._post(client, {"to": to, "text": text})
        if not response.is_success:
            raise SmsNotSent(f"SMS gateway answered {response.status_code}: {response.text[:200]}")

    def _post(self, client: httpx.Client, message: dict[str, str]) -> httpx.Response:
        try:
            return client.post(settings.SMS_GATEWAY_URL, json=message)
        except httpx.TransportError:
            pass  # Once more, below.
        try:
            return client.post(settings.SMS_GATEWAY_URL, json=message)
        except httpx.TransportError as error:
            raise SmsNotSent(f"SMS gateway cannot be reached: {error}") from error


def send_sms(to: str, text: str) -> None:
    """Send ``text`` to a number in E.164; raises SmsNotSent."""
    backend: Backend = import_string(settings.SMS_BACKEND)()
    backend.send(to, _FRENCH_QUOTES.sub('"', text).translate(_PLAIN))
