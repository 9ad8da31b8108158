"""The outlines of the departments, simplified for small maps (Natural Earth, public domain)."""

import gzip
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

Ring = list[list[float]]
"""A closed line of ``[longitude, latitude]`` points."""


def outlines(codes: Iterable[str]) -> list[Ring]:
    """Every ring of these departments, in the order of the codes; unknown codes give none.

    Neighbours share their border point by point, so the rings of a region fit together.
    """
    departments = _departments()
    return [ring for code in codes for ring in departments.get(code, [])]


@lru_cache(maxsize=1)
def _departments() -> dict[str, list[Ring]]:
    collection = json.loads(gzip.decompress((DATA / "departments.geojson.gz").read_bytes()))
    return {
        feature["properties"]["code"]: [
            ring for polygon in feature["geometry"]["coordinates"] for ring in polygon
        ]
        for feature in collection["features"]
    }
