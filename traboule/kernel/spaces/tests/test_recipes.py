"""Recipes are read strictly, and every mistake is told where it stands."""

import logging
import tomllib

import pytest
from django.conf import settings as house
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.initiatives.loader import read_folder as read_compendium
from traboule.kernel.spaces import checks, shelf, toml

GOOD = """\
title = "Atelier vélo"
summary = "Des voisins réparent leurs vélos ensemble."
theme = "create"
sheets = ["atelier-velo"]
blocks = ["notebook"]

[roles]
member = "Cycliste"

[[pages]]
slug = "bienvenue"
title = "Bienvenue"

[[pages]]
slug = "outils"
title = "Les outils"
public = false

[[checklists]]
title = "Avant"
items = [
    "Gonfler",
]

[seed.notebook]
lines = ["Première note"]
"""


def write(folder, text=GOOD, *, key="atelier-velo", pages=("bienvenue", "outils")):
    recipe = folder / key
    (recipe / "pages").mkdir(parents=True, exist_ok=True)
    (recipe / "recipe.toml").write_text(text, encoding="utf-8")
    for slug in pages:
        (recipe / "pages" / f"{slug}.md").write_text("Du **texte**.\n", encoding="utf-8")
    return recipe


def mistakes_of(folder, old, new):
    assert old in GOOD
    with pytest.raises(shelf.RecipeError) as error:
        shelf.read_recipe(write(folder, GOOD.replace(old, new)))
    return [str(mistake) for mistake in error.value.mistakes]


def test_a_good_recipe_is_read_with_its_folder_as_key(tmp_path, notebook):
    recipe = shelf.read_recipe(write(tmp_path))

    assert (recipe.key, recipe.pages[1].text, recipe.pages[1].public) == (
        "atelier-velo",
        "Du **texte**.",
        False,
    )
    assert recipe.seed["notebook"].lines == ("Première note",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("theme =", "thème =", "recipe.toml, ligne 3 : cette ligne n’est pas du TOML correct"),
        ("theme =", "them =", "ligne 3, champ « them » : ce champ n’existe pas"),
        ('"create"', '"velo"', "ligne 3, champ « theme » : valeur inconnue"),
        ('["notebook"]', '["cahier"]', "ligne 5, champ « blocks[1] » : aucune brique"),
        ("member", "chief", "ligne 8, champ « roles.chief.[key] » : valeur inconnue"),
        ("public = false", 'public = "peut-être"', "ligne 17, champ « pages[2].public » : écrivez"),
        ('slug = "outils"', 'slug = "bienvenue"', "champ « pages » : « bienvenue » y figure deux"),
        ('slug = "outils"', 'slug = "cles"', "il manque le fichier pages/cles.md"),
        ('slug = "outils"', 'slug = "cles"', "pages/outils.md, ligne 1 : aucune page"),
        ("Gonfler", "Appeler Nadia au 06 12 34 56 78", "remplacez « 06 12 34 56 78 »"),
        ("lines =", "line =", "ligne 26, champ « seed.notebook.line » : ce champ n’existe pas"),
        ("[seed.notebook]", "[seed.agenda]", "« agenda » n’est pas dans les briques choisies"),
        ("Première note", "ecrire@exemple.fr", "remplacez « ecrire@exemple.fr »"),
        ('title = "Atelier', 'key = "a"\ntitle = "Atelier', "le nom du dossier en tient lieu"),
    ],
)
def test_a_mistake_is_told_by_file_line_and_field(tmp_path, notebook, old, new, told):
    mistakes = [mistake.replace("\u00a0", " ") for mistake in mistakes_of(tmp_path, old, new)]

    assert all(mistake.startswith("atelier-velo/") for mistake in mistakes)
    assert sum(told in mistake for mistake in mistakes) == 1, mistakes


def test_a_text_that_names_someone_to_call_is_told_in_its_own_file(tmp_path, notebook):
    recipe = write(tmp_path)
    (recipe / "pages/outils.md").write_text("Écrire à nadia@exemple.fr", encoding="utf-8")

    with pytest.raises(shelf.RecipeError, match=r"atelier-velo/pages/outils\.md, ligne 1"):
        shelf.read_recipe(recipe)


def test_a_broken_recipe_of_the_folder_is_left_out_and_said(recipes_folder, notebook, caplog):
    write(recipes_folder, GOOD.replace("theme", "them"))
    write(recipes_folder, key="autre")

    with caplog.at_level(logging.WARNING):
        keys = set(shelf.recipes())

    assert keys == {
        "autre",
        "ateliers-entrepreneurs",
        "bourse-logements",
        "code-a-l-ecole",
        "conseil-citoyen",
        "jardin-partage",
        "rencontres-du-recueil",
        "services-entre-voisins",
    }
    assert "a recipe was left out" in caplog.text
    assert {message.id for message in checks.recipes()} == {"spaces.W001"}


def test_the_folder_replaces_what_was_shipped_and_it_is_said(recipes_folder, notebook):
    text = GOOD.replace('"atelier-velo"', '"code-a-l-ecole"')
    write(recipes_folder, text, key="code-a-l-ecole")

    assert shelf.recipe_of_sheet("code-a-l-ecole").title == "Atelier vélo"
    assert [message.id for message in checks.recipes()] == ["spaces.I001"]


def test_a_broken_shipped_recipe_is_an_error(tmp_path, notebook, monkeypatch):
    write(tmp_path, GOOD.replace("theme", "them"))
    monkeypatch.setattr(shelf, "SHIPPED", tmp_path)
    shelf.forget()

    assert {message.id for message in checks.recipes()} == {"spaces.E001"}
    shelf.forget()


def test_the_command_tells_mistakes_and_fails(tmp_path, notebook, capsys):
    call_command("recipes", "check", str(write(tmp_path)))
    assert capsys.readouterr().out == "1 modèles, rien à corriger.\n"

    write(tmp_path, GOOD.replace("theme", "them"))
    with pytest.raises(CommandError):
        call_command("recipes", "check", str(tmp_path))
    assert "recipe.toml, ligne 3" in capsys.readouterr().err


def test_the_shipped_recipes_run_sheets_of_the_compendium():
    sheets = {sheet.slug for sheet in read_compendium(house.COMPENDIUM)}

    shelf.forget()
    assert shelf.shelf().broken == ()
    assert {slug for one in shelf.recipes().values() for slug in one.sheets} <= sheets
    assert len(shelf.recipes()) == 7


names = st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True)
values = st.one_of(st.text(max_size=30), st.integers(), st.booleans(), st.lists(st.text()))
tables = st.recursive(
    st.dictionaries(names, values, max_size=4),
    lambda inner: st.dictionaries(
        names, st.one_of(values, inner, st.lists(inner, min_size=1, max_size=3)), max_size=4
    ),
    max_leaves=8,
)


@given(table=tables)
def test_what_is_written_in_toml_is_read_the_same(table):
    assert tomllib.loads(toml.write(table)) == table


def test_each_key_has_its_line():
    text = 'a = 1\nlong = """\nb = 2\n"""\n[t]\nc.d = 3\n[[l]]\n[[l]]\ne = 4\n[[l.m]]\nf = 5\n'

    assert toml.places(text) == {
        ("a",): 1,
        ("long",): 2,
        ("t",): 5,
        ("t", "c", "d"): 6,
        ("l", 0): 7,
        ("l", 1): 8,
        ("l", 1, "e"): 9,
        ("l", 1, "m", 0): 10,
        ("l", 1, "m", 0, "f"): 11,
    }
