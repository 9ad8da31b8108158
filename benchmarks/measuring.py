"""Rounds of requests to a page and to the floor in turn: what each costs, as ratios."""

import http.client
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median, quantiles

from .machine import Server

ROUNDS = 3
WARMING = 5
FEWEST, MOST = 20, 600
WORST_MINUTE = 20.0
"""A round of a page that is very slow ends after so many seconds."""


@dataclass(frozen=True)
class Round:
    """A number of requests one after the other over one connection."""

    cpu_ms: float
    per_second: float
    p95_ms: float


@dataclass(frozen=True)
class Cost:
    """A page beside the floor: medians of the rounds."""

    cpu: float
    p95: float
    per_second: float
    cpu_ms: float
    floor_ms: float


def cost(page: Server, paths: Sequence[str], floor: Server, *, seconds: float) -> Cost:
    """Measure floor and page in turn, three times."""
    following, bare = cycle(paths), cycle(["/"])
    _ask(page, following, WARMING)
    pairs = []
    for _ in range(ROUNDS):
        floor_round = _round(floor, bare, seconds)
        pairs.append((_round(page, following, seconds), floor_round))

    def middle(value: Callable[[Round, Round], float]) -> float:
        return median(value(page, floor) for page, floor in pairs)

    return Cost(
        cpu=middle(lambda page, floor: page.cpu_ms / floor.cpu_ms),
        p95=middle(lambda page, floor: page.p95_ms / floor.p95_ms),
        per_second=middle(lambda page, floor: page.per_second / floor.per_second),
        cpu_ms=middle(lambda page, floor: page.cpu_ms),
        floor_ms=middle(lambda page, floor: floor.cpu_ms),
    )


def _round(server: Server, paths: Iterator[str], seconds: float) -> Round:
    """As many requests as take about ``seconds``."""
    first = _ask(server, paths, WARMING)
    count = int(min(MOST, max(FEWEST, seconds / median(first))))
    before, started = server.cpu_seconds(), time.perf_counter()
    took = _ask(server, paths, count)
    wall, used = time.perf_counter() - started, server.cpu_seconds() - before
    return Round(
        cpu_ms=1000 * used / len(took),
        per_second=len(took) / wall,
        p95_ms=1000 * quantiles(took, n=20)[-1],
    )


def _ask(server: Server, paths: Iterator[str], count: int) -> list[float]:
    """The seconds that each of ``count`` requests took."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    took: list[float] = []
    while len(took) < count and sum(took) < WORST_MINUTE:
        path = next(paths)
        started = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        took.append(time.perf_counter() - started)
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}")
    connection.close()
    return took
