"""What a recipe may say to the shelves: the documents that a space should have."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .models import Expected, Shelf

_strict = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True, config=_strict)
class ExpectedDocument:
    """A document to put on a shelf: ``members`` or ``public``."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    shelf: Shelf = Shelf.MEMBERS


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """The shelves' part of a recipe."""

    expected: tuple[ExpectedDocument, ...] = ()

    def __post_init__(self) -> None:
        """Each title once, as the space's list holds it."""
        titles = [one.title for one in self.expected]
        if twice := next((title for title in titles if titles.count(title) > 1), ""):
            raise ValueError(_("« %(value)s » y figure deux fois") % {"value": twice})


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """List what is expected on each shelf; the files come from the people."""
    Expected.objects.bulk_create(
        Expected(space=space, title=one.title, shelf=one.shelf, position=rank)
        for rank, one in enumerate(data.expected)
    )


def announce(data: Seed, *, start: datetime.date) -> list[str]:
    """What seeding would list, in words."""
    return [
        _("Document attendu : %(title)s (%(shelf)s)")
        % {"title": one.title, "shelf": one.shelf.label}
        for one in data.expected
    ]


def export(space: Space) -> dict[str, Any]:
    """The table that expects the same documents; nothing of what was deposited."""
    rows = space.expected_documents.order_by("position", "pk")
    expected = [
        {"title": one.title} | ({"shelf": one.shelf} if one.shelf != Shelf.MEMBERS else {})
        for one in rows
    ]
    return {"expected": expected} if expected else {}
