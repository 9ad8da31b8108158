"""From what someone typed to the communes they may have meant."""

import re
from functools import lru_cache
from math import log10
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models
from django.db.models import Case, Count, Max, Q, Sum, Value, When
from rapidfuzz import fuzz, process

from .names import fold

if TYPE_CHECKING:
    from .models import Commune

LONGEST = 120
"""No commune needs more characters to be named."""

LEAST_LIKENESS = 72
MOST_CANDIDATES = 60
FEW = 3
_CODE = re.compile(r"\d{2,5}|2[AB]\d{0,3}", re.IGNORECASE)
_LABEL = re.compile(r"(?P<name>.+?)\s*\((?P<department>\d{2,3}|2[AB])\)\s*", re.IGNORECASE)
_WITH_CODE = re.compile(r"(?:(?P<before>\d{5})\s+)?(?P<name>\D.*?)(?:,?\s+(?P<after>\d{5}))?")


class Typed(NamedTuple):
    """What someone typed, taken apart: a code, or a folded name and what narrows it."""

    code: str = ""
    name: str = ""
    department: str = ""
    postal_code: str = ""


def take_apart(text: str) -> Typed:
    """Read ``38200``, ``38544``, ``Vienne``, ``Vienne (38)``, ``38200 Vienne``."""
    text = " ".join(text[:LONGEST].replace("\0", " ").split())
    if _CODE.fullmatch(text):
        return Typed(code=text.upper())
    if label := _LABEL.fullmatch(text):
        return Typed(name=fold(label["name"]), department=label["department"].upper())
    if (parts := _WITH_CODE.fullmatch(text)) and (parts["before"] or parts["after"]):
        return Typed(name=fold(parts["name"]), postal_code=parts["before"] or parts["after"])
    return Typed(name=fold(text))


class CommuneQuerySet(models.QuerySet["Commune"]):
    """Communes, and how to find the one that someone means."""

    def look_up(self, text: str, limit: int = 10) -> "list[Commune]":
        """The communes that a text may mean, likeliest first, by name or by code; any text.

        Names are forgiven accents, case, hyphens, articles, « st » and typing mistakes; names
        alike stand in order of population. At most three queries, four the first time.
        """
        typed = take_apart(text)
        if typed.code:
            return list(self._with_code(typed.code)[:limit])
        if not typed.name:
            return []
        narrowed = self._narrowed(typed)
        found: list[Commune] = [*narrowed._beginning_with(typed.name)[:limit]]
        if len(found) < limit:
            found += narrowed._resembling(typed.name, limit - len(found), known=found)
        return found

    def from_text(self, text: str) -> "tuple[Commune | None, list[Commune]]":
        """The one commune that a text means beyond doubt, else none and suggestions."""
        typed = take_apart(text)
        certain = list(self._exactly(typed)[:2]) if typed.code or typed.name else []
        if len(certain) == 1 or (certain and typed.department):
            return certain[0], []
        suggestions = self.look_up(text)
        if not suggestions and (typed.department or typed.postal_code):
            suggestions = self.look_up(typed.name or typed.postal_code)
        return None, suggestions

    def _exactly(self, typed: Typed) -> Self:
        if typed.code:
            return self._with_code(typed.code) if len(typed.code) == 5 else self.none()
        return self._narrowed(typed).filter(search_name=typed.name)

    def _narrowed(self, typed: Typed) -> Self:
        communes = self.select_related("department").order_by("-population", "code")
        if typed.department:
            communes = communes.filter(department=typed.department)
        if typed.postal_code:
            communes = communes.filter(postal_codes__code=typed.postal_code)
        return communes

    def _with_code(self, code: str) -> Self:
        """Those with this INSEE code (or its first letters in Corsica), or postal code prefix."""
        if code.isdigit():
            posted = self.filter(postal_codes__code__range=(code.ljust(5, "0"), code.ljust(5, "9")))
            matches = Q(code__in=posted.values("code")) | Q(code=code)
        else:
            matches = Q(code__startswith=code)
        posted_first = Case(When(code=code, then=Value(1)), default=Value(0))
        return (
            self.filter(matches)
            .select_related("department")
            .order_by(posted_first, "-population", "code")
        )

    def _beginning_with(self, name: str) -> Self:
        exact_first = Case(When(search_name=name, then=Value(0)), default=Value(1))
        return self.filter(search_name__startswith=name).order_by(
            exact_first, "-population", "code"
        )

    def _resembling(self, name: str, limit: int, *, known: "list[Commune]") -> "list[Commune]":
        """More communes: with these words inside their name; if few are known, alike ones."""
        names = _names(**self.model._default_manager.aggregate(
            rows=Count("code"), last=Max("code"), people=Sum("population")
        ))  # fmt: skip
        likeness = _with_words(name, names)
        if len(likeness) + len(known) < FEW and name not in {c.search_name for c in known}:
            likeness = {**_alike(name, names), **dict.fromkeys(likeness, 100.0)}
        for commune in known:
            likeness.pop(commune.code, None)
        best = sorted(likeness, key=lambda code: (-likeness[code], code))[:MOST_CANDIDATES]
        found = self.in_bulk(best) if best else {}
        ranked: list[Commune] = [found[code] for code in best if code in found]
        return ranked[:limit]


class _Names(NamedTuple):
    codes: list[str]
    names: list[str]
    weights: list[float]


@lru_cache(maxsize=1)
def _names(**version: Any) -> _Names:
    """Every folded name in memory; ``version`` changes with the communes and so empties this."""
    from .models import Commune  # Late: models are made of this module's queryset.

    rows = Commune.objects.order_by("code").values_list("code", "search_name", "population")
    codes, names, people = zip(*rows, strict=True) if version["rows"] else ((), (), ())
    return _Names(list(codes), list(names), [log10(1 + number) for number in people])


def _with_words(name: str, names: _Names) -> dict[str, float]:
    inside = f" {name}"
    return {
        names.codes[i]: names.weights[i]
        for i, candidate in enumerate(names.names)
        if inside in candidate
    }


def _alike(name: str, names: _Names) -> dict[str, float]:
    """How alike other names are, in percent; a tenfold population is worth three points."""
    matches = process.extract(
        name, names.names, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=MOST_CANDIDATES
    )
    return {names.codes[i]: score + 3 * names.weights[i] for _, score, i in matches}
