"""Sheets as CSV, JSON and GeoJSON, a chunk at a time."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..models import Initiative
from .cells import ALL_COLUMNS, to_cells
from .selection import Selection
from .sheets import published_fields_of

BOM = "\ufeff"
"""Begins our CSV: without it Excel reads UTF-8 as Windows-1252 and spoils every accent."""


def as_csv(selection: Selection) -> Iterator[str]:
    """One line a sheet under a line of column names; see ``cells``."""
    yield BOM + csv_lines([ALL_COLUMNS])
    for chunk in selection.chunks():
        yield csv_lines(to_cells(published_fields_of(initiative)) for initiative in chunk)


def as_json(selection: Selection, problems: Iterable[object] = ()) -> Iterator[str]:
    """``{"count": n, "initiatives": […]}``, with ``problems`` when a filter was left aside."""
    told = [str(problem) for problem in problems]
    yield f'{{"count": {selection.count}, '
    if told:
        yield f'"problems": {dumps(told)}, '
    yield '"initiatives": ['
    yield from _array(selection, published_fields_of)
    yield "]}\n"


def as_geojson(selection: Selection) -> Iterator[str]:
    """A FeatureCollection (RFC 7946): a point a sheet, its fields as properties."""
    yield '{"type": "FeatureCollection", "features": ['
    yield from _array(selection, _feature)
    yield "]}\n"


def csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as text."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def dumps(value: Any) -> str:
    """JSON that people can read: accents as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _array(selection: Selection, item: Any) -> Iterator[str]:
    before = "\n"
    for chunk in selection.chunks():
        yield before + ",\n".join(dumps(item(initiative)) for initiative in chunk)
        before = ",\n"


def _feature(initiative: Initiative) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": initiative.slug,
        "geometry": {"type": "Point", "coordinates": [initiative.longitude, initiative.latitude]},
        "properties": published_fields_of(initiative),
    }
