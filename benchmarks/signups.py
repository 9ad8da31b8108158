"""Two hundred residents sign up for one event at the same moment; as many write to the floor."""

import gzip
import http.client
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from statistics import median, quantiles
from threading import Barrier
from urllib.parse import urlencode

from .crowd import End
from .machine import Server

STEPS = ("event’s page", "form", "sign-up")
"""What everybody does at once, one after the other; the floor has its page of cards for both."""
FLOOR = ("/", "/", "/ecrire/")
TOKEN = "floor" * 6 + "ab"
"""A browser that brings the same in a cookie and in the form is let through."""
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Resident:
    """A browser, the addresses of its steps, and what it was given for the next one."""

    port: int
    paths: tuple[str, ...]
    cookies: dict[str, str]
    hidden: dict[str, str] = field(default_factory=dict)

    def act(self, step: str) -> bool:
        """Do one step; whether the right answer came."""
        path = self.paths[STEPS.index(step)]
        try:
            if step != "sign-up":
                return self._ask("GET", path) == 200
            form = {**self.hidden, "extra": "0", "note": "Je viens à vélo"}
            return self._ask("POST", path, urlencode(form)) == 302
        except (OSError, http.client.HTTPException):
            return False

    def _ask(self, method: str, path: str, body: str = "") -> int:
        headers = {
            "Accept-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if response.headers["Content-Encoding"] == "gzip":
            content = gzip.decompress(content)
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: given.value for name, given in SimpleCookie(line).items()}
        self.hidden |= _HIDDEN.findall(content.decode())
        return response.status


@dataclass(frozen=True)
class Moment:
    """One step that everybody took at once."""

    p50_ms: float
    p95_ms: float
    cpu_ms: float
    errors: int


Beside = tuple[Moment, Moment]
"""The floor's and the site's, one after the other."""


@dataclass(frozen=True)
class Rush:
    """What was measured on one database, and what became of the events."""

    kind: str
    steps: dict[str, list[Beside]]
    ends: list[End]

    def ratio(self, step: str, value: str) -> float:
        """How many times the floor's: the median of the rounds."""
        pairs = self.steps[step]
        return median(getattr(site, value) / getattr(floor, value) for floor, site in pairs)

    def middle(self, step: str, value: str) -> tuple[float, float]:
        """The floor's and the site's own: medians of the rounds."""
        both = zip(*self.steps[step], strict=True)
        floor, site = (median(getattr(moment, value) for moment in moments) for moments in both)
        return floor, site

    def errors(self, step: str) -> int:
        """Answers that were not the right one, of the site and of the floor."""
        return sum(moment.errors for pair in self.steps[step] for moment in pair)

    @property
    def is_right(self) -> bool:
        """Whether everybody got a right answer, and a seat or the place in line that is theirs."""
        return not any(map(self.errors, STEPS)) and all(end.is_right for end in self.ends)


def rush(
    site: Server, floor: Server, events: Sequence[str], sessions: Sequence[str]
) -> dict[str, list[Beside]]:
    """One round an event, floor and site in turn; the first only warms them."""
    rounds = []
    for event in events:
        form = f"{event}je-viens/"
        people = [Resident(site.port, (event, form, form), {"sessionid": key}) for key in sessions]
        bare = [
            Resident(floor.port, FLOOR, {"csrftoken": TOKEN}, {"csrfmiddlewaretoken": TOKEN})
            for _ in sessions
        ]
        rounds.append([(_moment(floor, bare, step), _moment(site, people, step)) for step in STEPS])
    return {step: [one[rank] for one in rounds[1:]] for rank, step in enumerate(STEPS)}


def _moment(server: Server, people: Sequence[Resident], step: str) -> Moment:
    """All of them take the step as soon as the last one is ready."""
    gate = Barrier(len(people))

    def go(resident: Resident) -> tuple[float, bool]:
        gate.wait()
        started = time.perf_counter()
        is_right = resident.act(step)
        return time.perf_counter() - started, is_right

    before = server.cpu_seconds()
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(go, people))
    used = server.cpu_seconds() - before
    took = quantiles([1000 * seconds for seconds, _ in answers], n=20)
    errors = sum(not is_right for _, is_right in answers)
    return Moment(took[9], took[-1], 1000 * used / len(people), errors)
