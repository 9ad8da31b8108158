"""Loading is repeatable, whole, and names every mistake of a file."""

import json

import pytest
from django.core.management import CommandError, call_command

from traboule.kernel.places.actions import load_communes
from traboule.kernel.places.models import Commune, PostalCode, PriorityNeighbourhood
from traboule.kernel.places.shipped import Places

from .conftest import SAMPLE


def write(folder, content) -> str:
    """A JSON file of this content."""
    path = folder / "file.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def official(**changes) -> dict:
    """Vienne as the State's geo API gives it."""
    centre = {"type": "Point", "coordinates": [4.881, 45.522]}
    return {"code": "38544", "nom": "Vienne", "centre": centre, **changes}


def everything() -> list:
    """All rows, to compare before and after."""
    return [
        *Commune.objects.order_by("code").values(),
        *PostalCode.objects.order_by("commune", "code").values("commune", "code"),
    ]


@pytest.mark.django_db
def test_the_shipped_list_covers_the_country():
    load_communes()

    cities = Commune.objects.filter(code__in=["69123", "75056", "13055"], approximate=False)
    assert Commune.objects.count() == 34_969
    assert Commune.objects.filter(approximate=False).count() > 14_000
    assert cities.count() == 3
    assert Commune.objects.look_up("viene")[0].code == "38544"
    assert [c.code for c in Commune.objects.look_up("sain etienne", limit=1)] == ["42218"]
    assert Commune.objects.get(code="38544").epci.name == "CA Vienne Condrieu"


@pytest.mark.usefixtures("communes")
def test_loading_twice_changes_nothing():
    before = everything()

    load_communes(places=SAMPLE)

    assert everything() == before


@pytest.mark.usefixtures("communes")
def test_a_merged_commune_goes_unless_something_refers_to_it():
    PriorityNeighbourhood.objects.create(
        code="QN1", name="L’Isle", commune_id="38544", geometry={}, vintage=2024,
        west=0, south=0, east=1, north=1,
    )  # fmt: skip
    rows = [row for row in SAMPLE.communes if row.code not in ("38544", "38110")]

    done = load_communes(places=Places(SAMPLE.regions, SAMPLE.departments, [], rows))

    assert (done.removed, done.kept) == (1, 1)
    assert Commune.objects.filter(code__in=["38544", "38110"]).get().code == "38544"


@pytest.mark.usefixtures("communes")
def test_an_official_file_brings_exact_points_that_stay(tmp_path):
    Commune.objects.filter(code="38544").update(approximate=True)
    new = official(code="38999", nom="Neuve", population=12, codesPostaux=["38990"])

    call_command("load_places", "--official", write(tmp_path, [official(), new]), verbosity=0)
    added = Commune.objects.get(postal_codes__code="38990")
    load_communes(places=SAMPLE)

    vienne = Commune.objects.get(code="38544")
    assert (added.name, added.department_id, added.population) == ("Neuve", "38", 12)
    assert (vienne.latitude, vienne.longitude, vienne.approximate) == (45.522, 4.881, False)


@pytest.mark.usefixtures("communes")
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (official(centre=None), "Entrée 2 (38544), champ «\u00a0centre\u00a0»"),
        (
            official(centre={"coordinates": [900, 6_500_000]}),
            "Entrée 2 (38544), champ «\u00a0centre\u00a0»",
        ),
        (official(code=None), "Entrée 2 (?), champ «\u00a0code\u00a0»"),
        (official(population="beaucoup"), "Entrée 2 (38544), champ «\u00a0population\u00a0»"),
        (official(codesPostaux=["3820"]), "Entrée 2 (38544), champ «\u00a0codesPostaux\u00a0»"),
        (
            official(code="99123"),
            "Commune 99123, champ «\u00a0code\u00a0»\u00a0: département inconnu",
        ),
        ("rien", "Entrée 2 (?)"),
    ],
)
def test_a_mistake_in_an_official_file_is_named_and_nothing_is_loaded(tmp_path, wrong, message):
    before = everything()

    with pytest.raises(CommandError) as error:
        call_command("load_places", "--official", write(tmp_path, [official(nom="X"), wrong]))

    assert message in str(error.value)
    assert everything() == before


@pytest.mark.django_db
def test_a_file_that_is_not_json_is_answered_with_its_line(tmp_path):
    with pytest.raises(CommandError, match="Ligne 2, colonne 3"):
        call_command("load_places", "--official", write(tmp_path, "[\n  oups]"))
