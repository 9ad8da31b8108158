"""What a recipe may say. It selects and names; it never computes.

A recipe is a folder: ``recipe.toml`` with these fields (``key`` is the folder's name), and the
texts of its pages in ``pages/<slug>.md``. Frozen dataclasses are the schema: a misspelt key, a
block or an indicator that does not exist, fail when it is read.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from traboule.kernel.initiatives.vocabulary import Audience, Theme, ToolKind

from . import blocks
from .models import Role

Line = Annotated[str, Field(min_length=1, max_length=300)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
_strict = ConfigDict(extra="forbid")


def _known_block(key: str) -> str:
    if key not in blocks.known:
        raise ValueError(
            _("aucune brique ne s’appelle « %(key)s » ; briques : %(known)s")
            % {"key": key, "known": ", ".join(sorted(blocks.known))}
        )
    return key


def _known_indicator(key: str) -> str:
    known = [one.key for one in blocks.all_indicators()]
    if key not in known:
        raise ValueError(
            _("aucun résultat ne s’appelle « %(key)s » ; résultats : %(known)s")
            % {"key": key, "known": ", ".join(sorted(known))}
        )
    return key


def _read_seed(seed: dict[str, Any]) -> dict[str, Any]:
    """Each block reads its own table."""
    return {_known_block(key): blocks.known[key].schema(table) for key, table in seed.items()}


@dataclass(frozen=True, kw_only=True, config=_strict)
class RecipePage:
    """A starting page: its text is Markdown."""

    slug: Slug
    title: Title
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    public: bool = True


@dataclass(frozen=True, kw_only=True, config=_strict)
class Checklist:
    """Things to do, in order, under one title."""

    title: Title
    items: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Recipe:
    """Which blocks, which results, what the roles are called, and the starting content."""

    key: Slug
    title: Title
    summary: Annotated[str, Field(min_length=1, max_length=400)]
    theme: Theme
    sheets: tuple[Slug, ...] = ()
    """The sheets of the compendium that this recipe runs."""
    audiences: tuple[Audience, ...] = ()
    tools: tuple[ToolKind, ...] = ()
    blocks: tuple[Annotated[str, AfterValidator(_known_block)], ...]
    indicators: tuple[Annotated[str, AfterValidator(_known_indicator)], ...] = ()
    roles: dict[Role, Title] = Field(default_factory=dict)
    pages: tuple[RecipePage, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    seed: Annotated[dict[str, Any], AfterValidator(_read_seed)] = Field(default_factory=dict)

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> "Recipe":
        """The recipe that a table of TOML describes. Raises pydantic's ValidationError."""
        return cls(**table)
