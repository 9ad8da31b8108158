"""Priority neighbourhoods come from their official file, and know which points they hold."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from traboule.kernel.places.models import PriorityNeighbourhood

SAMPLE = Path(__file__).parent / "neighbourhoods.geojson"
FEATURE = json.loads(SAMPLE.read_text())["features"][0]

pytestmark = pytest.mark.usefixtures("communes")


def load(folder, *features, vintage: int = 2024) -> None:
    """Load a file of these features."""
    path = folder / "qpv.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    call_command("load_neighbourhoods", str(path), vintage=vintage, verbosity=0)


def drawn(*points, code: str = "QN1") -> dict:
    """A feature with this outline."""
    feature = deepcopy(FEATURE)
    feature["properties"]["CODE_QP"] = code
    feature["geometry"] = {"type": "Polygon", "coordinates": [points]}
    return feature


def test_a_point_is_in_the_neighbourhood_that_holds_it():
    call_command("load_neighbourhoods", str(SAMPLE), verbosity=0)
    containing = PriorityNeighbourhood.objects.containing

    assert str(containing(45.53, 4.89)) == "Les Collines (dessin)"
    assert containing(45.745, 4.88).commune_id == "69123"
    assert containing(45.759, 4.885) is None  # In the box, outside the outline.
    assert containing(0, 0) is None


def test_a_newer_vintage_replaces_the_older(tmp_path):
    load(tmp_path, FEATURE, vintage=2015)
    load(tmp_path, drawn([4, 45], [4.1, 45], [4.1, 45.1], [4, 45]), vintage=2024)

    assert PriorityNeighbourhood.objects.containing(45.53, 4.89) is None
    assert PriorityNeighbourhood.objects.get().code == "QN1"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (drawn([842e3, 6519e3], [843e3, 6519e3], [843e3, 6520e3], [842e3, 6519e3]), "Lambert-93"),
        (drawn([4, 45], [4.1, 45.1], [4.1, 45], [4, 45.1], [4, 45]), "se croise"),
        (drawn([4, 45]), "n’est pas lisible"),
        (drawn([4, 45], [4.1, 45], [4, 45.1], [4, 45], code=""), "code_qp"),
        ({"geometry": {"type": "Point", "coordinates": [4, 45]}}, "Polygon"),
        ({"properties": "rien", "geometry": {"type": "Polygon"}}, "n’est pas lisible"),
        (drawn(), "vide"),
        (None, "Polygon"),
    ],
)
def test_a_wrong_outline_is_named_and_nothing_is_loaded(tmp_path, wrong, message):
    with pytest.raises(CommandError, match=message) as error:
        load(tmp_path, FEATURE, wrong)

    assert str(error.value).startswith("Élément 2")
    assert not PriorityNeighbourhood.objects.exists()
