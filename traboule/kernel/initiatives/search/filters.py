"""The one filter state that list, map, print, feeds and open data share."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _

from traboule.kernel.places.geography import cells_within
from traboule.kernel.places.models import Commune, Department

from ..vocabulary import Audience, Origin, State, Theme, ToolKind
from .indexing import mark

LONGEST_SEARCH = 200
RADII = (5, 10, 30, 50, 100)
CHOICES: dict[str, tuple[str, type[TextChoices]]] = {
    "theme": ("theme", Theme),
    "outil": ("tool", ToolKind),
    "public": ("audience", Audience),
    "etat": ("state", State),
    "origine": ("origin", Origin),
}
"""Address parameter → kind of mark and its values."""


@dataclass(frozen=True)
class Point:
    """Somewhere to search around: a commune, or a position given by the device."""

    latitude: float
    longitude: float
    name: str


@dataclass(frozen=True)
class Filters:
    """What the reader looks for, as read from the address."""

    q: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    department: Department | None = None
    place: str = ""
    commune: Commune | None = None
    position: tuple[float, float] | None = None
    radius: int = 0
    problems: tuple[str, ...] = ()
    suggestions: tuple[Commune, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filters":
        """Read the address; what makes no sense is left out and told in ``problems``."""
        problems: list[str] = []
        q = " ".join(query.get("q", "").replace("\0", " ").split())
        if len(q) > LONGEST_SEARCH:
            q = q[:LONGEST_SEARCH]
            problems.append(_("Votre recherche est longue : nous en avons gardé le début."))
        chosen = {name: _known(query, name, problems) for name in CHOICES}
        filters = cls(q=q, chosen={name: values for name, values in chosen.items() if values})
        filters = filters._with_place(query, problems)
        return replace(filters, problems=tuple(problems))

    def _with_place(self, query: QueryDict, problems: list[str]) -> "Filters":
        place = query.get("commune", "").replace("\0", " ").strip()[:100]
        radius = query.get("rayon", "")
        suggestions: tuple[Commune, ...] = ()
        commune = None
        if place:
            commune, others = Commune.objects.from_text(place)
            if commune is None and others and place.isdecimal():
                commune = others[0]  # A postal code's largest commune will do to search around.
            suggestions = () if commune else tuple(others)
            if commune is None:
                problems.append(
                    _(
                        "Nous ne trouvons pas la commune « %(place)s ». "
                        "Vérifiez son nom, ou essayez un code postal."
                    )
                    % {"place": place}
                )
        department = None
        if code := query.get("departement", "").upper()[:3]:
            department = Department.objects.filter(code=code).first()
            if department is None:
                problems.append(_("Ce numéro de département n’existe pas."))
        return replace(
            self,
            place=place,
            commune=commune,
            suggestions=suggestions,
            department=department,
            position=_position(query.get("position", "")),
            radius=int(radius) if radius in map(str, RADII) else 0,
        )

    @property
    def point(self) -> Point | None:
        """Where to search around, when a distance matters."""
        if self.position:
            return Point(*self.position, name=_("ma position"))
        if self.commune and self.radius:
            return Point(self.commune.latitude, self.commune.longitude, str(self.commune))
        return None

    @property
    def reach(self) -> int:
        """How far from ``point``, in km."""
        return self.radius or 30

    @property
    def is_empty(self) -> bool:
        return not (self.q or self.chosen or self.commune or self.department or self.position)

    @property
    def is_sorted(self) -> bool:
        """Whether sheets come best or nearest first, rather than newest first."""
        return bool(self.q or self.point)

    def mark_groups(self) -> Iterator[list[str]]:
        """The filters as words of the index: one group a filter, any of its words."""
        for name, values in self.chosen.items():
            yield [mark(CHOICES[name][0], value) for value in values]
        if self.department:
            yield [mark("department", self.department.code)]
        if point := self.point:
            yield [
                mark("cell", cell)
                for cell in cells_within(point.latitude, point.longitude, self.reach)
            ]
        elif self.commune:
            yield [mark("commune", self.commune.code)]

    def pairs(self) -> list[tuple[str, str]]:
        """The address parameters that give these filters again."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        if self.place:
            pairs.append(("commune", str(self.commune or self.place)))
        if self.department:
            pairs.append(("departement", self.department.code))
        if self.position:
            pairs.append(("position", "{:.2f},{:.2f}".format(*self.position)))
        if self.radius:
            pairs.append(("rayon", str(self.radius)))
        return pairs

    def query_string(self, **more: str) -> str:
        """The same as ``?…`` to add to an address; empty when nothing is filtered."""
        pairs = self.pairs() + list(more.items())
        return "?" + urlencode(pairs) if pairs else ""

    def labels(self) -> list[str]:
        """The filters in words, for headings and print."""
        labels = [_("« %(words)s »") % {"words": self.q}] if self.q else []
        for name, values in self.chosen.items():
            labels += [str(CHOICES[name][1](value).label) for value in values]
        if self.department:
            labels.append(self.department.name)
        if point := self.point:
            labels.append(_("à %(km)d km de %(place)s") % {"km": self.reach, "place": point.name})
        elif self.commune:
            labels.append(str(self.commune))
        return labels


def _known(query: QueryDict, name: str, problems: list[str]) -> tuple[str, ...]:
    asked = [value for value in query.getlist(name) if value]
    known = tuple(dict.fromkeys(v for v in asked if v in CHOICES[name][1].values))
    if len(known) < len(set(asked)):
        problems.append(_("Un filtre de l’adresse n’existe pas : nous l’avons laissé de côté."))
    return known


def _position(text: str) -> tuple[float, float] | None:
    """A position as ``45.52,4.87``, rounded to about a kilometre: we need no more."""
    try:
        latitude, longitude = (round(float(part), 2) for part in text.split(","))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
