"""What runs here can be started elsewhere: the same, without anybody in it."""

import io
import zipfile

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traboule.kernel.initiatives.tests.factories import make_commune, make_initiative, make_person
from traboule.kernel.initiatives.vocabulary import Audience, Theme, ToolKind
from traboule.kernel.spaces import shelf
from traboule.kernel.spaces.copying import archive, contacts_in, recipe_of
from traboule.kernel.spaces.models import Page, Role, Space
from traboule.kernel.spaces.recipe import CONTACT, Recipe
from traboule.kernel.spaces.starting import NewHolder, recipe_for, start

from .factories import make_coordinator, make_participant

pytestmark = pytest.mark.django_db
KEYS = ("ateliers-entrepreneurs", "code-a-l-ecole", "rencontres-du-recueil")


def start_it(recipe: Recipe, sheet=None) -> Space:
    space = start(
        recipe=recipe,
        sheet=sheet or make_initiative(),
        title="Chez nous",
        commune=make_commune("38185"),
        holder=NewHolder(name="Les Voisins", kind="group"),
        starts_on=timezone.localdate(),
        by=make_person(),
    )
    return Space.objects.get(pk=space.pk)


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_recipe_comes_back_as_it_was(key):
    recipe = shelf.recipes()[key]

    assert recipe_of(start_it(recipe)) == recipe


def said(words=5, beginning=""):
    """A text as a recipe keeps it."""
    word = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
    texts = st.lists(word, min_size=1, max_size=words).map(" ".join)
    return texts.map(lambda text: beginning + CONTACT.sub("…", text))


slugs = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True)
pages = st.lists(
    st.fixed_dictionaries(
        {"slug": slugs, "title": said(), "text": said(30), "public": st.booleans()}
    ),
    max_size=3,
    unique_by=lambda page: page["slug"],
)
checklists = st.lists(
    st.fixed_dictionaries({"title": said(), "items": st.lists(said(), min_size=1, max_size=3)}),
    max_size=3,
    unique_by=lambda checklist: checklist["title"],
)
events = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["meeting", "workshop", "visit"]),
            "title": said(),
            "week": st.integers(0, 20),
            "weekday": st.sampled_from(["monday", "thursday", "sunday"]),
            "at": st.sampled_from(["09:00", "18:30"]),
            "minutes": st.integers(10, 300),
        },
        optional={"capacity": st.integers(1, 50)},
    ),
    max_size=3,
)
some = {"unique": True, "max_size": 3}


@st.composite
def recipes(draw) -> Recipe:
    blocks = draw(st.lists(st.sampled_from(["agenda", "notebook"]), unique=True))
    notes = {"lines": draw(st.lists(said(), max_size=3))}
    seeds = {"agenda": {"events": draw(events)}, "notebook": notes}
    return Recipe.read(
        {
            "key": draw(slugs),
            "title": draw(said()),
            "summary": draw(said(10, beginning="Ce que l’on y fait : ")),
            "theme": draw(st.sampled_from(Theme.values)),
            "sheets": draw(st.lists(slugs, **some)),
            "audiences": draw(st.lists(st.sampled_from(Audience.values), **some)),
            "tools": draw(st.lists(st.sampled_from(ToolKind.values), **some)),
            "blocks": blocks,
            "indicators": draw(
                st.lists(st.sampled_from(["agenda.signups", "agenda.people-present"]), **some)
            ),
            "roles": draw(st.dictionaries(st.sampled_from(Role.values), said())),
            "pages": draw(pages),
            "checklists": draw(checklists),
            "seed": {key: seeds[key] for key in blocks},
        }
    )


@given(recipe=recipes())
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_recipe_comes_back_as_it_was(notebook, tmp_path_factory, recipe):
    with transaction.atomic():
        space = start_it(recipe)
        folder = tmp_path_factory.mktemp("modele")

        assert recipe_of(space) == recipe
        assert unpacked(archive(space), folder) == recipe
        transaction.set_rollback(True)


def unpacked(data: bytes, folder) -> Recipe:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        file.extractall(folder)
    (recipe,) = [shelf.read_recipe(one) for one in folder.iterdir()]
    return recipe


def test_the_file_unpacked_in_the_folder_of_another_installation_starts_the_same(recipes_folder):
    first = start_it(shelf.recipes()["code-a-l-ecole"])
    Page.objects.filter(space=first, slug="bienvenue").update(title="Soyez les bienvenus")

    unpacked(archive(first), recipes_folder)
    shelf.forget()
    second = start_it(shelf.recipes()["code-a-l-ecole"])

    assert shelf.shelf().replaced == ("code-a-l-ecole",)
    assert second.pages.get(slug="bienvenue").title == "Soyez les bienvenus"
    assert recipe_of(second) == recipe_of(first)


def test_nothing_that_leads_to_someone_is_copied():
    space = start_it(shelf.recipes()["ateliers-entrepreneurs"])
    make_participant(space, name="Zoubida", mobile="+33612345678")
    text = "Appelez Farid au 06\u00a012 34 56 78, ou farid@exemple.fr."
    Page.objects.filter(space=space, slug="a-qui-demander").update(text=text)

    copied = recipe_of(space)

    (page,) = [page for page in copied.pages if page.slug == "a-qui-demander"]
    assert page.text == "Appelez Farid au …, ou …"
    assert contacts_in(space) == ["06\u00a012 34 56 78", "farid@exemple.fr."]
    assert "Zoubida" not in repr(copied)


def test_anyone_does_the_same_from_what_anyone_may_read(client):
    first = start_it(shelf.recipes()["ateliers-entrepreneurs"])
    door = {"slug": "porte", "title": "Le code de la porte", "text": "B 1234", "position": 9}
    Page.objects.create(space=first, is_public=False, **door)

    page = client.get(first.initiative.get_absolute_url()).content.decode()
    copied = recipe_for(first.initiative)
    second = start_it(copied, first.initiative)

    assert "Faire pareil ici" in page
    assert [page.slug for page in recipe_of(first).pages][-1] == "porte"
    assert recipe_of(second) == copied
    assert "porte" not in {page.slug for page in copied.pages}


def test_whoever_coordinates_takes_the_recipe_away(client):
    space = start_it(shelf.recipes()["rencontres-du-recueil"])
    Page.objects.filter(space=space, slug="bienvenue").update(text="Le 04 76 00 00 00 répond.")
    client.force_login(make_coordinator(space))

    page = client.get(reverse("spaces:recipe", args=[space.slug])).content.decode()
    file = client.get(reverse("spaces:recipe-zip", args=[space.slug]))

    assert "<li>04 76 00 00 00</li>" in page
    names = zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    assert "rencontres-du-recueil/recipe.toml" in names
    client.force_login(make_participant(space, Role.FACILITATOR))
    assert client.get(reverse("spaces:recipe-zip", args=[space.slug])).status_code == 403
