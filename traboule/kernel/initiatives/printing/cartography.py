"""Maps without tiles: from degrees to millimetres on paper, and pins that do not hide each other.

Pure functions: no database, no drawing but SVG text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, radians, sin, sqrt
from statistics import median
from typing import NamedTuple

from traboule.kernel.places.geography import Box, distance_km

SMALLEST_SPAN = 0.35
"""Degrees of latitude a map shows at least: about 40 km, so that a lone pin keeps its region."""
TOO_FAR_KM = 1100
"""Beyond, from the middle of the others, a place would shrink the map to nothing."""
ROUNDS = 160
GOLDEN_ANGLE = pi * (3 - sqrt(5))

Point = tuple[float, float]
"""On paper ``(x, y)`` in millimetres from the top left; on earth ``(latitude, longitude)``."""


class Town(NamedTuple):
    """A commune as the ground shows it."""

    name: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True)
class Frame:
    """A window on the land: its middle in degrees, its scale in mm a degree, its size in mm."""

    latitude: float
    longitude: float
    scale: float
    width: float
    height: float

    def place(self, latitude: float, longitude: float) -> Point:
        """Where a point falls on paper: degrees as they are, longitudes shortened by latitude."""
        x = (longitude - self.longitude) * cos(radians(self.latitude)) * self.scale
        return round(self.width / 2 + x, 2), round(
            self.height / 2 - (latitude - self.latitude) * self.scale, 2
        )

    @property
    def box(self) -> Box:
        """The degrees that the window shows."""
        half_height = self.height / 2 / self.scale
        half_width = self.width / 2 / self.scale / cos(radians(self.latitude))
        return Box(
            self.latitude - half_height,
            self.longitude - half_width,
            self.latitude + half_height,
            self.longitude + half_width,
        )


def frame_around(
    points: Sequence[Point], *, width: float, height: float, margin: float, span: float = 0
) -> Frame:
    """The window that shows these points with ``margin`` mm around them; ``points`` not empty."""
    latitudes = [latitude for latitude, _longitude in points]
    longitudes = [longitude for _latitude, longitude in points]
    middle = (min(latitudes) + max(latitudes)) / 2
    shortened = cos(radians(middle))
    span = max(span, SMALLEST_SPAN)
    tall = max(max(latitudes) - min(latitudes), span)
    wide = max((max(longitudes) - min(longitudes)) * shortened, span)
    scale = min((height - 2 * margin) / tall, (width - 2 * margin) / wide)
    return Frame(middle, (min(longitudes) + max(longitudes)) / 2, scale, width, height)


def together(points: Sequence[Point]) -> list[bool]:
    """Which points belong on one map: those not an ocean away from the middle of them all."""
    if not points:
        return []
    middle = (median(p[0] for p in points), median(p[1] for p in points))
    return [distance_km(*middle, *point) <= TOO_FAR_KM for point in points]


def spread(
    wanted: Sequence[Point],
    *,
    gap: float,
    width: float,
    height: float,
    fixed: Sequence[Point] = (),
    reach: float = 0,
) -> list[Point]:
    """Places near the wanted ones, at least ``gap`` mm apart where there is room.

    They also keep ``reach`` mm away from what is ``fixed``. The same points give the same
    places: those too near push each other away, in rounds.
    """
    # Points of one commune coincide: a small spiral tells them apart.
    at = [
        (x + 0.02 * (i + 1) * cos(i * GOLDEN_ANGLE), y + 0.02 * (i + 1) * sin(i * GOLDEN_ANGLE))
        for i, (x, y) in enumerate(wanted)
    ]
    edge = gap / 2
    for _round in range(ROUNDS):
        moved = _push_apart(at, gap)
        moved = _push_away(at, fixed, reach) or moved
        at = [(_within(x, edge, width - edge), _within(y, edge, height - edge)) for x, y in at]
        if not moved:
            break
    return [(round(x, 2), round(y, 2)) for x, y in at]


def _push_apart(at: list[Point], gap: float) -> bool:
    """Move each pair that is too near half of what is missing; whether any was."""
    moved = False
    for i in range(len(at)):
        for j in range(i + 1, len(at)):
            dx, dy = at[j][0] - at[i][0], at[j][1] - at[i][1]
            if abs(dx) >= gap or abs(dy) >= gap or (far := hypot(dx, dy) or 0.01) >= gap:
                continue
            push = (gap * 1.01 - far) / 2 / far
            at[i] = (at[i][0] - dx * push, at[i][1] - dy * push)
            at[j] = (at[j][0] + dx * push, at[j][1] + dy * push)
            moved = True
    return moved


def _push_away(at: list[Point], fixed: Sequence[Point], reach: float) -> bool:
    """Move each point that is too near something fixed; whether any was."""
    moved = False
    for i in range(len(at)):
        for x, y in fixed:
            dx, dy = at[i][0] - x, at[i][1] - y
            if (far := hypot(dx, dy) or 0.01) < reach:
                push = (reach * 1.01 - far) / far
                at[i] = (at[i][0] + dx * push, at[i][1] + dy * push)
                moved = True
    return moved


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))


def ground(frame: Frame, towns: Iterable[Town], rings: Iterable[Sequence[Sequence[float]]]) -> str:
    """The land as SVG: outlines of departments, and a dot a commune, as large as its people."""
    by_size: dict[float, list[str]] = defaultdict(list)
    for town in towns:
        x, y = frame.place(town.latitude, town.longitude)
        by_size[dot_size(town.population, frame)].append(f"M{x} {y}h.01")
    dots = "".join(
        f'<path d="{"".join(paths)}" stroke-width="{size}"/>'
        for size, paths in sorted(by_size.items())
    )
    lines = "".join(_ring(frame, ring) for ring in rings)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}">'
        f'<g fill="#fbf6ee" stroke="#8a7462" stroke-width=".22" stroke-linejoin="round">{lines}</g>'
        f'<g fill="none" stroke="#b39a7d" stroke-linecap="round">{dots}</g></svg>'
    )


def _ring(frame: Frame, ring: Sequence[Sequence[float]]) -> str:
    points = (frame.place(latitude, longitude) for longitude, latitude in ring)
    return f'<path d="M{"L".join(f"{x} {y}" for x, y in points)}Z"/>'


def dot_size(population: int, frame: Frame) -> float:
    """A diameter in mm, by steps: the area follows the population, and the scale of the map."""
    growth = (frame.scale / 60) ** 0.35
    return round(min(4.5, max(0.35, 0.009 * sqrt(population))) * growth, 1) or 0.2


@dataclass(frozen=True)
class Name:
    """The name of a town, written from ``x`` on, or up to ``x`` when it stands left of its dot."""

    text: str
    x: float
    y: float
    is_left: bool
    start: float
    end: float
    dot: Point

    def spots(self, step: float) -> list[Point]:
        """Points along the name, no further apart than ``step`` mm."""
        count = max(1, ceil((self.end - self.start) / step))
        return [
            (self.start + (self.end - self.start) * n / count, self.y) for n in range(count + 1)
        ]


def town_names(
    frame: Frame,
    towns: Iterable[Town],
    *,
    taken: Sequence[Point],
    reach: float,
    size: float,
    most: int = 100,
    written: Sequence[Name] = (),
) -> list[Name]:
    """The largest towns whose names touch neither a pin (within ``reach``) nor each other.

    ``towns`` come largest first; ``size`` is the height of the letters in mm;
    ``written`` names stay, and come first in the answer.
    """
    names = list(written)
    for town in towns:
        if len(names) >= most:
            break
        for name in _beside(frame, town, size):
            if _has_room(name, frame, size) and _is_free(name, names, taken, reach, size):
                names.append(name)
                break
    return names


def _beside(frame: Frame, town: Town, size: float) -> Iterator[Name]:
    """The name right of the dot, or else left of it."""
    x, y = frame.place(town.latitude, town.longitude)
    gap = dot_size(town.population, frame) / 2 + size * 0.25
    width = len(town.name) * size * 0.5
    right, left = round(x + gap, 2), round(x - gap, 2)
    yield Name(town.name, right, y, is_left=False, start=right, end=right + width, dot=(x, y))
    yield Name(town.name, left, y, is_left=True, start=left - width, end=left, dot=(x, y))


def _has_room(name: Name, frame: Frame, size: float) -> bool:
    return name.start > 1 and name.end < frame.width - 1 and size < name.y < frame.height - size


def _is_free(
    name: Name, written: Sequence[Name], taken: Sequence[Point], reach: float, size: float
) -> bool:
    dots = [other.dot for other in written]
    return not (
        any(_touches(name, point, sideways=reach, upwards=reach + size / 2) for point in taken)
        or any(_touches(name, dot, sideways=size, upwards=size) for dot in dots)
        or any(
            other.start - 1 < name.end
            and name.start < other.end + 1
            and abs(other.y - name.y) < size * 1.3
            for other in written
        )
    )


def _touches(name: Name, point: Point, *, sideways: float, upwards: float) -> bool:
    x, y = point
    return name.start - sideways < x < name.end + sideways and abs(y - name.y) < upwards
