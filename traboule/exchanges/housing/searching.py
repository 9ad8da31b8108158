"""What a visitor looks for among the homes, as the address of the page says it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.places.geography import bounding_box
from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Space

from . import fitting
from .models import FEATURES, Feature, Listing
from .models.listing import ListingQuerySet

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person

RADII = (5, 10, 20, 40)
MOST_ROOMS = 5
"""« T5 et plus »."""
FITS_ME, FITS_BOTH = "moi", "deux"
STEP_FREE, WHEELCHAIR = "sans-marche", "fauteuil"


@dataclass(frozen=True)
class Search:
    """Filters on homes; what makes no sense in an address is left out and told in ``problems``."""

    place: str = ""
    commune: Commune | None = None
    suggestions: tuple[Commune, ...] = ()
    radius: int = 0
    rooms: tuple[int, ...] = ()
    max_rent: int = 0
    area_min: int = 0
    features: int = 0
    access: str = ""
    fits: str = ""
    problems: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> "Search":
        """Read the address."""
        rooms = {int(one) for one in query.getlist("pieces") if one in set("12345")}
        features = [int(one) for one in query.getlist("avec") if one.isdecimal()]
        known = [one for one in features if one in set(Feature)]
        access, fits = query.get("acces", ""), query.get("va", "")
        search = cls(
            rooms=tuple(sorted(rooms)),
            max_rent=_number(query, "loyer", most=5000),
            area_min=_number(query, "surface", most=400),
            features=sum(set(known)),
            access=access if access in {STEP_FREE, WHEELCHAIR} else "",
            fits=fits if fits in {FITS_ME, FITS_BOTH} else "",
            radius=_number(query, "rayon", most=max(RADII)),
        )
        return search._placed(query.get("commune", "").replace("\0", " ").strip()[:100])

    def _placed(self, place: str) -> "Search":
        if not place:
            return self
        commune, others = Commune.objects.from_text(place)
        if commune is None and others and place.isdecimal():
            commune = others[0]  # Any commune of a postal code will do to search around.
        if commune:
            return replace(self, place=str(commune), commune=commune)
        said = _(
            "Nous ne trouvons pas la commune « %(place)s ». Vérifiez son nom, ou essayez un code "
            "postal."
        )
        problems = (*self.problems, said % {"place": place})
        return replace(self, place=place, suggestions=tuple(others), problems=problems)

    @property
    def is_empty(self) -> bool:
        """Whether it narrows nothing."""
        return not self.pairs()

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of an address that give this search again."""
        found = [("commune", self.place)] if self.place else []
        found += [("rayon", str(self.radius))] if self.place and self.radius else []
        found += [("pieces", str(number)) for number in self.rooms]
        found += [("loyer", str(self.max_rent))] if self.max_rent else []
        found += [("surface", str(self.area_min))] if self.area_min else []
        found += [("avec", str(one.value)) for one in Feature(self.features)]
        found += [("acces", self.access)] if self.access else []
        return found + ([("va", self.fits)] if self.fits else [])

    def query_string(self, **more: str) -> str:
        """``?…`` that gives this search again, and what is added to it."""
        pairs = self.pairs() + list(more.items())
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def labels(self) -> list[str]:
        """What it asks, in words."""
        found = [_("T%(n)d") % {"n": number} for number in self.rooms]
        if self.commune and self.radius:
            around = {"km": self.radius, "place": self.commune.name}
            found.append(_("à %(km)d km de %(place)s") % around)
        elif self.place:
            found.append(self.commune.name if self.commune else self.place)
        if self.max_rent:
            found.append(_("%(euros)d € au plus") % {"euros": self.max_rent})
        if self.area_min:
            found.append(_("%(area)d m² au moins") % {"area": self.area_min})
        found += [str(FEATURES[one]) for one in Feature(self.features)]
        words = {STEP_FREE: _("sans marche"), WHEELCHAIR: _("en fauteuil roulant")}
        found += [words[self.access]] if self.access else []
        words = {FITS_ME: _("qui va avec mes souhaits"), FITS_BOTH: _("qui va dans les deux sens")}
        return found + ([words[self.fits]] if self.fits else [])

    def rows(self, space: Space, person: Any, own: Listing | None) -> ListingQuerySet:
        """The listings of a space that it finds, for a visitor and maybe their own listing."""
        found = self.narrow(_seen(space, person, own, self.fits))
        return found.order_by("-published_at", "-pk")

    def narrow(self, found: ListingQuerySet) -> ListingQuerySet:
        """Those among these that it finds, whoever looks."""
        if self.place:
            found = found.filter(self._where())
        if self.rooms:
            most = Q(dwelling__rooms__gte=MOST_ROOMS) if MOST_ROOMS in self.rooms else Q()
            some = Q(dwelling__rooms__in=self.rooms)
            found = found.filter(some | most if most else some)
        if self.max_rent:
            found = found.filter(dwelling__rent__lte=self.max_rent - F("dwelling__charges"))
        if self.area_min:
            found = found.filter(dwelling__area__gte=self.area_min)
        if self.features:
            has = F("dwelling__features").bitand(self.features)
            found = found.alias(has_all=has).filter(has_all=self.features)
        if self.access == WHEELCHAIR:
            found = found.filter(dwelling__wheelchair=True)
        if self.access == STEP_FREE:
            found = found.filter(Q(dwelling__floor=0) | Q(dwelling__lift=True))
        return found

    def _where(self) -> Q:
        if self.commune is None:
            return Q(pk=None)
        if not self.radius:
            return Q(dwelling__commune=self.commune)
        box = bounding_box(self.commune.latitude, self.commune.longitude, self.radius)
        near = Commune.objects.filter(
            latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
        )
        return Q(dwelling__commune__in=near)


def _seen(space: Space, person: "Person | Any", own: Listing | None, fits: str) -> ListingQuerySet:
    """What one may be shown; with a listing of one's own, maybe what fits it alone."""
    if own and has_wish(own) and fits:
        return fitting.homes_for(own.wish) if fits == FITS_ME else fitting.both_ways(own)
    found = space.housing_listings.all()
    if fits:
        return found.none()  # What fits nobody's wish: one has to say first what one looks for.
    return fitting.met_by(found, own) if own else found.shown_to(None, person)


def has_wish(listing: Listing) -> bool:
    """Whether the household has said what it looks for."""
    return getattr(listing, "wish", None) is not None


def _number(query: QueryDict, name: str, *, most: int) -> int:
    text = query.get(name, "").strip()
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def in_words(number: int, most: int) -> str:
    """How many homes, as far as it is known without counting them all."""
    if number > most:
        return _("Plus de %(most)d logements") % {"most": most}
    return ngettext("%(number)d logement", "%(number)d logements", number) % {"number": number}
