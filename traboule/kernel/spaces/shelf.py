"""Where recipes are found: those shipped with Traboule, and a folder of the installation's own."""

import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import ValidationError

from traboule.kernel.initiatives.mistakes import Mistake, explain

from . import toml
from .recipe import Recipe

logger = logging.getLogger(__name__)
Lines = dict[toml.Place, int]

SHIPPED = Path(settings.PACKAGE) / "recipes"
FILE = "recipe.toml"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class RecipeError(Exception):
    """A recipe cannot be read; each mistake says where, and what to do."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(map(str, mistakes)))


@dataclass(frozen=True)
class Shelf:
    """The recipes that can be read, by key, and what is wrong with the others."""

    recipes: dict[str, Recipe]
    broken: tuple[Mistake, ...] = ()
    """In what was shipped: ours to mend."""
    left_out: tuple[Mistake, ...] = ()
    """In the installation's folder, which must not stop the site."""
    replaced: tuple[str, ...] = ()
    """Keys of the shipped recipes that the folder replaces."""


def recipes() -> dict[str, Recipe]:
    """Every recipe that can be started, by its key; read once."""
    return shelf().recipes


def recipe_of_sheet(slug: str) -> Recipe | None:
    """The recipe that runs this sheet of the compendium, if there is one."""
    return next((recipe for recipe in recipes().values() if slug in recipe.sheets), None)


def shelf() -> Shelf:
    """The shelf as it stands, read once for a folder."""
    return _read_shelf(settings.RECIPES)


@lru_cache
def _read_shelf(folder: str) -> Shelf:
    shipped, broken = read_folder(SHIPPED)
    own, left_out = read_folder(Path(folder)) if folder else ({}, [])
    for mistake in (*broken, *left_out):
        logger.warning("a recipe was left out", extra={"mistake": str(mistake)})
    return Shelf(
        # Their own come first: a sheet that two recipes run is run by theirs.
        recipes={**own, **{key: one for key, one in shipped.items() if key not in own}},
        broken=tuple(broken),
        left_out=tuple(left_out),
        replaced=tuple(sorted(own.keys() & shipped.keys())),
    )


forget = _read_shelf.cache_clear
"""Read the shelf again the next time: files or blocks have changed."""


def read_folder(folder: Path) -> tuple[dict[str, Recipe], list[Mistake]]:
    """The recipes of a folder (or the one that it is), and what is wrong with the others."""
    if not folder.is_dir():
        return {}, [Mistake(str(folder), 1, "", _("ce dossier n’existe pas"))]
    found: dict[str, Recipe] = {}
    mistakes: list[Mistake] = []
    for one in [folder] if (folder / FILE).exists() else sorted(folder.iterdir()):
        if not one.is_dir() or one.name.startswith((".", "_")):
            continue
        try:
            found[one.name] = read_recipe(one)
        except RecipeError as error:
            mistakes += error.mistakes
    return found, mistakes


def read_recipe(folder: Path) -> Recipe:
    """The recipe of one folder, whose name is its key. Raises RecipeError."""
    where = f"{folder.name}/{FILE}"
    text = _text(folder / FILE, where)
    table, lines = _table(text, where), toml.places(text)
    if "key" in table:
        told = _("à retirer : le nom du dossier en tient lieu")
        raise RecipeError([Mistake(where, toml.line_of(("key",), lines), "key", told)])
    mistakes = list(_with_texts(table, folder, lines))
    try:
        recipe = Recipe.read({**table, "key": folder.name})
    except ValidationError as error:
        mistakes += [_mistake(part, lines, table, folder.name) for part in error.errors()]
    if mistakes:
        raise RecipeError(mistakes)
    return recipe


def _text(path: Path, where: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        told = _("ce fichier n’est pas en UTF-8 : enregistrez-le en UTF-8")
        raise RecipeError([Mistake(where, 1, "", told)]) from error
    except OSError as error:
        raise RecipeError([Mistake(where, 1, "", _("ce fichier manque"))]) from error


def _table(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else len(text.splitlines())
        told = _("cette ligne n’est pas du TOML correct")
        raise RecipeError([Mistake(where, line, "", told)]) from error


def _with_texts(table: dict[str, Any], folder: Path, lines: Lines) -> Iterator[Mistake]:
    """Put beside each page the text of its file; tell those that are not where they belong."""
    named = set()
    pages = table.get("pages")
    for number, page in enumerate(pages if isinstance(pages, list) else []):
        slug = page.get("slug") if isinstance(page, dict) else None
        if not (isinstance(slug, str) and _SLUG.fullmatch(slug)):
            continue  # The schema says so.
        named.add(slug)
        path = folder / "pages" / f"{slug}.md"
        if "text" in page:
            told = _("à retirer : le texte se lit dans %(file)s") % {"file": f"pages/{slug}.md"}
            line = toml.line_of(("pages", number, "text"), lines)
            yield Mistake(f"{folder.name}/{FILE}", line, f"pages[{number + 1}].text", told)
        elif path.exists():
            page["text"] = _text(path, f"{folder.name}/pages/{slug}.md")
    for path in sorted((folder / "pages").glob("*.md")):
        if path.stem not in named:
            told = _("aucune page de recipe.toml ne porte ce nom (slug) : ajoutez-la")
            yield Mistake(f"{folder.name}/pages/{path.name}", 1, "", told)


def _mistake(error: Any, lines: Lines, table: dict[str, Any], key: str) -> Mistake:
    place = error["loc"]
    names = [one.name for one in fields(Recipe) if one.name != "key"]
    field, message = explain(error, fields=names)
    if place == ("key",):
        message = _("le nom du dossier s’écrit en minuscules sans accent, chiffres et tirets")
    if place[0] == "pages" and place[-1] == "text" and len(place) == 3:
        slug = table["pages"][place[1]].get("slug", "")
        if error["type"] != "missing":
            return Mistake(f"{key}/pages/{slug}.md", 1, "", message)
        message = _("il manque le fichier %(file)s") % {"file": f"pages/{slug}.md"}
    return Mistake(f"{key}/{FILE}", toml.line_of(place, lines), field, message)
