"""What a recipe may say to letters: their name, and first texts to send."""

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

from .actions import writing
from .models import Letter, Mailing, Nature, State

_strict = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True, config=_strict)
class FirstMailing:
    """A text of the start, kept as a draft until somebody makes it theirs."""

    subject: Annotated[str, Field(min_length=1, max_length=150)]
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    short_text: Annotated[str, Field(max_length=459)] = ""
    nature: Nature = Nature.NEWS


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """What a recipe says to letters."""

    name: Annotated[str, Field(max_length=120)] = ""
    mailings: tuple[FirstMailing, ...] = ()


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Name the letter, write the drafts."""
    if data.name:
        Letter.objects.create(space=space, name=data.name)
    for first in data.mailings:
        fields = asdict(first) | {"nature": first.nature.value, "audience_keys": []}
        writing.write(space=space, by=by, **fields)


def announce(data: Seed, *, start: datetime.date) -> list[str]:
    """What seeding would write, in words."""
    said = [_("Une lettre d’information : « %(name)s »") % {"name": data.name}] if data.name else []
    return said + [
        _("Un texte à relire puis à envoyer : « %(subject)s »") % {"subject": first.subject}
        for first in data.mailings
    ]


def export(space: Space) -> dict[str, Any]:
    """The table that names the letter and writes the same drafts again; nothing of who reads it."""
    letter = Letter.objects.filter(space=space).first()
    drafts = space.mailings.filter(state=State.DRAFT).order_by("created_at", "pk")
    table: dict[str, Any] = {}
    if letter and letter.name != Letter.usual_name(space):
        table["name"] = letter.name
    if texts := [_table(draft) for draft in drafts]:
        table["mailings"] = texts
    return table


def _table(draft: Mailing) -> dict[str, Any]:
    usual = {"short_text": writing.suggested(draft.subject, draft.text), "nature": Nature.NEWS}
    said = {
        "subject": draft.subject,
        "text": draft.text,
        "short_text": draft.short_text,
        "nature": str(draft.nature),
    }
    return {key: value for key, value in said.items() if value != usual.get(key)}
