"""The list of communes that comes with Traboule. Sources: ``docs/adr/0002-places-data.md``."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class CommuneRow:
    """One commune as a file gives it; ``approximate`` says its point was guessed from near."""

    code: str
    name: str
    department: str
    epci: str
    population: int
    latitude: float
    longitude: float
    approximate: bool
    postal_codes: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Communes with all they refer to: regions, departments with their region, EPCI."""

    regions: list[tuple[str, str]]
    departments: list[tuple[str, str, str]]
    epcis: list[tuple[str, str]]
    communes: list[CommuneRow]


def shipped() -> Places:
    """Every commune of France, from the files beside this module."""
    return Places(
        regions=[(code, name) for code, name in _rows("regions")],
        departments=[(code, name, region) for code, name, region in _rows("departments")],
        epcis=[(siren, name) for siren, name in _rows("epcis")],
        communes=[_commune(row) for row in _rows("communes")],
    )


def _rows(name: str) -> list[list[str]]:
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _commune(row: list[str]) -> CommuneRow:
    code, name, department, epci, population, latitude, longitude, approximate, postal = row
    return CommuneRow(
        code=code,
        name=name,
        department=department,
        epci=epci,
        population=int(population),
        latitude=float(latitude),
        longitude=float(longitude),
        approximate=approximate == "1",
        postal_codes=tuple(postal.split()),
    )
