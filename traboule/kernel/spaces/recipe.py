"""What a recipe may say. It selects and names; it never computes.

A recipe is a folder: ``recipe.toml`` with these fields (``key`` is the folder's name), and the
texts of its pages in ``pages/<slug>.md``. Frozen dataclasses are the schema: a misspelt key, a
block or an indicator that does not exist, fail when it is read. ``docs/recipe-format.md`` is the
manual.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import field
from typing import Annotated, Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic.dataclasses import dataclass
from pydantic_core import InitErrorDetails

from traboule.kernel.initiatives.vocabulary import Audience, Theme, ToolKind

from . import blocks
from .models import Role

CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"  # an e-mail address
    r"|(?<!\d)(?:\+33|0033|0)[\s.-]*[1-9](?:[\s.-]*\d{2}){4}(?!\d)"  # a telephone number
)
"""What leads to somebody. A recipe goes from hand to hand: it holds none."""

_UNSEEN = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}
_strict = ConfigDict(extra="forbid")
_Many = TypeVar("_Many", bound=tuple[Any, ...])


def _one_line(value: object) -> object:
    return " ".join(value.translate(_UNSEEN).split()) if isinstance(value, str) else value


def _lines(value: object) -> object:
    """The text with the same line ends everywhere, and without what nobody types."""
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN).strip()


def _nobody_in_it(text: str) -> str:
    if found := CONTACT.search(text):
        raise ValueError(
            _("un modèle ne contient ni téléphone ni adresse e-mail : remplacez « %(found)s »")
            % {"found": found[0]}
        )
    return text


def _each_once(values: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for value in values:
        if value in seen:
            raise ValueError(_("« %(value)s » y figure deux fois") % {"value": value})
        seen.add(value)


def _once(values: _Many) -> _Many:
    _each_once(values)
    return values


def _known_block(key: str) -> str:
    if key not in blocks.known:
        raise ValueError(
            _("aucune brique ne s’appelle « %(key)s » ; briques : %(known)s")
            % {"key": key, "known": ", ".join(sorted(blocks.known))}
        )
    return key


def _known_indicator(key: str) -> str:
    known = [one.key for one in blocks.all_indicators()]
    if key not in known:
        raise ValueError(
            _("aucun résultat ne s’appelle « %(key)s » ; résultats : %(known)s")
            % {"key": key, "known": ", ".join(sorted(known))}
        )
    return key


def _words(least: int, most: int, clean: Callable[[object], object] = _one_line) -> Any:
    return (Field(min_length=least, max_length=most), BeforeValidator(clean), _NOBODY)


_NOBODY = AfterValidator(_nobody_in_it)
Line = Annotated[str, *_words(1, 300)]
Title = Annotated[str, *_words(1, 120)]
Summary = Annotated[str, *_words(20, 400)]
Text = Annotated[str, *_words(1, 20_000, _lines)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
SheetSlug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class RecipePage:
    """A starting page: its text is Markdown."""

    slug: Slug
    title: Title
    text: Text
    public: bool = True


@dataclass(frozen=True, kw_only=True, config=_strict)
class Checklist:
    """Things to do, in order, under one title."""

    title: Title
    items: Annotated[tuple[Line, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Recipe:
    """Which blocks, which results, what the roles are called, and the starting content."""

    key: Slug
    title: Title
    summary: Summary
    theme: Theme
    sheets: Annotated[tuple[SheetSlug, ...], AfterValidator(_once)] = ()
    """The sheets of the compendium that this recipe runs."""
    audiences: Annotated[tuple[Audience, ...], AfterValidator(_once)] = ()
    tools: Annotated[tuple[ToolKind, ...], AfterValidator(_once)] = ()
    blocks: Annotated[
        tuple[Annotated[str, AfterValidator(_known_block)], ...], AfterValidator(_once)
    ]
    indicators: Annotated[
        tuple[Annotated[str, AfterValidator(_known_indicator)], ...], AfterValidator(_once)
    ] = ()
    roles: dict[Role, Title] = field(default_factory=dict)
    pages: tuple[RecipePage, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    seed: Annotated[dict[str, Any], Field(validate_default=True)] = field(default_factory=dict)
    """The starting content of every block, each as the block itself reads it."""

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> "Recipe":
        """The recipe that a table of TOML describes. Raises pydantic's ValidationError."""
        return cls(**table)

    @field_validator("pages")
    @classmethod
    def _each_page_once(cls, pages: tuple[RecipePage, ...]) -> tuple[RecipePage, ...]:
        _each_once(page.slug for page in pages)
        return pages

    @field_validator("checklists")
    @classmethod
    def _each_list_once(cls, checklists: tuple[Checklist, ...]) -> tuple[Checklist, ...]:
        _each_once(checklist.title for checklist in checklists)
        return checklists

    @field_validator("seed")
    @classmethod
    def _read_by_each_block(cls, seed: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        chosen = info.data.get("blocks", ())
        for key in seed:
            if key not in chosen:
                raise ValueError(
                    _("« %(key)s » n’est pas dans les briques choisies (blocks)") % {"key": key}
                )
        return {key: _read_seed(key, seed.get(key, {})) for key in chosen}


def _read_seed(key: str, table: Mapping[str, Any]) -> Any:
    """The block's own table, read by the block; its mistakes are told from where it stands."""
    for text in texts(table):
        _nobody_in_it(text)
    try:
        return blocks.known[key].schema(table)
    except ValidationError as error:
        raise ValidationError.from_exception_data(
            "seed", [_beneath(key, part) for part in error.errors()]
        ) from None


def _beneath(key: str, part: Any) -> InitErrorDetails:
    return InitErrorDetails(
        type=part["type"], loc=(key, *part["loc"]), input=part["input"], ctx=part.get("ctx", {})
    )


def texts(value: Any) -> Iterable[str]:
    """Every text in a table, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)
