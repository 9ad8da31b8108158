"""Maps without tiles: from degrees to millimetres on paper, and pins that do not hide each other.

Pure functions: no database, no drawing but SVG text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin, sqrt
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


def spread(wanted: Sequence[Point], *, gap: float, width: float, height: float) -> list[Point]:
    """Places near the wanted ones, at least ``gap`` mm apart where there is room.

    The same points give the same places: those too near push each other away, in rounds.
    """
    at = [
        (x + 0.02 * i * cos(i * GOLDEN_ANGLE), y + 0.02 * i * sin(i * GOLDEN_ANGLE))
        for i, (x, y) in enumerate(wanted)
    ]
    for _round in range(ROUNDS):
        moved = False
        for i in range(len(at)):
            for j in range(i + 1, len(at)):
                dx, dy = at[j][0] - at[i][0], at[j][1] - at[i][1]
                if abs(dx) >= gap or abs(dy) >= gap:
                    continue
                far = hypot(dx, dy) or 0.01
                if far < gap:
                    push = (gap * 1.01 - far) / 2 / far
                    at[i] = (at[i][0] - dx * push, at[i][1] - dy * push)
                    at[j] = (at[j][0] + dx * push, at[j][1] + dy * push)
                    moved = True
        edge = gap / 2
        at = [(_within(x, edge, width - edge), _within(y, edge, height - edge)) for x, y in at]
        if not moved:
            break
    return [(round(x, 2), round(y, 2)) for x, y in at]


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))


def ground(frame: Frame, towns: Iterable[Town], rings: Iterable[Sequence[Sequence[float]]]) -> str:
    """The land as SVG: outlines of departments, and a dot a commune, as large as its people."""
    by_size: dict[float, list[str]] = defaultdict(list)
    for town in towns:
        x, y = frame.place(town.latitude, town.longitude)
        by_size[_dot(town.population, frame)].append(f"M{x} {y}h.01")
    dots = "".join(
        f'<path d="{"".join(paths)}" stroke-width="{size}"/>'
        for size, paths in sorted(by_size.items())
    )
    lines = "".join(_ring(frame, ring) for ring in rings)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}">'
        f'<g fill="#fbf6ee" stroke="#8a7462" stroke-width=".22" stroke-linejoin="round">{lines}</g>'
        f'<g fill="none" stroke="#c9b59c" stroke-linecap="round">{dots}</g></svg>'
    )


def _ring(frame: Frame, ring: Sequence[Sequence[float]]) -> str:
    points = (frame.place(latitude, longitude) for longitude, latitude in ring)
    return f'<path d="M{"L".join(f"{x} {y}" for x, y in points)}Z"/>'


def _dot(population: int, frame: Frame) -> float:
    """A diameter in mm, by steps: the area follows the population, and the scale of the map."""
    growth = (frame.scale / 60) ** 0.35
    return round(min(4.5, max(0.3, 0.0075 * sqrt(population))) * growth, 1) or 0.2


@dataclass(frozen=True)
class Name:
    """The name of a town, where it is written: beside its dot, from ``x`` on."""

    text: str
    x: float
    y: float


def town_names(
    frame: Frame, towns: Iterable[Town], *, taken: Sequence[Point], reach: float, size: float,
    most: int,
) -> list[Name]:  # fmt: skip
    """The largest towns whose names touch neither a pin (within ``reach``) nor each other.

    ``towns`` come largest first; ``size`` is the height of the letters in mm.
    """
    written: list[Name] = []
    for town in towns:
        if len(written) == most:
            break
        x, y = frame.place(town.latitude, town.longitude)
        name = Name(town.name, round(x + size * 0.5, 2), y)
        right = name.x + _width(town.name, size)
        inside = x > 1 and right < frame.width - 1 and size < y < frame.height - size
        free = all(
            not (x - reach < px < right + reach and abs(py - y) < reach + size / 2)
            for px, py in taken
        ) and all(
            right + 1 < other.x
            or other.x + _width(other.text, size) + 1 < x
            or abs(other.y - y) > size * 1.3
            for other in written
        )
        if inside and free:
            written.append(name)
    return written


def _width(text: str, size: float) -> float:
    return len(text) * size * 0.56
