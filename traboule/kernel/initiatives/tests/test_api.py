import re

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from traboule.kernel.initiatives.api import api
from traboule.kernel.initiatives.exchange.sheets import published_fields_of
from traboule.kernel.initiatives.models import Initiative

from .factories import make_commune, make_initiative

OPENAPI = "urn:openapi"


@pytest.fixture
def described(client, db):
    return client.get("/api/openapi.json").json()


def _validator(described, name):
    registry = Registry().with_resource(
        OPENAPI, Resource.from_contents(described, default_specification=DRAFT202012)
    )
    return Draft202012Validator(
        {"$ref": f"{OPENAPI}#/components/schemas/{name}"}, registry=registry
    )


def _references(value):
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _references(part)


def test_the_description_is_sound_openapi(described):
    assert re.fullmatch(r"3\.1\.\d", described["openapi"])
    assert described["info"]["license"]["name"] == "Licence Ouverte 2.0"
    operations = [ways["get"] for ways in described["paths"].values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"] for operation in operations)
    assert [list(ways) for ways in described["paths"].values()] == [["get"]] * len(operations)
    schemas = described["components"]["schemas"]
    assert {ref.rpartition("/")[2] for ref in _references(described)} <= set(schemas)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_every_answer_is_as_described(client, described):
    initiative = make_initiative(
        results=[{"label": "Vélos", "figure": "37.5", "unit": "vélos"}],
        source={"title": "Journal"},
    )
    answers = {
        "Page": client.get("/api/initiatives").json(),
        "PublishedSheet": client.get(f"/api/initiatives/{initiative.slug}").json(),
        "Vocabulary": client.get("/api/themes").json(),
        "FoundCommunes": client.get("/api/communes?q=vienne").json(),
    }

    for name, answer in answers.items():
        errors = [e.message for e in _validator(described, name).iter_errors(answer)]
        assert errors == [], name
    assert answers["FoundCommunes"]["communes"][0]["code"] == "38544"


def test_a_sheet_reads_as_in_the_files(client, db):
    initiative = make_initiative()

    answer = client.get(f"/api/initiatives/{initiative.slug}").json()

    assert answer == published_fields_of(Initiative.objects.for_export().get(pk=initiative.pk))


def test_pages_follow_one_another_until_all_is_read(client, db, monkeypatch):
    monkeypatch.setattr("traboule.kernel.initiatives.api.PAGE_SIZE", 2)
    made = [make_initiative(theme="learn").slug for _ in range(5)]
    make_initiative(theme="create")

    for address, expected in (("/api/initiatives?theme=learn", 5), ("/api/initiatives", 6)):
        read, following = [], address
        while following:
            page = client.get(following).json()
            read += [sheet["slug"] for sheet in page["initiatives"]]
            following = page["next"]
        assert (page["count"], len(read)) == (expected, expected)
        assert [slug for slug in read if slug in made] == made[::-1]


def test_a_page_costs_the_same_with_one_sheet_as_with_three(client, db, django_assert_num_queries):
    make_initiative()
    with django_assert_num_queries(5):
        client.get("/api/initiatives")
    make_initiative()
    make_initiative()
    with django_assert_num_queries(5):
        client.get("/api/initiatives")


def test_a_sheet_that_is_not_published_is_not_there(client, db):
    initiative = make_initiative()
    Initiative.objects.update(published_at=None)

    response = client.get(f"/api/initiatives/{initiative.slug}")

    assert response.status_code == 404
    assert response.json() == {"detail": "Aucune fiche publiée ne porte ce nom."}


def test_filters_that_make_no_sense_are_left_aside_and_told(client, db):
    make_initiative()

    page = client.get("/api/initiatives?theme=inconnu&cursor=abc&q=%00").json()

    assert (page["count"], len(page["problems"])) == (1, 1)


def test_the_api_is_open_to_all_and_only_reads(client, db):
    make_commune()

    assert client.get("/api/themes")["Access-Control-Allow-Origin"] == "*"
    assert client.post("/api/initiatives").status_code == 405


def test_asking_too_often_is_slowed_down(client, db):
    codes = [client.get("/api/themes").status_code for _ in range(121)]

    assert codes == [200] * 120 + [429]


def test_the_documentation_shows_every_address(client, db):
    page = client.get("/api/").content.decode()

    for address in api.get_openapi_schema(path_prefix="/api/")["paths"]:
        assert f"<code>{address}</code>" in page
    assert "Mots cherchés ; accents et fautes de frappe pardonnés" in page
