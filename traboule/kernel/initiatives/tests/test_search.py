import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traboule.kernel.initiatives import search
from traboule.kernel.initiatives.actions import withdraw
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.search.filters import Filters

from .factories import make_commune, make_editor, make_initiative, make_person

pytestmark = pytest.mark.django_db


def found(address: str, *, limit: int = 20) -> list[str]:
    result = search.find(Filters.from_query(QueryDict(address)), limit=limit)
    titles = dict(Initiative.objects.values_list("pk", "title"))
    return [titles[key] for key in result.keys]


@pytest.fixture
def garden():
    return make_initiative(
        title="Jardin des voisins",
        theme="organise",
        place={"commune": "38185"},
        audiences=["tenants"],
        description="Un potager derrière la résidence, avec un composteur.",
    )


@pytest.fixture
def computers():
    return make_initiative(
        title="Atelier bidouille",
        summary="On remonte ensemble de vieux ordinateurs pour leur donner une autre vie.",
        tool_kinds=["computers"],
        description="Réparation et récupération, avec des jeunes de 14 à 17 ans.",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "reparation ordinateur",
        "réparer des ordinateurs",
        "ORDINATEUR réparés",
        "reparasion ordinnateur",
        "bidouil",
        "vienne ordinateur",
    ],
)
def test_people_find_the_workshop_as_they_write(garden, computers, typed):
    assert found(f"q={typed}") == ["Atelier bidouille"]


def test_a_title_that_holds_the_word_comes_first(computers):
    make_initiative(title="Écrivain public", description="Aide sur un ordinateur, sans jardin.")
    first = make_initiative(title="Un jardin sur le toit")
    make_initiative(title="Repas de quartier", description="Dans le jardin de l’immeuble.")

    assert found("q=jardin")[0] == first.title


def test_every_word_counts_until_no_sheet_has_them_all(garden, computers):
    assert found("q=potager ordinateur") == ["Atelier bidouille", "Jardin des voisins"]
    assert search.find(Filters.from_query(QueryDict("q=potager ordinateur")), limit=20).partial


def test_a_word_that_no_sheet_holds_finds_nothing(garden):
    assert found("q=xyzzy") == []


def test_a_corrected_word_is_told(computers):
    result = search.find(Filters.from_query(QueryDict("q=ordinnateur")), limit=20)

    assert result.corrected == {"ordinnateur": "ordinateurs"}


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("theme=organise", ["Jardin des voisins"]),
        ("theme=organise&theme=create", ["Atelier bidouille", "Jardin des voisins"]),
        ("outil=computers", ["Atelier bidouille"]),
        ("public=tenants&theme=create", []),
        ("commune=Grenoble", ["Jardin des voisins"]),
        ("commune=38000", ["Jardin des voisins"]),
        ("departement=38&q=potager", ["Jardin des voisins"]),
        ("commune=Vienne&rayon=30", ["Atelier bidouille"]),
        ("commune=Vienne&rayon=100", ["Atelier bidouille", "Jardin des voisins"]),
        ("position=45.19,5.72&rayon=10", ["Jardin des voisins"]),
        ("etat=ended", []),
    ],
)
def test_each_filter_narrows(garden, computers, address, titles):
    assert found(address) == titles


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("theme=inconnu", "Un filtre de l’adresse n’existe pas"),
        ("commune=Vilnius-sur-Rien", "Nous ne trouvons pas la commune"),
        ("departement=zz", "Ce numéro de département n’existe pas"),
        ("q=" + "mot " * 2000, "Votre recherche est longue"),
    ],
)
def test_what_makes_no_sense_is_said_plainly(address, problem):
    (told,) = Filters.from_query(QueryDict(address)).problems

    assert told.startswith(problem)


def test_filters_come_back_as_the_same_address():
    make_commune("38544")
    address = "q=jardin&theme=learn&theme=create&commune=Vienne&rayon=30"
    filters = Filters.from_query(QueryDict(address))

    again = Filters.from_query(QueryDict(filters.query_string()[1:]))

    assert again == filters or again.pairs() == filters.pairs()


def test_a_withdrawn_sheet_is_no_longer_found(garden):
    withdraw(garden, by=make_editor(), reason="Doublon")

    assert found("q=potager") == []


def test_a_sheet_saved_again_is_found_by_its_new_words_only(garden):
    make_initiative(slug=garden.slug, title="Rucher des voisins", description="Des abeilles.")

    assert found("q=abeilles") == ["Rucher des voisins"]
    assert found("q=potager") == []


def test_the_index_built_again_answers_the_same(garden, computers):
    before = found("q=ordinateur"), found("theme=organise"), found("q=ordinnateur")

    assert search.rebuild() == 2
    assert (found("q=ordinateur"), found("theme=organise"), found("q=ordinnateur")) == before


def test_frequent_and_rare_words_come_newest_first():
    titles = [make_initiative(description="Un commun.").title for _ in range(30)]

    assert found("q=commun", limit=5) == titles[:-6:-1]
    assert found("q=commun", limit=50) == titles[::-1]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(q=st.text(max_size=300))
def test_no_text_breaks_the_search(garden, q):
    query = QueryDict(mutable=True)
    query["q"] = q

    filters = Filters.from_query(query)

    assert len(search.find(filters, limit=5).keys) <= 1
    if not filters.is_empty:
        assert len(search.matching(filters)) <= 1


def test_people_who_edit_nothing_are_no_editors():
    assert make_person().editor_of == frozenset()
