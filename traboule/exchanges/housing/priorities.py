"""What adds to the chances of a household: a few points, written down, the same for everyone.

The engine adds them to the worth of a move; whoever reads ``/priorites/`` reads this table.
Under-occupied: one habitable room more than persons, and one besides (Code de la construction et
de l’habitation, L. 621-2). Over-occupied: less than 9 m² for one, 16 m² for two and 9 m² more each,
70 m² at most (same code, R. 822-25).
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Listing, Need

MONTH = 30.4
MOST_MONTHS = 36
MOST_ROOMS = 3
LARGEST_DUE = 70


class Rule(NamedTuple):
    """What is counted, and how many points it gives."""

    key: str
    label: Promise
    points: int
    most: int


WAITING = Rule("waiting", _("Un mois d’attente"), 1, MOST_MONTHS)
TOO_SMALL = Rule("too-small", _("Le logement est trop petit pour le ménage"), 30, 30)
TOO_LARGE = Rule("too-large", _("Une pièce de trop pour le ménage"), 10, 10 * MOST_ROOMS)
UNFIT = Rule("unfit", _("Un handicap, et un logement où l’on n’entre pas sans aide"), 40, 40)
RULES = (WAITING, TOO_SMALL, TOO_LARGE, UNFIT)


def points_of(listing: Listing) -> dict[Rule, int]:
    """The points of a household, rule by rule; what gives none is left out."""
    return dict(_points(listing))


def weight_of(listing: Listing) -> int:
    """All its points together."""
    return sum(points for _rule, points in _points(listing))


def is_too_small(listing: Listing) -> bool:
    """Whether the law finds the home too small for the household."""
    persons = listing.household_size
    due = 9 if persons == 1 else min(LARGEST_DUE, 16 + 9 * (persons - 2))
    return listing.dwelling.area < due


def spare_rooms(listing: Listing) -> int:
    """How many rooms the law finds too many in the home."""
    return max(0, listing.dwelling.rooms - listing.household_size - 1)


def _points(listing: Listing) -> Iterator[tuple[Rule, int]]:
    home, need = listing.dwelling, listing.wish.need
    months = min(MOST_MONTHS, int(listing.waited.days / MONTH))
    if months:
        yield WAITING, months * WAITING.points
    if is_too_small(listing):
        yield TOO_SMALL, TOO_SMALL.points
    if spare := min(MOST_ROOMS, spare_rooms(listing)):
        yield TOO_LARGE, spare * TOO_LARGE.points
    unfit = {Need.STEP_FREE: not home.step_free, Need.WHEELCHAIR: not home.wheelchair}
    if unfit.get(Need(need)):
        yield UNFIT, UNFIT.points
