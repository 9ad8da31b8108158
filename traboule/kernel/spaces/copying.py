"""A running space as a recipe again, without anybody in it: "do it here too"."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from . import toml
from .models import Space
from .recipe import CONTACT, Recipe, texts
from .shelf import FILE

HIDDEN = "…"
"""What stands for a telephone number or an e-mail address that was taken out."""


def recipe_of(space: Space, *, for_anyone: bool = False) -> Recipe:
    """The recipe that starts the same as this space stands today, from the database only.

    ``for_anyone`` leaves out the pages that not everybody may read.
    """
    return Recipe.read(_table(space, for_anyone=for_anyone))


def contacts_in(space: Space) -> list[str]:
    """The telephone numbers and e-mail addresses that copying this space takes out."""
    found = (match for text in texts(_as_it_stands(space)) for match in CONTACT.findall(text))
    return list(dict.fromkeys(found))


def archive(space: Space) -> bytes:
    """The recipe's folder as a ZIP file, to unpack in the folder of an installation's recipes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in _files(_table(space)):
            folder.writestr(name, text)
    return file.getvalue()


def _files(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    key, pages = table.pop("key"), table["pages"]
    for page in pages:
        yield f"{key}/pages/{page['slug']}.md", page.pop("text") + "\n"
    yield f"{key}/{FILE}", toml.write(table)


def _table(space: Space, *, for_anyone: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = _without_contacts(_as_it_stands(space))
    if for_anyone:
        found["pages"] = [page for page in found["pages"] if page["public"]]
    return found


def _as_it_stands(space: Space) -> dict[str, Any]:
    initiative = space.initiative
    return {
        "key": space.recipe_key,
        "title": space.recipe_title,
        "summary": space.recipe_summary,
        "theme": initiative.theme,
        "sheets": space.recipe_sheets,
        "audiences": initiative.audiences,
        "tools": initiative.tool_kinds,
        "blocks": [block.key for block in space.open_blocks],
        "indicators": space.indicator_keys,
        "roles": space.role_names,
        "pages": [
            {"slug": page.slug, "title": page.title, "text": page.text, "public": page.is_public}
            for page in space.pages.order_by("position", "pk")
        ],
        "checklists": _checklists(space),
        "seed": {block.key: block.export(space) for block in space.open_blocks},
    }


def _checklists(space: Space) -> list[dict[str, Any]]:
    items: dict[str, list[str]] = {}
    for item in space.checklist.order_by("position", "pk"):
        items.setdefault(item.list_title, []).append(item.label)
    return [{"title": title, "items": labels} for title, labels in items.items()]


def _without_contacts(value: Any) -> Any:
    """The same, with nothing left in it that leads to somebody."""
    if isinstance(value, str):
        return CONTACT.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {key: _without_contacts(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_contacts(part) for part in value]
    return value
