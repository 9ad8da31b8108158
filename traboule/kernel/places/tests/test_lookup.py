"""Whatever someone types, the commune they mean comes first."""

import pytest
from django.urls import reverse

from traboule.kernel.places.models import Commune
from traboule.kernel.places.names import fold, whole_commune

pytestmark = pytest.mark.usefixtures("communes")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Vienne", "38544"),
        ("viene", "38544"),
        ("grenobel", "38185"),
        ("sain etienne", "42218"),
        ("ST ETIENNE", "42218"),
        ("ricamarie", "42183"),
        ("Ricamarie (la)", "42183"),
        ("priest", "69290"),
        ("38544", "38544"),
        ("38200", "38544"),
        ("3810", "38185"),
        ("69", "69123"),
        ("valence", "26362"),
        ("Valence (82)", "82186"),
        ("82400 valence", "82186"),
        ("valence, 82400", "82186"),
    ],
)
def test_the_commune_that_is_meant_comes_first(typed, expected):
    assert Commune.objects.look_up(typed)[0].code == expected


@pytest.mark.parametrize("typed", ["", " ", "'\"", "%", "\0", "((((", "x" * 5000, "; DROP TABLE--"])
def test_any_text_is_answered(typed):
    assert Commune.objects.look_up(typed) == []
    assert Commune.objects.from_text(typed) == (None, [])


def test_a_look_up_costs_three_queries_at_most(django_assert_max_num_queries):
    Commune.objects.look_up("viene")
    for typed in ("viene", "valence", "38", "nulle part"):
        with django_assert_max_num_queries(3):
            Commune.objects.look_up(typed)


@pytest.mark.parametrize("typed", ["Vienne (38)", "38544", "vienne", "38200 Vienne"])
def test_a_text_beyond_doubt_gives_one_commune(typed):
    commune, suggestions = Commune.objects.from_text(typed)

    assert (commune.code, suggestions) == ("38544", [])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("38200", ["38544", "38110"]),
        ("valence", ["26362", "82186"]),
        ("grenobel", ["38185"]),
        ("Vienne (69)", ["38544"]),
    ],
)
def test_a_doubtful_text_gives_suggestions(typed, expected):
    commune, suggestions = Commune.objects.from_text(typed)

    assert (commune, [found.code for found in suggestions]) == (None, expected)


def test_a_new_commune_is_found_at_once_in_spite_of_typing_mistakes():
    assert Commune.objects.look_up("chambry") == []
    Commune.objects.create(
        code="73065", name="Chambéry", search_name=fold("Chambéry"), department_id="38",
        latitude=45.56, longitude=5.92, population=60_000,
    )  # fmt: skip

    assert Commune.objects.look_up("chambry")[0].code == "73065"


def test_the_look_up_page_answers_options_or_json(client):
    url = reverse("places:communes")

    options = client.get(url, {"q": "ricamarie"})
    data = client.get(url, {"q": "ricamarie", "format": "json"})

    assert options.content.decode().strip() == (
        '<option value="La Ricamarie (42)" data-code="42183">Loire</option>'
    )
    assert [found["label"] for found in data.json()["communes"]] == ["La Ricamarie (42)"]


def test_an_arrondissement_belongs_to_its_city():
    codes = [whole_commune(code) for code in ("69383", "75118", "13201", "38544")]

    assert codes == ["69123", "75056", "13055", "38544"]
