"""The listings of a market: a strict format of JSON lines, read into arrays.

One line is one listing: the home that a household would leave, who they are, and what they look
for. An empty home has neither household nor wish::

    {"id": "L000012", "commune": "74010", "x": 941.2, "y": 6536.7,
     "home": {"rooms": 3, "area": 66, "rent": 480, "floor": 2, "lift": false, "accessible": false,
              "financing": 1, "features": ["balcony", "cellar"]},
     "household": {"size": 4, "resources": 1},
     "wish": {"communes": ["74010", "74268"], "rooms_min": 4, "rooms_max": 5, "area_min": 70,
              "max_rent": 640, "need": "none", "no_ground": false, "must": ["parking"]},
     "priority": 12}

``dep``, ``landlord`` and ``reason`` may be there too, and change nothing. ``x`` and ``y`` are
kilometres; ``rent`` and ``max_rent`` whole euros; ``financing`` and ``resources`` go from 0 to 2;
the first commune of a wish is the favourite; ``features`` and ``must`` are of ``FEATURES``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, get_args

import numpy as np
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

Feature = Literal[
    "balcony", "parking", "garden", "cellar", "bath", "shower", "separate_kitchen", "bike_room"
]
FEATURES: tuple[str, ...] = get_args(Feature)
Need = Literal["none", "step_free", "wheelchair"]
NEEDS: tuple[str, ...] = get_args(Need)
Name = Annotated[str, Field(min_length=1, max_length=100)]
Rooms = Annotated[int, Field(ge=1, le=20)]
Rank = Annotated[int, Field(ge=0, le=2)]
Whole = Annotated[int, Field(ge=0, le=100_000)]
Kilometres = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]

LINES_AT_ONCE = 20_000
STRICT = ConfigDict(strict=True, extra="forbid")


@with_config(STRICT)
class Home(TypedDict):
    """The home that a listing offers."""

    rooms: Rooms
    area: Whole
    rent: Whole
    floor: Annotated[int, Field(ge=-5, le=100)]
    lift: bool
    accessible: bool
    financing: Rank
    features: list[Feature]


@with_config(STRICT)
class Household(TypedDict):
    """Who would move: how many, and the ceiling that their income falls under."""

    size: Annotated[int, Field(ge=1, le=30)]
    resources: Rank


@with_config(STRICT)
class Wish(TypedDict):
    """What the household looks for."""

    communes: Annotated[list[Name], Field(min_length=1, max_length=1000)]
    rooms_min: Rooms
    rooms_max: Rooms
    area_min: Whole
    max_rent: Whole
    need: Need
    no_ground: bool
    must: list[Feature]


@with_config(STRICT)
class Listing(TypedDict):
    """One line of the file."""

    id: Name
    commune: Name
    x: Kilometres
    y: Kilometres
    home: Home
    household: Household | None
    wish: Wish | None
    priority: Annotated[int, Field(ge=0, le=1000)]
    dep: NotRequired[str]
    landlord: NotRequired[int | str]
    reason: NotRequired[str]


LISTING = TypeAdapter(Listing)
EMPTY_WISH: dict[str, Any] = {
    "communes": [],
    "rooms_min": 1,
    "rooms_max": 1,
    "area_min": 0,
    "max_rent": 0,
    "need": "none",
    "no_ground": False,
    "must": [],
}


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line, counted from 1; ``field`` is a path such as ``home.rent``."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"ligne {self.line}, {self.field or 'ligne entière'} : {self.reason}"


class Unreadable(ValueError):  # noqa: N818 - it says what happened.
    """The listings cannot be read; ``problems`` holds every one, in the order of the lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, eq=False)
class Market:
    """The listings as columns, one row each; features are bits in the order of ``FEATURES``.

    The communes wished by row ``i`` are ``wished[wish_starts[i]:wish_starts[i + 1]]``, the
    favourite first, as ranks in ``commune_names``.
    """

    ids: np.ndarray
    commune_names: tuple[str, ...]
    commune: np.ndarray
    x: np.ndarray
    y: np.ndarray
    rooms: np.ndarray
    area: np.ndarray
    rent: np.ndarray
    floor: np.ndarray
    lift: np.ndarray
    accessible: np.ndarray
    financing: np.ndarray
    features: np.ndarray
    empty: np.ndarray
    size: np.ndarray
    resources: np.ndarray
    rooms_min: np.ndarray
    rooms_max: np.ndarray
    area_min: np.ndarray
    max_rent: np.ndarray
    need: np.ndarray
    no_ground: np.ndarray
    must: np.ndarray
    priority: np.ndarray
    wish_starts: np.ndarray
    wished: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each listing, by its id."""
        return {one: row for row, one in enumerate(self.ids.tolist())}

    def take(self, rows: np.ndarray) -> "Market":
        """The market of these rows alone, in this order."""
        lengths = np.diff(self.wish_starts)[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
        wished = self.wished[np.repeat(self.wish_starts[rows], lengths) + within]
        kept = {"commune_names": self.commune_names, "wish_starts": starts, "wished": wished}
        columns = {
            one.name: getattr(self, one.name)[rows] for one in fields(self) if one.name not in kept
        }
        return Market(**kept, **columns)


def read(path: Path) -> Market:
    """The market of a file. Raises Unreadable with all that is wrong in it."""
    with path.open("rb") as lines:
        return parse(lines)


def parse(lines: Iterable[bytes | str]) -> Market:
    """The market of these JSON lines. Raises Unreadable with all that is wrong in them."""
    problems: list[Problem] = []
    communes: dict[str, int] = {}
    first_line: dict[str, int] = {}
    chunks = []
    numbered = enumerate(lines, start=1)
    while chunk := list(islice(numbered, LINES_AT_ONCE)):
        rows = []
        for number, line in chunk:
            row, wrong = _listing(number, line)
            if row is not None:
                before = first_line.setdefault(row["id"], number)
                if before != number:
                    wrong = [Problem(number, "id", f"déjà à la ligne {before}"), *wrong]
            if wrong:
                problems += wrong
            elif row is not None:
                rows.append(row)
        chunks.append(_columns(rows, communes))
    if problems:
        raise Unreadable(problems)
    columns = (
        {name: np.concatenate([one[name] for one in chunks]) for name in chunks[0]}
        if chunks
        else _columns([], communes)
    )
    starts = np.concatenate([[0], np.cumsum(columns.pop("wishes"))])
    return Market(commune_names=tuple(communes), wish_starts=starts, **columns)


def _listing(number: int, line: bytes | str) -> tuple[Listing | None, list[Problem]]:
    """A line as it was read, when it could be, and what is wrong in it."""
    try:
        row = LISTING.validate_json(line)
    except ValidationError as error:
        return None, [
            Problem(number, ".".join(map(str, one["loc"])), _reason(one))
            for one in error.errors(include_url=False, include_input=False)
        ]
    return row, [Problem(number, field, reason) for field, reason in _contradictions(row)]


def _contradictions(row: Listing) -> Iterator[tuple[str, str]]:
    """What each field allows and the whole does not."""
    wish = row["wish"]
    if (row["household"] is None) != (wish is None):
        yield "wish", "un logement vide n’a ni ménage ni souhait, un ménage a les deux"
    if wish:
        if wish["rooms_min"] > wish["rooms_max"]:
            yield "wish.rooms_min", "plus grand que rooms_max"
        if len(set(wish["communes"])) < len(wish["communes"]):
            yield "wish.communes", "une commune y est deux fois"


REASONS = {
    "missing": "manque",
    "extra_forbidden": "inconnu",
    "json_invalid": "pas du JSON",
    "dict_type": "pas un objet",
    "list_type": "pas une liste",
    "bool_type": "ni true ni false",
    "int_type": "pas un nombre entier",
    "int_from_float": "pas un nombre entier",
    "float_type": "pas un nombre",
    "finite_number": "pas un nombre",
    "string_type": "pas un texte",
    "string_too_short": "vide",
    "string_too_long": "trop long (au plus {max_length})",
    "too_short": "vide",
    "too_long": "trop long (au plus {max_length})",
    "greater_than_equal": "trop petit (au moins {ge})",
    "less_than_equal": "trop grand (au plus {le})",
    "literal_error": "doit être {expected}",
}


def _reason(error: Any) -> str:
    return REASONS.get(error["type"], error["msg"]).format(**error.get("ctx", {}))


def _columns(rows: Sequence[Listing], communes: dict[str, int]) -> dict[str, np.ndarray]:
    """These rows as columns; communes not met before are added to ``communes``."""

    def column(kind: Any, values: Iterable[Any]) -> np.ndarray:
        return np.fromiter(values, kind, len(rows))

    def rank(name: str) -> int:
        return communes.setdefault(name, len(communes))

    homes = [row["home"] for row in rows]
    wishes: list[Any] = [row["wish"] or EMPTY_WISH for row in rows]
    people = [row["household"] or {"size": 0, "resources": 0} for row in rows]
    wished = [rank(name) for wish in wishes for name in wish["communes"]]
    return {
        "ids": np.array([row["id"] for row in rows], object),
        "commune": column(np.int32, (rank(row["commune"]) for row in rows)),
        "x": column(np.float32, (row["x"] for row in rows)),
        "y": column(np.float32, (row["y"] for row in rows)),
        **{
            name: column(np.int32, (home[name] for home in homes))
            for name in ("rooms", "area", "rent", "floor", "financing")
        },
        **{
            name: column(np.bool_, (home[name] for home in homes))
            for name in ("lift", "accessible")
        },
        "features": column(np.int32, (_bits(home["features"]) for home in homes)),
        "empty": column(np.bool_, (row["wish"] is None for row in rows)),
        **{name: column(np.int32, (one[name] for one in people)) for name in ("size", "resources")},
        **{
            name: column(np.int32, (wish[name] for wish in wishes))
            for name in ("rooms_min", "rooms_max", "area_min", "max_rent")
        },
        "need": column(np.int32, (NEEDS.index(wish["need"]) for wish in wishes)),
        "no_ground": column(np.bool_, (wish["no_ground"] for wish in wishes)),
        "must": column(np.int32, (_bits(wish["must"]) for wish in wishes)),
        "priority": column(np.int32, (row["priority"] for row in rows)),
        "wished": np.array(wished, np.int32),
        "wishes": column(np.int64, (len(wish["communes"]) for wish in wishes)),
    }


def _bits(features: Iterable[str]) -> int:
    return sum({1 << FEATURES.index(one) for one in features})
