"""A handful of communes, enough to mistake one for another."""

import pytest

from traboule.kernel.places.actions import load_communes
from traboule.kernel.places.shipped import CommuneRow, Places


def commune(code: str, name: str, population: int, point: tuple[float, float], *postal: str):
    """A row as a file gives it, in no EPCI."""
    return CommuneRow(code, name, code[:2], "", population, *point, False, postal)


SAMPLE = Places(
    regions=[("84", "Auvergne-Rhône-Alpes"), ("76", "Occitanie")],
    departments=[
        ("26", "Drôme", "84"),
        ("38", "Isère", "84"),
        ("42", "Loire", "84"),
        ("69", "Rhône", "84"),
        ("82", "Tarn-et-Garonne", "76"),
    ],
    epcis=[],
    communes=[
        commune("38544", "Vienne", 31_778, (45.5257, 4.8748), "38200"),
        commune("38110", "Chuzelles", 2_200, (45.5848, 4.8730), "38200"),
        commune("38185", "Grenoble", 156_389, (45.1787, 5.7148), "38000", "38100"),
        commune("42218", "Saint-Étienne", 173_136, (45.4339, 4.3900), "42000", "42100"),
        commune("42183", "La Ricamarie", 8_039, (45.4054, 4.3694), "42150"),
        commune("69290", "Saint-Priest", 48_000, (45.6966, 4.9467), "69800"),
        commune("69123", "Lyon", 519_127, (45.7491, 4.8479), "69001", "69002"),
        commune("26362", "Valence", 64_000, (44.9256, 4.9096), "26000"),
        commune("82186", "Valence", 5_200, (44.1087, 0.8906), "82400"),
    ],
)


@pytest.fixture
def communes(db) -> None:
    """The sample, in the database."""
    load_communes(places=SAMPLE)
