from pathlib import Path

import pytest
from django.conf import settings

from traboule.kernel.initiatives.actions import load_compendium
from traboule.kernel.initiatives.loader import CompendiumError, read_folder
from traboule.kernel.initiatives.models import Initiative

from .factories import make_commune

GOOD = """---
title: Atelier vélo
summary: Des voisins réparent leurs vélos ensemble le samedi matin.
theme: create
state: running
holder:
  name: La Roue du quartier
place:
  commune: "38544"
results:
  - label: vélos remis en route
    figure: 120
    unit: vélos
---
## Ce qui se fait

On vient avec son vélo, on repart avec un vélo qui roule.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "atelier-velo.md").write_text(GOOD, encoding="utf-8")
    return tmp_path


def mistakes_of(folder: Path, old: str, new: str) -> list[str]:
    assert old in GOOD
    (folder / "atelier-velo.md").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CompendiumError) as error:
        read_folder(folder)
    return [str(mistake) for mistake in error.value.mistakes]


def test_a_good_file_is_read_with_its_name_as_slug(folder):
    (sheet,) = read_folder(folder)

    assert (sheet.slug, sheet.title, int(sheet.results[0].figure)) == (
        "atelier-velo",
        "Atelier vélo",
        120,
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("state: running", "stat: running", "ligne 5, champ « stat » : ce champ n’existe pas"),
        ("theme: create", "theme: velo", "ligne 4, champ « theme » : valeur inconnue"),
        ('"38544"', '"385"', "ligne 9, champ « place.commune » : un code INSEE"),
        ("figure: 120", "figure: beaucoup", "ligne 12, champ « results[1].figure » : un nombre"),
        ("state: running", "state: running\nstarted: 2016-02-30", "cette date n’existe pas"),
        ("state: running", "state: running\nstate: idea", "ce champ est écrit deux fois"),
        ("## Ce qui se fait", "## Autre titre", "ligne 15, champ « Autre titre » : titre inconnu"),
        ("holder:\n", "holder: [\n", "YAML"),
        ("title: Atelier vélo", "slug: autre\ntitle: Atelier vélo", "le nom du fichier"),
        ("---\n## Ce", "---\nTexte\n## Ce", "du texte précède le premier titre"),
    ],
)
def test_a_mistake_is_told_by_file_line_and_field(folder, old, new, told):
    mistakes = mistakes_of(folder, old, new)

    assert all(mistake.startswith("atelier-velo.md, ligne ") for mistake in mistakes)
    assert sum(told in mistake for mistake in mistakes) == 1


@pytest.mark.django_db
def test_nothing_is_loaded_by_halves(folder):
    make_commune("38544")
    (folder / "autre.md").write_text(GOOD.replace("38544", "99999"), encoding="utf-8")

    with pytest.raises(CompendiumError, match="aucune commune n’a le code INSEE 99999"):
        load_compendium(folder)

    assert Initiative.objects.count() == 0


@pytest.mark.django_db
def test_loading_again_changes_nothing_that_people_corrected(folder):
    make_commune("38544")
    load_compendium(folder)
    Initiative.objects.update(title="Corrigé ici")

    assert load_compendium(folder) == []
    assert Initiative.objects.get().title == "Corrigé ici"
    assert [i.title for i in load_compendium(folder, update=True)] == ["Atelier vélo"]


def test_the_shipped_compendium_is_read_without_a_mistake():
    assert len(read_folder(settings.COMPENDIUM)) == 18
