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
LETTERS_MM = 2.6
"""The height of a line of town names."""


def locator(initiative: Initiative, *, width: float, height: float) -> dict[str, Any]:
    """A little map of where one sheet takes place."""
    point = (initiative.latitude, initiative.longitude)
    frame = cartography.frame_around([point], width=width, height=height, margin=3, span=0.75)
    at = frame.place(*point)
    return _map(frame, [{"number": 0, "theme": initiative.theme, "at": at, "pin": at}], reach=4)


def numbered(
    initiatives: Sequence[Initiative], *, width: float, height: float, largest_pin: float
) -> dict[str, Any]:
    """A map with a numbered pin a sheet, in their order; ``elsewhere`` lists those too far.

    Pins shrink when there are many, and move aside when they would overlap.
    """
    points = [(i.latitude, i.longitude) for i in initiatives]
    near = cartography.together(points)
    shown = [n for n, is_near in enumerate(near) if is_near]
    pin = min(largest_pin, max(4.5, sqrt(width * height / max(1, len(shown)) * 0.2)))
    frame = cartography.frame_around(
        [points[n] for n in shown], width=width, height=height, margin=pin * 1.6
    )
    at = [frame.place(*points[n]) for n in shown]
    wanted = [(x, y - pin * 0.95) for x, y in at]
    places = cartography.spread(wanted, gap=pin * 1.15, width=width, height=height)
    pins = [
        {"number": n + 1, "theme": initiatives[n].theme, "at": where, "pin": place}
        for n, where, place in zip(shown, at, places, strict=True)
    ]
    return _map(frame, pins, reach=pin * 0.7) | {
        "pin_size": round(pin, 2),
        "elsewhere": [n + 1 for n, is_near in enumerate(near) if not is_near],
    }


def _map(frame: Frame, pins: list[dict[str, Any]], *, reach: float) -> dict[str, Any]:
    towns, departments = _towns(frame.box)
    taken = [pin["pin"] for pin in pins] + [pin["at"] for pin in pins]
    names = cartography.town_names(
        frame, towns, taken=taken, reach=reach, size=LETTERS_MM, most=max(4, int(frame.width / 11))
    )
    return {
        "width": frame.width,
        "height": frame.height,
        "ground": cartography.ground(frame, towns, outlines(departments)),
        "names": [{"text": name.text, "x": name.x, "y": name.y} for name in names],
        "pins": pins,
    }


def _towns(box: Box) -> tuple[list[Town], list[str]]:
    """The largest communes of a window, largest first, and the departments they lie in."""
    rows = Commune.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    ).order_by("-population", "code")
    values = rows.values_list("name", "latitude", "longitude", "population", "department_id")
    communes = list(values[:MOST_DOTS])
    return [Town(*row[:4]) for row in communes], sorted({row[4] for row in communes})
