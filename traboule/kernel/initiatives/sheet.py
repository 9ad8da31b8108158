"""The exchange format of a sheet: one strict schema for files, imports, exports and the API.

A sheet file under ``compendium/`` holds these fields as YAML front matter, except the six
texts, which are the Markdown sections below it (see ``SECTIONS``). JSON imports and exports
hold all fields side by side. ``docs/sheet-format.md`` is the manual.
"""

import datetime
import re
from decimal import Decimal
from typing import Annotated, Self

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    field_validator,
    model_validator,
)

from .vocabulary import Audience, HolderKind, Qualifier, State, Theme, ToolKind

SECTIONS = {
    "description": "Ce qui se fait",
    "tools": "Outils numériques",
    "outcomes": "Résultats",
    "steps": "Étapes",
    "pitfalls": "Points de vigilance",
    "learnt": "Ce que nous avons appris",
}
"""The sheet's texts, in the order they are read: field name to heading in the file."""


def _real_partial_date(value: str) -> str:
    """A year, a month or a day that exists: ``2014``, ``2014-06`` or ``2014-06-12``."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        raise ValueError(_("date attendue sous la forme 2014, 2014-06 ou 2014-06-12"))
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError as error:
        raise ValueError(_("cette date n’existe pas dans le calendrier")) from error
    return value


PartialDate = Annotated[str, AfterValidator(_real_partial_date)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(max_length=20_000)]
Web = Annotated[
    str, Field(max_length=500), AfterValidator(lambda value: str(HttpUrl(value)) and value)
]
Figure = Annotated[Decimal, Field(max_digits=14, decimal_places=2)]


_UNSEEN = {code: None for code in range(32) if chr(code) not in "\n\t"}
"""Control characters: nobody types them, and PostgreSQL refuses the first of them."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _without_control_characters(cls, value: object) -> object:
        return value.translate(_UNSEEN) if isinstance(value, str) else value


class Holder(_Part):
    """The organisation or group that carries the initiative."""

    name: Line
    kind: HolderKind = HolderKind.OTHER
    website: Web | None = None


class Place(_Part):
    """Where it happens: an INSEE commune, and a point in WGS 84 degrees if it is known better."""

    commune: Annotated[str, Field(pattern=r"^(\d{5}|2[AB]\d{3})$")]
    name: Annotated[str, Field(max_length=200)] = ""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError(_("latitude et longitude vont ensemble"))
        return self


class Partner(_Part):
    """An organisation that takes part, and what it brings."""

    name: Line
    role: Annotated[str, Field(max_length=300)] = ""


class Source(_Part):
    """The document that reports the sheet or one of its figures."""

    title: Line
    publisher: Annotated[str, Field(max_length=200)] = ""
    date: PartialDate | None = None
    url: Web | None = None


class Result(_Part):
    """One reported figure: ``figure`` (to ``figure_max`` when it is a range) of ``unit``."""

    label: Line
    figure: Figure
    figure_max: Figure | None = None
    qualifier: Qualifier = Qualifier.EXACT
    unit: Annotated[str, Field(min_length=1, max_length=80)]
    period: Annotated[str, Field(max_length=120)] = ""
    source: Annotated[str, Field(max_length=300)] = ""
    source_date: PartialDate | None = None

    @model_validator(mode="after")
    def _range_in_order(self) -> Self:
        if self.figure_max is not None and self.figure_max < self.figure:
            raise ValueError(_("figure_max doit être plus grand que figure"))
        return self


class Milestone(_Part):
    """A dated moment of the initiative; ``end`` when it lasted."""

    date: PartialDate
    end: PartialDate | None = None
    label: Line


class Link(_Part):
    """A page to read elsewhere."""

    label: Line
    url: Web


class Contact(_Part):
    """How anyone may reach the initiative: only what may be printed."""

    name: Annotated[str, Field(max_length=120)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, Field(max_length=200)] = ""
    website: Web | None = None


class Sheet(_Part):
    """One initiative as anyone may read, print and replicate it."""

    slug: Slug
    title: Annotated[str, Field(min_length=3, max_length=120)]
    summary: Annotated[str, Field(min_length=20, max_length=400)]
    theme: Theme
    state: State
    holder: Holder
    place: Place
    started: PartialDate | None = None
    ended: PartialDate | None = None
    audiences: list[Audience] = []
    tool_kinds: list[ToolKind] = []
    partners: list[Partner] = []
    results: list[Result] = []
    milestones: list[Milestone] = []
    cost: Annotated[str, Field(max_length=600)] = ""
    time: Annotated[str, Field(max_length=600)] = ""
    people: Annotated[str, Field(max_length=600)] = ""
    links: list[Link] = []
    video: Web | None = None
    contact: Contact = Contact()
    inspired_by: list[Slug] = []
    source: Source | None = None
    confirmed: PartialDate | None = None

    description: Text
    tools: Text = ""
    outcomes: Text = ""
    steps: Text = ""
    pitfalls: Text = ""
    learnt: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.started and self.ended and self.ended < self.started[: len(self.ended)]:
            raise ValueError(_("la fin (ended) précède le début (started)"))
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [partner.name.casefold() for partner in self.partners]
        if len(set(names)) < len(names):
            raise ValueError(_("un partenaire figure deux fois : réunissez ses deux rôles"))
        if self.slug in self.inspired_by:
            raise ValueError(_("une initiative ne s’inspire pas d’elle-même (inspired_by)"))
        return self
