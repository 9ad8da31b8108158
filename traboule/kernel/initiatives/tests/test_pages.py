import pytest
from django.urls import reverse

from traboule.kernel.initiatives.models import Initiative, Lineage

from .factories import make_commune, make_initiative

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return cards_of(response.context["listing"].cards)


def cards_of(cards) -> list[str]:
    known = Initiative.objects.in_bulk([card.key for card in cards])
    assert all(known[card.key].title in card.html for card in cards)
    return [known[card.key].title for card in cards]


def test_home_shows_what_runs_near_the_commune_typed(client):
    make_initiative(title="Ici tout près", place={"commune": "38544"})
    make_initiative(title="Trop loin d’ici", place={"commune": "74010"})

    page = client.get("/", {"commune": "Vienne", "rayon": "30"})

    assert cards_of(page.context["cards"]) == ["Ici tout près"]
    assert "Près de Vienne (38)" in page.content.decode()


def test_home_says_what_to_do_where_nothing_runs(client):
    make_commune("74010")

    page = client.get("/", {"commune": "Annecy", "rayon": "30"})

    assert "Rien encore à moins de 30 km" in page.content.decode()


def test_nearest_come_first(client):
    for code in ("38185", "69123", "38544"):
        make_initiative(title=f"À {code}", place={"commune": code})

    page = client.get(reverse("initiatives:explore"), {"commune": "Vienne", "rayon": "100"})

    assert titles(page) == ["À 38544", "À 69123", "À 38185"]


def test_the_list_goes_on_by_key_and_shows_each_sheet_once(client):
    expected = [make_initiative().title for _ in range(45)][::-1]
    address, seen = reverse("initiatives:explore"), []

    while address:
        page = client.get(address)
        seen += titles(page)
        following = page.context["listing"].next
        address = reverse("initiatives:explore") + following if following else ""

    assert seen == expected


@pytest.mark.parametrize("query", ["avant=zzz", "avant=" + "9" * 30, "page=-1", "page=9e9"])
def test_an_odd_address_shows_the_list(client, query):
    make_initiative(title="Toujours là")

    assert titles(client.get(f"/initiatives/?{query}")) == ["Toujours là"]


def test_a_quote_and_operators_are_only_words(client):
    make_initiative(title="Fête des voisins")

    page = client.get("/initiatives/", {"q": "\"fête' OR (1=1) -- NEAR * AND NOT"})

    assert page.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/", 3),
        ("/initiatives/", 1),
        ("/initiatives/?q=velo", 4),
        ("/initiatives/?theme=create&public=residents", 3),
        ("/initiatives/?q=vello", 6),
        ("/initiatives/?commune=Vienne&rayon=30", 6),
        ("/initiatives/carte.geojson", 1),
    ],
)
def test_a_list_costs_the_same_for_one_and_for_three(count_queries, count, address, budget):
    for _ in range(count):
        make_initiative()

    assert count_queries(address) <= budget


def test_a_full_sheet_costs_seven_queries_then_two(client, django_assert_num_queries):
    parent = make_initiative(title="La première")
    sheet = make_initiative(
        title="La suivante",
        inspired_by=[parent.slug],
        partners=[{"name": "Centre social"}, {"name": "Mairie"}],
        results=[{"label": "vélos remis en route", "figure": "3600", "unit": "vélos"}],
    )

    with django_assert_num_queries(7):  # One of them asks what runs there, at each reading.
        page = client.get(sheet.get_absolute_url()).content.decode()
    with django_assert_num_queries(2):
        client.get(sheet.get_absolute_url())

    assert "3 600" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert Lineage.objects.count() == 1
    assert "La première" in page
    assert "La suivante" in client.get(parent.get_absolute_url()).content.decode()


def test_hostile_text_is_shown_and_does_nothing(client):
    sheet = make_initiative(
        title="<script>alert(1)</script>",
        description="<img src=x onerror=alert(1)> [lien](javascript:alert(1)) **gras**",
    )

    page = client.get(sheet.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert "<strong>gras</strong>" in page


def test_a_sheet_that_nobody_confirmed_for_years_says_so(client):
    old = make_initiative(confirmed="2016-12")
    ended = make_initiative(confirmed="2016-12", state="ended")

    assert (
        "Ces informations datent de décembre 2016"
        in client.get(old.get_absolute_url()).content.decode()
    )
    assert "Ces informations datent" not in client.get(ended.get_absolute_url()).content.decode()


def test_the_map_shows_the_sheets_of_the_list(client):
    make_initiative(title="Montrée", theme="learn")
    make_initiative(title="Cachée", theme="create")

    points = client.get("/initiatives/carte.geojson?theme=learn").json()["features"]

    assert [point["properties"]["title"] for point in points] == ["Montrée"]


def test_a_robot_that_searches_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)  # All within one minute.
    answers = [client.get("/initiatives/?q=velo").status_code for _ in range(305)]

    assert answers == [200] * 300 + [429] * 5
    assert client.get("/initiatives/").status_code == 200


def test_a_card_changes_with_its_sheet(client):
    sheet = make_initiative(title="Avant")
    client.get("/initiatives/")

    make_initiative(slug=sheet.slug, title="Après")

    assert titles(client.get("/initiatives/")) == ["Après"]


def test_characters_that_nobody_sees_are_left_out(client):
    sheet = make_initiative(title="Caf\x00é\x07 des langues", description="Un\x00 mot.\r\nDeux.")

    assert sheet.title == "Café des langues"
    assert sheet.texts["description"] == "Un mot.\nDeux."


def test_the_map_keeps_to_the_distance_of_the_list(client):
    make_initiative(title="Tout près", place={"commune": "38544"})
    # In a cell that the circle of 5 km touches, yet nearly 9 km away.
    far = {"commune": "38544", "latitude": 45.599, "longitude": 4.899}
    make_initiative(title="Un peu loin", place=far)
    address = {"commune": "Vienne", "rayon": "5"}

    points = client.get("/initiatives/carte.geojson", address).json()["features"]

    assert [point["properties"]["title"] for point in points] == ["Tout près"]
    assert titles(client.get("/initiatives/", address)) == ["Tout près"]
