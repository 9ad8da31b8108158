"""A stand-in for the geocoder: the same protocol, made from our communes and a few street names.

It serves tests and machines without a network; its points are near the commune's own.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .geography import distance_km
from .models import Commune
from .names import fold

STREETS = (
    "Rue de la République",
    "Rue Victor Hugo",
    "Avenue Jean Jaurès",
    "Place du Marché",
    "Chemin des Écoles",
)
STEP_DEGREES = 0.002
MODES = ("normal", "down", "slow", "malformed")
SLOW_SECONDS = 10.0


@dataclass(frozen=True)
class Town:
    """What the stand-in knows of one commune."""

    code: str
    name: str
    postal_code: str
    latitude: float
    longitude: float


def towns(communes: Iterable[Commune]) -> list[Town]:
    """Communes read once, biggest first, so that the server's threads need no database."""
    return [
        Town(
            commune.code,
            commune.name,
            min((postal.code for postal in commune.postal_codes.all()), default=""),
            commune.latitude,
            commune.longitude,
        )
        for commune in sorted(communes, key=lambda commune: -commune.population)
    ]


class StandIn(ThreadingHTTPServer):
    """The server; ``mode`` makes it answer wrongly, late or not at all, and may be changed."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, known: list[Town], port: int = 0, mode: str = "normal") -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.towns = known
        self.mode = mode
        self.requests = 0

    @property
    def url(self) -> str:
        """What ``GEOCODER_URL`` should say."""
        return f"http://127.0.0.1:{self.server_port}"

    def search(self, query: dict[str, str]) -> list[dict[str, Any]]:
        """Features for ``q``: the streets it names in the communes it names."""
        asked = f" {fold(query.get('q', ''))} "
        number = re.match(r" (\d{1,4}) ", asked)
        streets = [i for i, street in enumerate(STREETS) if f" {fold(street)} " in asked]
        for street in streets:
            asked = asked.replace(f" {fold(STREETS[street])} ", " ")
        found = [town for town in self.towns if _is_named(town, asked, query.get("citycode"))]
        limit = int(query.get("limit", 5))
        features = [
            _feature(town, street, number[1] if number else "")
            for town in found[:limit]
            for street in streets or [-1]
            if streets or _is_named(town, asked)
        ]
        return features[:limit]

    def reverse(self, query: dict[str, str]) -> list[dict[str, Any]]:
        """The feature of the commune nearest to ``lat``, ``lon``, within 30 km."""
        latitude, longitude = float(query["lat"]), float(query["lon"])

        def distance(town: Town) -> float:
            return distance_km(latitude, longitude, town.latitude, town.longitude)

        nearest = min(self.towns, key=distance, default=None)
        return [_feature(nearest, -1, "")] if nearest and distance(nearest) < 30 else []


@contextmanager
def running(known: list[Town], mode: str = "normal") -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, for as long as the block lasts."""
    server = StandIn(known, mode=mode)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_GET(self) -> None:
        self.server.requests += 1
        address = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        verb = {"search": self.server.search, "reverse": self.server.reverse}.get(
            address.path.strip("/").rpartition("/")[2]
        )
        if self.server.mode == "slow":
            time.sleep(SLOW_SECONDS)
        if self.server.mode == "down":
            self._send(503, {"code": 503, "message": "Service unavailable"})
        elif self.server.mode == "malformed":
            self._send(200, {"type": "FeatureCollection", "features": [{"geometry": None}]})
        elif verb is None:
            self._send(404, {"code": 404, "message": "Not found"})
        elif verb == self.server.search and len(query.get("q", "")) < 3:
            self._send(400, {"code": 400, "message": "q must contain between 3 and 200 chars"})
        else:
            self._send(200, {"type": "FeatureCollection", "features": verb(query)})

    def _send(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            pass  # The client did not wait: that is what « slow » is for.

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


def _is_named(town: Town, asked: str, code: str | None = None) -> bool:
    """Whether the question means this town: by its code if it gives one, else in its words."""
    if code:
        return town.code == code
    words = (fold(town.name), town.postal_code)
    return any(word and f" {word} " in asked for word in words)


def _feature(town: Town, street: int, number: str) -> dict[str, Any]:
    """A street lies some hundred metres from the commune's point, always at the same place."""
    name = f"{number} {STREETS[street]}".strip() if street >= 0 else ""
    place = f"{town.postal_code} {town.name}" if name else town.name
    kind = "municipality" if not name else "housenumber" if number else "street"
    shift = STEP_DEGREES * (street + 1)
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(town.longitude + shift, 6), round(town.latitude + shift, 6)],
        },
        "properties": {
            "label": f"{name} {place}".strip(),
            "score": {"municipality": 0.6, "street": 0.85, "housenumber": 0.95}[kind],
            "citycode": town.code,
            "postcode": town.postal_code,
            "city": town.name,
            "type": kind,
        },
    }
