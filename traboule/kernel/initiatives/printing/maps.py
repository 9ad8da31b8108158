"""The maps of what we print: the communes of the area as the ground, the sheets as pins."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from traboule.kernel.places.geography import Box
from traboule.kernel.places.models import Commune
from traboule.kernel.places.outlines import outlines

from ..models import Initiative
from . import cartography
from .cartography import Frame, Town

MOST_DOTS = 6000
MM_PER_POINT = 0.353
MOST_MAJOR = 6
"""Towns so large that pins make room for their names."""


def locator(initiative: Initiative, *, width: float, height: float) -> dict[str, Any]:
    """A little map of where one sheet takes place."""
    point = (initiative.latitude, initiative.longitude)
    frame = cartography.frame_around([point], width=width, height=height, margin=3, span=0.75)
    x, y = frame.place(*point)
    pin = {"number": 0, "theme": initiative.theme, "at": (x, y), "pin": (x, y)}
    towns, departments = _towns(frame.box)
    names = cartography.town_names(
        frame, towns, taken=[(x, y), (x, y - 7)], reach=4.5, size=7.5 * MM_PER_POINT, most=5
    )
    return _map(frame, towns, departments, names) | {"pins": [pin]}


def numbered(
    initiatives: Sequence[Initiative],
    *,
    width: float,
    height: float,
    largest_pin: float,
    letters: float,
) -> dict[str, Any]:
    """A map with a numbered pin a sheet, in their order; ``elsewhere`` lists those too far.

    Pins shrink when there are many, and move aside when they would overlap. ``letters`` is the
    size of the names of towns, in points.
    """
    points = [(i.latitude, i.longitude) for i in initiatives]
    shown = [n for n, is_near in enumerate(cartography.together(points)) if is_near]
    pin = min(largest_pin, max(4.5, sqrt(width * height / max(1, len(shown)) * 0.16)))
    frame = cartography.frame_around(
        [points[n] for n in shown], width=width, height=height, margin=pin * 1.6
    )
    towns, departments = _towns(frame.box)
    size = letters * MM_PER_POINT
    majors = cartography.town_names(frame, towns[:MOST_MAJOR], taken=[], reach=0, size=size)
    at = [frame.place(*points[n]) for n in shown]
    places = cartography.spread(
        [(x, y - pin * 0.95) for x, y in at],
        gap=pin * 1.4,
        width=width,
        height=height,
        fixed=[spot for name in majors for spot in name.spots(pin / 2)],
        reach=pin * 0.75 + size / 2,
    )
    names = cartography.town_names(
        frame,
        towns[MOST_MAJOR:],
        taken=[*at, *places],
        reach=pin * 0.7,
        size=size,
        most=int(width / 11),
        written=majors,
    )
    pins = [
        {"number": n + 1, "theme": initiatives[n].theme, "at": where, "pin": place}
        for n, where, place in zip(shown, at, places, strict=True)
    ]
    return _map(frame, towns, departments, names) | {
        "pins": pins,
        "pin_size": round(pin, 2),
        "elsewhere": [n + 1 for n in range(len(points)) if n not in set(shown)],
    }


def _map(
    frame: Frame, towns: list[Town], departments: list[str], names: list[cartography.Name]
) -> dict[str, Any]:
    return {
        "width": frame.width,
        "height": frame.height,
        "ground": cartography.ground(frame, towns, outlines(departments)),
        "names": [{"text": n.text, "x": n.x, "y": n.y, "left": n.is_left} for n in names],
    }


def _towns(box: Box) -> tuple[list[Town], list[str]]:
    """The largest communes of a window, largest first, and the departments they lie in."""
    rows = Commune.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    ).order_by("-population", "code")
    values = rows.values_list("name", "latitude", "longitude", "population", "department_id")
    communes = list(values[:MOST_DOTS])
    return [Town(*row[:4]) for row in communes], sorted({row[4] for row in communes})
