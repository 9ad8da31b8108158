"""From an address to a point, through the Géoplateforme geocoder (or any that speaks like it).

``GEOCODER_URL`` names the service; without it, addresses are simply not looked up.
"""

from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings

TIMEOUT_SECONDS = 3.0
TRIES = 2
LIMIT = 5
_SHORTEST, _LONGEST = 3, 200
"""What the protocol accepts as a question, in characters."""


class GeocoderDown(Exception):  # noqa: N818 - it names a state of the world, not a mistake of ours
    """The geocoder did not answer in time, or not in its own language."""


@dataclass(frozen=True)
class Address:
    """One address that the geocoder proposes; ``score`` is its confidence, from 0 to 1."""

    label: str
    latitude: float
    longitude: float
    commune_code: str
    score: float


def is_available() -> bool:
    """Whether this installation names a geocoder at all."""
    return bool(settings.GEOCODER_URL)


def find_address(text: str, commune_code: str | None = None) -> list[Address]:
    """The addresses that a text may mean, best first, in one commune if it is given.

    Raises ``GeocoderDown`` when the service does not answer.
    """
    text = " ".join(text.split())[:_LONGEST]
    if not is_available() or len(text) < _SHORTEST:
        return []
    query: dict[str, str | int] = {"q": text, "limit": LIMIT}
    if commune_code:
        query["citycode"] = commune_code
    return _ask("search", query)


def address_at(latitude: float, longitude: float) -> Address | None:
    """The address nearest to a point, if there is one; raises ``GeocoderDown``."""
    if not is_available():
        return None
    return next(iter(_ask("reverse", {"lat": latitude, "lon": longitude, "limit": 1})), None)


def _ask(verb: str, query: dict[str, Any]) -> list[Address]:
    answer = _answer(f"{settings.GEOCODER_URL.rstrip('/')}/{verb}", query, tries=TRIES)
    if answer.status_code == httpx.codes.BAD_REQUEST:
        return []  # The service read the question and finds no sense in it.
    try:
        answer.raise_for_status()
        return [_address(feature) for feature in answer.json()["features"]]
    except (httpx.HTTPStatusError, ValueError, KeyError, TypeError, IndexError) as error:
        raise GeocoderDown(str(error)) from error


def _answer(url: str, query: dict[str, Any], *, tries: int) -> httpx.Response:
    """The first answer that is not the server's own failure: a lost connection is often alone."""
    try:
        answer = httpx.get(url, params=query, timeout=TIMEOUT_SECONDS)
        if answer.is_server_error:
            answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if tries > 1:
            return _answer(url, query, tries=tries - 1)
        raise GeocoderDown(str(error)) from error
    return answer


def _address(feature: dict[str, Any]) -> Address:
    longitude, latitude = feature["geometry"]["coordinates"][:2]
    properties = feature["properties"]
    return Address(
        label=str(properties["label"]),
        latitude=float(latitude),
        longitude=float(longitude),
        commune_code=str(properties.get("citycode", "")),
        score=float(properties.get("score", 0)),
    )
