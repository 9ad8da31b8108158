"""What the law asks of a household that enters a home, point by point, for whoever decides.

Code de la construction et de l’habitation (CCH): R441-1 and the decree of 29 July 1987 (income),
R822-25 (least area for the family housing benefits), L621-2 and L442-3-1 (rooms beyond need),
L441-2 (the commission that allots homes). A point informs, and never decides.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .ceilings import ceiling
from .models import Financing, Move

LEAST_AREA_ALONE = 9
LEAST_AREA_FOR_TWO = 16
LEAST_AREA_MORE = 9
LEAST_AREA_ENOUGH = 70
"""From eight people on, no more is asked."""


@dataclass(frozen=True)
class Point:
    """What is looked at, what is found, whether it goes well; None when only people can say."""

    label: str
    words: str
    met: bool | None
    law: str = ""


def least_area(people: int) -> int:
    """Square metres under which a home is too small for so many people (R822-25)."""
    if people == 1:
        return LEAST_AREA_ALONE
    more = (people - 2) * LEAST_AREA_MORE
    return min(LEAST_AREA_FOR_TWO + more, LEAST_AREA_ENOUGH)


def is_under_occupied(rooms: int, people: int) -> bool:
    """Whether there are at least two habitable rooms more than people (L621-2)."""
    return rooms > people + 1


def people_in_words(people: int) -> str:
    """« 3 personnes »."""
    return ngettext("%(n)s personne", "%(n)s personnes", people) % {"n": people}


def points_of(move: Move) -> list[Point]:
    """All points about a household and the home that it would enter."""
    return [_income(move), _too_small(move), _too_large(move), _rent(move), _commission(move)]


def _income(move: Move) -> Point:
    listing, home = move.listing, move.dwelling
    values: dict[str, Any] = {"name": Financing(home.financing).label}
    words = _("Logement %(name)s. Le ménage dit passer sous ce plafond : à vérifier sur l’avis "
              "d’imposition.") if listing.resources <= home.financing else _(
              "Logement %(name)s. Le ménage dit dépasser ce plafond.")  # fmt: skip
    found = ceiling(home.financing, listing.household_size, timezone.localdate())
    if found:
        values |= {
            "euros": number_format(found.euros, force_grouping=True),
            "people": people_in_words(listing.household_size),
            "year": found.since.year,
        }
        words += " " + _("Pour %(people)s, %(euros)s € par an dans la table de %(year)s.")
        if found.is_uncertain:
            words += " " + _("Vérifiez ce montant au Journal officiel.")
    met = listing.resources <= home.financing
    return Point(_("Ressources"), words % values, met, "arrêté du 29 juillet 1987, CCH R441-1")


def _too_small(move: Move) -> Point:
    people, area = move.listing.household_size, move.dwelling.area
    least = least_area(people)
    values = {"people": people_in_words(people), "least": least, "area": area}
    words = _("%(area)s m² pour %(people)s ; il en faut au moins %(least)s.") % values
    return Point(_("Assez grand"), words, area >= least, "CCH R822-25")


def _too_large(move: Move) -> Point:
    people, rooms = move.listing.household_size, move.dwelling.rooms
    words = ngettext("%(rooms)s pièce pour %(people)s.", "%(rooms)s pièces pour %(people)s.", rooms)
    words %= {"rooms": rooms, "people": people_in_words(people)}
    met = not is_under_occupied(rooms, people)
    return Point(_("Pas trop grand"), words, met, "CCH L442-3-1, L621-2")


def _rent(move: Move) -> Point:
    before = move.rent_before if move.rent_before is not None else move.left_behind.rent
    after = move.rent_after if move.rent_after is not None else move.dwelling.rent
    values = {"before": f"{before:.0f}", "after": f"{after:.0f}"}
    words = _("Loyer de %(before)s € à %(after)s € par mois, sans les charges.") % values
    return Point(_("Loyer"), words, None)


def _commission(move: Move) -> Point:
    words = _("La commission d’attribution du bailleur examine l’entrée dans le logement.")
    return Point(_("Commission"), words, None, "CCH L441-2")
