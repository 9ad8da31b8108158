"""Distances and grid cells on the globe: degrees WGS 84 in, kilometres out, no database."""

from math import asin, cos, floor, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = 111.195
CELLS_PER_DEGREE = 10
SQUARES_PER_DEGREE = 100
_MARGIN = 1.01
"""Cells are measured at their corners and edges: a little too many are better than one missing."""


class Box(NamedTuple):
    """A rectangle of latitudes and longitudes, in degrees."""

    south: float
    west: float
    north: float
    east: float


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance between two points, in kilometres (haversine)."""
    half_lat = radians(lat2 - lat1) / 2
    half_lon = radians(lon2 - lon1) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def bounding_box(lat: float, lon: float, km: float) -> Box:
    """The smallest box that surely holds every point within ``km`` of a point."""
    height = km / KM_PER_DEGREE
    widest = min(89.0, abs(lat) + height)
    width = min(180.0, height / cos(radians(widest)))
    return Box(max(-90.0, lat - height), lon - width, min(90.0, lat + height), lon + width)


def blurred(lat: float, lon: float) -> tuple[float, float]:
    """The middle of the square of about a kilometre that holds a point: what maps may show of it.

    >>> blurred(45.7578, 4.8320)
    (45.755, 4.835)
    """
    return _middle(lat), _middle(lon)


def cell(lat: float, lon: float) -> str:
    """The name of the 0.1° grid cell that holds a point: letters, digits and ``_`` only.

    >>> cell(45.7578, 4.8320), cell(-20.88, 55.45), cell(48.4, -4.5)
    ('g457_048', 'gm209_554', 'g484_m045')
    """
    return _name(_index(lat), _index(lon))


def cells_within(lat: float, lon: float, km: float) -> list[str]:
    """The names of the cells that cover the disc of ``km`` around a point, nearest first."""
    box = bounding_box(lat, lon, km)
    far = {
        (row, column): _distance_to_cell(lat, lon, row, column)
        for row in range(_index(box.south), _index(box.north) + 1)
        for column in range(_index(box.west), _index(box.east) + 1)
    }
    near = sorted((place for place in far if far[place] <= km * _MARGIN), key=far.__getitem__)
    return [_name(*place) for place in near]


def _middle(degrees: float) -> float:
    return round(floor(degrees * SQUARES_PER_DEGREE) / SQUARES_PER_DEGREE + 0.005, 3)


def _index(degrees: float) -> int:
    return floor(round(degrees * CELLS_PER_DEGREE, 6))


def _name(row: int, column: int) -> str:
    half_turn = 180 * CELLS_PER_DEGREE
    column = (column + half_turn) % (2 * half_turn) - half_turn
    return f"g{_signed(row)}_{_signed(column)}"


def _signed(index: int) -> str:
    return f"{'m' if index < 0 else ''}{abs(index):03d}"


def _distance_to_cell(lat: float, lon: float, row: int, column: int) -> float:
    nearest_lat = min(max(lat, row / CELLS_PER_DEGREE), (row + 1) / CELLS_PER_DEGREE)
    nearest_lon = min(max(lon, column / CELLS_PER_DEGREE), (column + 1) / CELLS_PER_DEGREE)
    return distance_km(lat, lon, nearest_lat, nearest_lon)
