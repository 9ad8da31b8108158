import csv
import io
import json
import random
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from data_inclusion.schema.v1 import Service, Structure
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from traboule.kernel.initiatives.actions import publish_sheet, publish_sheets
from traboule.kernel.initiatives.exchange.calendar import span
from traboule.kernel.initiatives.exchange.cells import ALL_COLUMNS, from_cells, to_cells
from traboule.kernel.initiatives.exchange.fields import documented_fields
from traboule.kernel.initiatives.exchange.readers import read
from traboule.kernel.initiatives.exchange.schema_org import as_json_ld
from traboule.kernel.initiatives.exchange.sheets import fields_of, published_fields_of, sheet_of
from traboule.kernel.initiatives.loader import read_folder
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.sheet import Sheet
from traboule.kernel.initiatives.vocabulary import Origin
from traboule.kernel.places.models import Commune

from .factories import make_commune, make_initiative, make_sheet

COMPENDIUM = read_folder(Path(__file__).parents[4] / "compendium")
FULL = {
    "title": "=Atelier « vélo », l’été",
    "partners": [{"name": "Ville | Métropole", "role": "prête\\donne"}, {"name": "CAF"}],
    "results": [
        {
            "label": "Vélos",
            "figure": "37.5",
            "figure_max": 40,
            "qualifier": "about",
            "unit": "vélos",
            "source_date": "2024-05",
        },
        {"label": "Jeunes", "figure": 12, "unit": "jeunes", "period": "par an"},
    ],
    "milestones": [{"date": "2024-02", "end": "2024-03-05", "label": "Chantier | fête"}],
    "links": [{"label": "Le site", "url": "https://exemple.fr/a?b=1|2"}],
    "place": {
        "commune": "38185",
        "name": "Mistral",
        "latitude": 45.1712345,
        "longitude": -5.7,
    },
    "started": "2023",
    "ended": "2024-06-12",
    "cost": "-10 % pour tous",
    "contact": {"name": "Awa", "phone": "+33 4 76 00 00 00", "email": "velo@exemple.fr"},
    "source": {"title": "Journal du quartier", "date": "2024-07"},
    "description": '- un\n- deux ; "trois"\n\n\'=quatre',
    "learnt": "'Rien n’est simple.",
}


@pytest.fixture
def _communes_of_the_compendium(db):
    make_commune()
    known = Commune.objects.get(code="38544")
    for code in {sheet.place.commune for sheet in COMPENDIUM} - {"38544"}:
        Commune.objects.create(
            code=code,
            name=f"Commune {code}",
            search_name=f"commune {code}",
            department=known.department,
            latitude=45.5,
            longitude=4.5,
        )


def _exported(initiative):
    return Initiative.objects.for_export().get(pk=initiative.pk)


def _rows(response):
    return list(csv.DictReader(io.StringIO(_text(response).removeprefix("\ufeff"), newline="")))


def _text(response):
    return b"".join(response.streaming_content).decode()


def _json(response):
    return json.loads(_text(response))


def _slugs(rows):
    return [row["slug"] for row in rows]


# Out and back


@pytest.mark.usefixtures("_communes_of_the_compendium")
def test_every_sheet_of_the_compendium_comes_back_as_it_was_published():
    publish_sheets(COMPENDIUM, origin=Origin.REPORTED)

    published = Initiative.objects.for_export().order_by("slug")

    assert [sheet_of(i) for i in published] == sorted(COMPENDIUM, key=lambda sheet: sheet.slug)


def test_a_full_sheet_comes_back_as_it_was_published(db):
    parent = make_initiative()
    sheet = make_sheet(**FULL, inspired_by=[parent.slug])

    initiative = publish_sheet(sheet, origin=Origin.HERE)

    assert sheet_of(_exported(initiative)) == sheet


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_each_file_imports_back_as_the_sheets_it_was_made_of(form, client, db):
    sheets = [make_sheet(**FULL), make_sheet()]
    publish_sheets(sheets, origin=Origin.HERE)
    content = b"".join(client.get(f"/donnees/initiatives.{form}").streaming_content)

    reading = read(f"initiatives.{form}", content)

    assert (reading.wrong, reading.remarks) == ([], [])
    assert reading.sheets == sheets[::-1]


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60
).map(str.strip)
lines = texts.filter(bool)


@given(
    title=lines.filter(lambda text: len(text) > 2),
    description=texts,
    partners=st.lists(
        st.builds(dict, name=lines, role=texts),
        max_size=3,
        unique_by=lambda p: p["name"].casefold(),
    ),
)
def test_any_text_survives_the_cells_of_a_spreadsheet(title, description, partners):
    sheet = Sheet.model_validate(
        {
            **COMPENDIUM[0].model_dump(),
            "title": title,
            "description": description or "Un texte.",
            "partners": partners,
        }
    )

    text = io.StringIO(newline="")
    csv.writer(text).writerow(to_cells(sheet.model_dump(mode="json")))
    (cells,) = csv.reader(io.StringIO(text.getvalue(), newline=""))

    fields = from_cells(dict(zip(ALL_COLUMNS, cells, strict=True)))
    assert Sheet.model_validate(fields) == sheet


def test_no_cell_of_text_reads_as_a_formula(client, db):
    publish_sheet(make_sheet(**FULL), origin=Origin.HERE)

    (row,) = _rows(client.get("/donnees/initiatives.csv"))

    assert row["title"] == "'=Atelier « vélo », l’été"
    assert row["place.longitude"] == "-5.7"
    assert [c for c in row.values() if c.startswith(("=", "+", "@", "\t"))] == []


# The files


def test_the_json_counts_what_it_holds_newest_first(client, db):
    first, second = make_initiative(), make_initiative()

    answer = _json(client.get("/donnees/initiatives.json"))

    assert list(answer) == ["count", "initiatives"]
    assert answer["count"] == 2
    assert _slugs(answer["initiatives"]) == [second.slug, first.slug]
    assert answer["initiatives"][0] == published_fields_of(_exported(second))


def test_the_csv_begins_with_the_mark_that_spreadsheets_want(client, db):
    make_initiative()

    response = client.get("/donnees/initiatives.csv")

    assert _text(response).startswith("\ufeffslug,title,")
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_the_geojson_puts_each_sheet_on_its_point(client, db):
    initiative = make_initiative()

    answer = _json(client.get("/donnees/initiatives.geojson"))

    (feature,) = answer["features"]
    assert answer["type"] == "FeatureCollection"
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.874, 45.525]}
    assert feature["properties"]["slug"] == initiative.slug


@pytest.mark.parametrize("form", ["csv", "json", "geojson", "atom", "rss", "ics"])
def test_without_any_sheet_each_file_is_still_whole(form, client, db):
    response = client.get(f"/donnees/initiatives.{form}")

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=learn", ["a"]),
        ("theme=learn&theme=create", ["b", "a"]),
        ("q=radio", ["b"]),
        ("commune=69123", ["b"]),
        ("commune=38544&rayon=30", ["b", "a"]),
        ("commune=38544&rayon=5", ["a"]),
        ("departement=38", ["a"]),
        ("q=introuvable-zzz", []),
    ],
)
def test_the_files_take_the_filters_of_the_list(query, expected, client, db):
    make_initiative(slug="a", theme="learn")
    make_initiative(slug="b", title="La radio des voisins", place={"commune": "69123"})

    answer = _json(client.get(f"/donnees/initiatives.json?{query}"))
    rows = _rows(client.get(f"/donnees/initiatives.csv?{query}"))

    assert (answer["count"], _slugs(answer["initiatives"])) == (len(expected), expected)
    assert _slugs(rows) == expected


def test_the_json_tells_the_filters_that_it_left_aside(client, db):
    make_initiative()

    answer = _json(client.get("/donnees/initiatives.json?theme=inconnu"))

    assert (answer["count"], len(answer["problems"])) == (1, 1)


def test_unpublished_sheets_stay_in(client, db):
    initiative = make_initiative()
    Initiative.objects.filter(pk=initiative.pk).update(published_at=None)

    assert _json(client.get("/donnees/initiatives.json"))["count"] == 0


def test_more_sheets_than_a_chunk_come_once_each_for_as_few_queries(
    client, db, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("traboule.kernel.initiatives.exchange.selection.CHUNK", 3)
    made = [make_initiative().slug for _ in range(7)]

    with django_assert_num_queries(1 + 3 * 4):
        whole = _json(client.get("/donnees/initiatives.json"))
    chosen = _json(client.get("/donnees/initiatives.json?theme=create"))

    assert _slugs(whole["initiatives"]) == made[::-1]
    assert _slugs(chosen["initiatives"]) == made[::-1]


# Feeds, calendar, data.inclusion, schema.org


@pytest.mark.parametrize(("form", "item"), [("atom", "{*}entry"), ("rss", "channel/item")])
def test_a_feed_tells_the_newest_sheets(form, item, client, db):
    make_initiative(title="Un vieux vélo & <deux> autres")
    make_initiative()

    root = ET.fromstring(client.get(f"/donnees/initiatives.{form}").content)

    titles = [entry.findtext("{*}title") for entry in root.findall(item)]
    assert titles[1] == "Un vieux vélo & <deux> autres"
    assert len(titles) == 2


def test_the_calendar_holds_dates_known_to_the_month_or_the_day(client, db):
    make_initiative(
        slug="velo",
        title="Vélo",
        started="2014",
        ended="2016-12-31",
        milestones=[
            {"date": "2015-02", "label": "Chantier"},
            {"date": "2015-06-12", "end": "2015-07", "label": "Tournée"},
            {"date": "2013", "label": "Idée"},
        ],
    )

    response = client.get("/donnees/initiatives.ics")
    events = Calendar.from_ical(b"".join(response.streaming_content)).walk("VEVENT")

    told = [(str(e["summary"]), e.decoded("dtstart"), e.decoded("dtend")) for e in events]
    assert [(s, str(a), str(b)) for s, a, b in told] == [
        ("Vélo : Chantier", "2015-02-01", "2015-03-01"),
        ("Vélo : Tournée", "2015-06-12", "2015-08-01"),
        ("Vélo : fin", "2016-12-31", "2017-01-01"),
    ]
    assert len({str(event["uid"]) for event in events}) == 3


def test_a_year_alone_is_no_day():
    assert span("2014") is None


@pytest.mark.usefixtures("_communes_of_the_compendium")
def test_the_compendium_is_valid_data_inclusion(client):
    publish_sheets(COMPENDIUM, origin=Origin.REPORTED)

    answer = _json(client.get("/donnees/data-inclusion.json"))

    strict = {"ignore_warnings": False}
    structures = [Structure.model_validate(s, context=strict) for s in answer["structures"]]
    services = [Service.model_validate(s, context=strict) for s in answer["services"]]
    running = [sheet for sheet in COMPENDIUM if sheet.state == "running"]
    assert len(services) == len(running)
    assert {s.structure_id for s in services} == {s.id for s in structures}


def test_what_data_inclusion_refuses_is_left_out(client, db):
    make_initiative(
        title="Atelier.", contact={"email": "pas une adresse"}, audiences=["jobseekers", "tenants"]
    )

    (service,) = _json(client.get("/donnees/data-inclusion.json"))["services"]

    assert service["nom"] == "Atelier"
    assert "courriel" not in service
    assert service["publics"] == ["demandeurs-emploi"]


def test_nothing_in_json_ld_closes_its_script(db):
    initiative = make_initiative(title="</script><script>alert(1)</script>")

    text = as_json_ld(initiative, address="https://exemple.fr/")

    assert "<" not in text
    assert json.loads(text)["headline"] == "</script><script>alert(1)</script>"


# The page


def test_the_page_documents_every_field_and_keeps_the_filters(client, db):
    page = client.get("/donnees/?theme=learn").content.decode()

    assert len(documented_fields()) == len(ALL_COLUMNS)
    assert 'href="/donnees/initiatives.csv?theme=learn"' in page
    assert "Licence Ouverte 2.0" in page


def test_fields_cost_no_query_after_for_export(db, django_assert_num_queries):
    for _ in range(3):
        make_initiative(partners=[{"name": f"P{random.random()}"}])
    rows = list(Initiative.objects.for_export().order_by("pk"))

    with django_assert_num_queries(0):
        assert len([fields_of(row) for row in rows]) == 3
