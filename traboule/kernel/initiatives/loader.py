"""Reading sheet files: strict, and each mistake told by its file, its line and its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from .mistakes import Mistake, explain
from .sheet import SECTIONS, Sheet

_HEADINGS = {heading: name for name, heading in SECTIONS.items()}


class CompendiumError(Exception):
    """Some sheet files cannot be read; nothing was loaded."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(map(str, mistakes)))


@dataclass(frozen=True)
class _Located:
    """A value of the front matter, and the line of each of its parts."""

    value: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]


def read_folder(folder: Path) -> list[Sheet]:
    """Every sheet of a folder, by file name. Raises CompendiumError with all the mistakes."""
    sheets, mistakes = [], []
    for path in sorted(folder.glob("*.md")):
        try:
            sheets.append(read_file(path))
        except CompendiumError as error:
            mistakes += error.mistakes
    if mistakes:
        raise CompendiumError(mistakes)
    return sheets


def read_file(path: Path) -> Sheet:
    """One sheet. Its slug is the file's name."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CompendiumError(
            [Mistake(path.name, 1, "", "ce fichier n’est pas en UTF-8 : enregistrez-le en UTF-8")]
        ) from error
    return parse(text, name=path.name, slug=path.stem)


def parse(text: str, *, name: str, slug: str) -> Sheet:
    """A sheet from the text of its file."""
    front, body, body_line = _split(text, name)
    located = _front_matter(front, name)
    lines = {path: line + 1 for path, line in located.lines.items()}
    if "slug" in located.value:
        raise CompendiumError(
            [Mistake(name, lines[("slug",)], "slug", "à retirer : le nom du fichier en tient lieu")]
        )
    value: dict[str, Any] = {**located.value, "slug": slug}
    for field, section, line in _sections(body, body_line, name):
        value[field] = section
        lines[(field,)] = line
    try:
        return Sheet.model_validate(value)
    except ValidationError as error:
        mistakes = [
            Mistake(name, _line_of(part["loc"], lines), *explain(part)) for part in error.errors()
        ]
        raise CompendiumError(mistakes) from None


def _split(text: str, name: str) -> tuple[str, str, int]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        raise CompendiumError(
            [Mistake(name, 1, "", "la première ligne doit être « --- », suivie des champs")]
        )
    try:
        end = next(i for i, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    except StopIteration:
        raise CompendiumError(
            [Mistake(name, len(lines), "", "il manque la ligne « --- » qui termine les champs")]
        ) from None
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _front_matter(text: str, name: str) -> _Located:
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise CompendiumError(
            [Mistake(name, line, "", "cette ligne n’est pas du YAML correct")]
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise CompendiumError([Mistake(name, 2, "", "des champs « nom: valeur » sont attendus")])
    lines: dict[tuple[str | int, ...], int] = {}
    mistakes: list[Mistake] = []
    value = _value(node, (), lines, mistakes, name)
    if mistakes:
        raise CompendiumError(mistakes)
    return _Located(value, lines)


def _value(
    node: yaml.Node,
    path: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    mistakes: list[Mistake],
    name: str,
) -> Any:
    """The node as strings, lists and dictionaries, noting where each part stands."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, (*path, i), lines, mistakes, name) for i, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in result:
                mistakes.append(Mistake(name, line + 1, key, "ce champ est écrit deux fois"))
            lines[(*path, key)] = line
            result[key] = _value(value_node, (*path, key), lines, mistakes, name)
        return result
    return node.value


def _sections(body: str, first_line: int, name: str) -> Iterator[tuple[str, str, int]]:
    """Each text below the front matter: its field, its Markdown and its line."""
    field, line, kept, seen = "", first_line, [], set()
    for number, text in enumerate(body.splitlines(), start=first_line):
        if not text.startswith("## "):
            kept.append((number, text))
            continue
        yield from _section(field, kept, line, name)
        heading = text[3:].strip()
        if heading not in _HEADINGS:
            known = ", ".join(f"« {h} »" for h in SECTIONS.values())
            raise CompendiumError(
                [Mistake(name, number, heading, f"titre inconnu ; titres possibles : {known}")]
            )
        field, line, kept = _HEADINGS[heading], number, []
        if field in seen:
            raise CompendiumError([Mistake(name, number, heading, "ce titre est écrit deux fois")])
        seen.add(field)
    yield from _section(field, kept, line, name)


def _section(
    field: str, kept: list[tuple[int, str]], line: int, name: str
) -> Iterator[tuple[str, str, int]]:
    text = "\n".join(part for _number, part in kept).strip()
    if field:
        yield field, text, line
    elif text:
        first = next(number for number, part in kept if part.strip())
        raise CompendiumError(
            [Mistake(name, first, "", "du texte précède le premier titre « ## … »")]
        )


def _line_of(loc: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> int:
    """The line of the nearest part that stands in the file."""
    while loc and loc not in lines:
        loc = loc[:-1]
    return lines.get(loc, 1)
