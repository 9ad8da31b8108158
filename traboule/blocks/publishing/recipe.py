"""What a recipe may say to publications: first drafts, for a team to make its own."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .actions.writing import write
from .models import Kind

_strict = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True, config=_strict)
class FirstDraft:
    """A text that waits for its team: ``kind`` is one of ``models.Kind``."""

    kind: Kind = Kind.NEWS
    title: Annotated[str, Field(min_length=1, max_length=120)]
    summary: Annotated[str, Field(max_length=300)] = ""
    text: Annotated[str, Field(max_length=10_000)] = ""


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """The part of publications in a recipe."""

    drafts: tuple[FirstDraft, ...] = ()


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Write the first drafts, signed by nobody: the team makes them its own, or lets them go."""
    for first in data.drafts:
        publication = write(
            space=space,
            kind=first.kind,
            by=by,
            title=first.title,
            summary=first.summary,
            text=first.text,
            starter=_table(first),
        )
        publication.author = publication.by = None
        publication.save(update_fields=["author", "by"])


def announce(data: Seed, *, start: datetime.date) -> list[str]:
    """What seeding would write, in words."""
    return [
        _("Un brouillon : « %(title)s » (%(kind)s)")
        % {"title": first.title, "kind": str(first.kind.label).lower()}
        for first in data.drafts
    ]


def export(space: Space) -> dict[str, Any]:
    """The drafts that the space began with, in the recipe's own words; nothing people wrote."""
    begun = space.publications.filter(starter__isnull=False).order_by("pk")
    drafts = [one.starter for one in begun]
    return {"drafts": drafts} if drafts else {}


def _table(first: FirstDraft) -> dict[str, Any]:
    """One draft as a recipe says it; what has its usual value is left out."""
    said = asdict(first) | {"kind": first.kind.value}
    usual = {"kind": "news", "summary": "", "text": ""}
    return {name: value for name, value in said.items() if value != usual.get(name)}
