"""How one speaks to Urssaf: a token of an hour, JSON, and two ways in which it may not work.

``Down`` says that nothing is known and that it is to be tried again; ``Rejected`` that Urssaf read
what was sent and does not want it as it is.
"""

import datetime
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from .fields import word

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
MARGIN_SECONDS = 60
"""How long before its end a token is no longer used."""
TOKEN_PATH = "/api/oauth/v1/token"  # noqa: S105 (an address)
ADVANCE_SCOPE = "homeplus.tiersprestations"
UNAUTHORISED, FORBIDDEN, TOO_MANY = 401, 403, 429


class Down(Exception):  # noqa: N818 (it names a state of the world)
    """Urssaf did not answer, or could not; ``wait`` is how long it asks one to."""

    def __init__(self, why: str, wait: datetime.timedelta | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Rejected(Exception):  # noqa: N818 (it is an answer)
    """Urssaf says no; ``code`` is its own, ``said`` its words."""

    def __init__(self, code: str, said: str = "", body: Any = None) -> None:
        super().__init__(f"{code} {said}".strip())
        self.code, self.said, self.body = code, said, body


@dataclass(frozen=True)
class Door:
    """One of its services, and the credentials that it gave us."""

    client_id: str
    secret: str
    scope: str

    @property
    def key(self) -> str:
        """Where its token is remembered, in this process only."""
        return f"services.urssaf.{settings.URSSAF_URL}.{self.scope}.{self.client_id}"


def cesu() -> Door | None:
    """The *Tierce déclaration Cesu*, if this installation was approved."""
    return _door(settings.URSSAF_CESU_ID, settings.URSSAF_CESU_SECRET, word("scope"))


def advance() -> Door | None:
    """The *Tiers de prestation*, if it was: for associations declared for services at home."""
    if not settings.URSSAF_SAP_NUMBER:
        return None
    return _door(settings.URSSAF_ADVANCE_ID, settings.URSSAF_ADVANCE_SECRET, ADVANCE_SCOPE)


def _door(client_id: str, secret: str, scope: str) -> Door | None:
    return Door(client_id, secret, scope) if client_id and secret else None


def call(door: Door | None, method: str, path: str, **sent: Any) -> Any:
    """What Urssaf answers, read from JSON. Raises Down and Rejected.

    A token that it does not know any more is asked anew, once.
    """
    if door is None:
        raise Down("Les identifiants de l’Urssaf manquent dans les réglages.")
    answer = _answer(method, path, headers=_headers(door), **sent)
    if answer.status_code == UNAUTHORISED:
        cache.delete(door.key)
        answer = _answer(method, path, headers=_headers(door), **sent)
    if answer.status_code in (UNAUTHORISED, FORBIDDEN):
        raise Down("L’Urssaf refuse nos identifiants.")
    return _read(answer)


def _headers(door: Door) -> dict[str, str]:
    return {"Authorization": f"Bearer {_token(door)}", "Accept": "application/json"}


def _token(door: Door) -> str:
    known: str | None = cache.get(door.key)
    if known:
        return known
    asked = {"grant_type": "client_credentials", "client_id": door.client_id,
             "client_secret": door.secret, "scope": door.scope}  # fmt: skip
    answer = _answer("POST", TOKEN_PATH, data=asked)
    try:
        given = answer.raise_for_status().json()
        token, seconds = str(given["access_token"]), int(given["expires_in"])
    except (httpx.HTTPStatusError, ValueError, KeyError, TypeError) as error:
        raise Down("L’Urssaf refuse nos identifiants.") from error
    if seconds > MARGIN_SECONDS:
        cache.set(door.key, token, timeout=seconds - MARGIN_SECONDS)
    return token


def _answer(method: str, path: str, **sent: Any) -> httpx.Response:
    url = settings.URSSAF_URL.rstrip("/") + path
    try:
        answer = httpx.request(method, url, timeout=TIMEOUT, **sent)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Down("L’Urssaf ne répond pas.") from error
    if answer.is_server_error or answer.status_code == TOO_MANY:
        raise Down("L’Urssaf ne peut pas répondre.", _wait_of(answer))
    return answer


def _wait_of(answer: httpx.Response) -> datetime.timedelta | None:
    """``Retry-After``: seconds, or a date."""
    said = answer.headers.get("Retry-After", "")
    if said.isdecimal():
        return datetime.timedelta(seconds=min(int(said), 86_400))
    try:
        return max(parsedate_to_datetime(said) - timezone.now(), datetime.timedelta())
    except (ValueError, TypeError):
        return None


def _read(answer: httpx.Response) -> Any:
    try:
        body = answer.json() if answer.content else None
    except ValueError as error:
        if answer.is_success:
            raise Down("La réponse de l’Urssaf ne se lit pas.") from error
        body = None
    if answer.is_success:
        return body
    raise refusal_in(body) or Rejected("INCONNUE", body=body)


def refusal_in(body: Any) -> Rejected | None:
    """The first error of a list of ``{code, message, description}``, or of one alone."""
    first = body[0] if isinstance(body, list) and body else body
    if not isinstance(first, dict) or not first.get("code"):
        return None
    said = " ".join(str(first[key]) for key in ("message", "description") if first.get(key))
    return Rejected(str(first["code"]), said, body)
