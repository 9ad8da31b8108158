"""Why a home suits a household, or does not: each point in words, and what it is worth."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import FEATURES, Feature, Listing, Need, Wish

WORTH_BOTH_WAYS = 5
FIRST_CHOICES = 5
EUROS_A_POINT = 50
MOST_FOR_RENT = 4


@dataclass(frozen=True)
class Point:
    """One thing said of a home: good when it is worth something."""

    words: str
    worth: int = 0


@dataclass(frozen=True)
class Score:
    """A home, all that speaks for it, and how much that makes."""

    listing: Listing
    points: tuple[Point, ...]
    both_ways: bool = False

    @property
    def total(self) -> int:
        return sum(point.worth for point in self.points)


def scored(wish: Wish, listing: Listing, *, both_ways: bool = False) -> Score:
    """What speaks for a home that fits a wish."""
    points = [*_of_place(wish, listing), *_of_size_and_rent(wish, listing), *_extras(wish, listing)]
    if both_ways:
        points.insert(0, Point(_("votre logement lui va aussi"), WORTH_BOTH_WAYS))
    return Score(listing, tuple(points), both_ways)


def _of_place(wish: Wish, listing: Listing) -> list[Point]:
    ranks = {place.commune_id: rank for rank, place in enumerate(wish.places.all())}
    rank = ranks.get(listing.dwelling.commune_id)
    if rank is None:
        return []
    place = {"place": listing.dwelling.commune.name}
    first = _("à %(place)s, votre premier choix") % place
    words = _("à %(place)s, que vous avez choisie") % place if rank else first
    return [Point(words, max(1, FIRST_CHOICES - rank))]


def _of_size_and_rent(wish: Wish, listing: Listing) -> list[Point]:
    own, home = wish.listing.dwelling, listing.dwelling
    points = []
    less = int(own.total_rent - home.total_rent)
    if less > 0:
        worth = min(MOST_FOR_RENT, less // EUROS_A_POINT)
        points.append(Point(_("%(euros)d € de moins par mois") % {"euros": less}, worth))
    elif less < 0:
        words = _("%(euros)d € de plus par mois, dans votre limite") % {"euros": -less}
        points.append(Point(words))
    more = home.area - own.area
    if more > 0:
        worth = 2 if wish.listing.reason == "bigger" else 0
        points.append(Point(_("%(area)d m² de plus") % {"area": more}, worth))
    elif more < 0:
        worth = 2 if wish.listing.reason == "smaller" else 0
        points.append(Point(_("%(area)d m² de moins") % {"area": -more}, worth))
    return points


def _extras(wish: Wish, listing: Listing) -> list[Point]:
    home = listing.dwelling
    points = [
        Point(str(FEATURES[one]), 1) for one in Feature(home.features & (wish.nice | wish.must))
    ]
    if home.step_free and wish.need != Need.NONE:
        points.append(Point(_("sans marche"), 2))
    if home.energy_class in {"A", "B", "C"}:
        points.append(Point(_("classe énergie %(letter)s") % {"letter": home.energy_class}, 1))
    return points


def misses(wish: Wish, listing: Listing) -> list[str]:
    """What a home lacks of a wish, in words; nothing when it fits."""
    home = listing.dwelling
    ceiling = home.get_financing_display()
    lacking = Feature(wish.must & ~home.features)
    asked: list[tuple[bool, str]] = [
        (home.commune_id in {place.commune_id for place in wish.places.all()},
         _("%(place)s n’est pas dans vos communes") % {"place": home.commune.name}),
        (wish.rooms_min <= home.rooms <= wish.rooms_max,
         _("un %(type)s n’est pas de la taille demandée") % {"type": home.type}),
        (home.area >= wish.area_min, _("il est plus petit que demandé")),
        (home.rent <= wish.max_rent, _("le loyer dépasse votre limite")),
        (home.financing >= wish.listing.resources,
         _("vos revenus dépassent le plafond de ce logement (%(name)s)") % {"name": ceiling}),
        (wish.need != Need.WHEELCHAIR or home.wheelchair,
         _("il n’est pas accessible en fauteuil roulant")),
        (wish.need != Need.STEP_FREE or home.step_free, _("il y a des marches")),
        (not (wish.no_ground and home.floor == 0), _("il est au rez-de-chaussée")),
    ]  # fmt: skip
    found = [words for fits, words in asked if not fits]
    return found + [_("il n’a pas : %(what)s") % {"what": FEATURES[one]} for one in lacking]
