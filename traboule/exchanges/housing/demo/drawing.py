"""Homes, households and what they look for, drawn so that a seed always draws the same."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any

from traboule.kernel.places.models import Commune

from ..models import Feature, Heating, Kind, Need, Reason

AREAS = (28, 46, 64, 80, 95, 110)
"""Of homes of one to six rooms, in square metres, about."""
RENTS = (5.6, 6.4, 8.9)
"""Euros a square metre, for PLAI, PLUS and PLS."""
STREETS = (
    "des Aravis", "du Semnoz", "des Tilleuls", "de la Fontaine", "des Écoles", "du Parmelan",
    "des Glières", "de la Gare", "du Salève", "des Vergers", "du Fier", "des Dranses",
)  # fmt: skip
QUARTERS = ("", "", "", "Centre", "La Plaine", "Les Hauts", "Le Crêt", "Bord de l’eau")
NEAR = 7.0
"""Kilometres over which a commune draws a third as much."""
MOST_WISHES = 12


@dataclass(frozen=True)
class Territory:
    """Communes, how many social homes each has, and where those who live there would go."""

    communes: Sequence[Commune]

    @cached_property
    def homes(self) -> list[float]:
        """Social homes gather in towns; each with those before it, as drawing wants them."""
        return list(accumulate(max(1, one.population) ** 1.3 for one in self.communes))

    @cached_property
    def pulls(self) -> list[list[float]]:
        """How much each commune draws those of another: near, and large; added up likewise."""
        return [
            list(accumulate(self._pull(one, other) for other in self.communes))
            for one in self.communes
        ]

    def _pull(self, one: Commune, other: Commune) -> float:
        return max(1, other.population) ** 0.7 * math.exp(-_km(one, other) / NEAR)


def _km(one: Commune, other: Commune) -> float:
    east = math.radians(one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return 6371 * math.hypot(east, math.radians(one.latitude - other.latitude))


def home(chance: random.Random, commune: Commune, postal_code: str) -> dict[str, Any]:
    """The fields of a dwelling there."""
    rooms = chance.choices(range(1, 7), [6, 21, 36, 27, 8, 2])[0]
    area = round(AREAS[rooms - 1] * min(1.3, max(0.8, chance.gauss(1, 0.08))))
    financing = chance.choices((0, 1, 2), [13, 75, 12])[0]
    rent = round(area * RENTS[financing] * min(1.3, max(0.75, chance.gauss(1, 0.08))))
    is_house = chance.random() < 0.1
    top = 0 if is_house else chance.choice((3, 3, 4, 8))
    floor = chance.randint(0, top)
    lift = top > 4 or (top == 4 and chance.random() < 0.4)
    return {
        "address": f"{chance.randint(1, 60)} rue {chance.choice(STREETS)}",
        "postal_code": postal_code,
        "commune": commune,
        "neighbourhood": chance.choice(QUARTERS),
        "latitude": round(commune.latitude + chance.gauss(0, 0.006), 5),
        "longitude": round(commune.longitude + chance.gauss(0, 0.008), 5),
        "kind": Kind.HOUSE if is_house else Kind.FLAT,
        "rooms": rooms,
        "area": area,
        "rent": Decimal(rent),
        "charges": Decimal(round(area * 1.4)),
        "floor": floor,
        "lift": lift,
        "wheelchair": (floor == 0 or lift) and chance.random() < 0.2,
        "heating": chance.choice(Heating.values),
        "energy_class": chance.choices("ABCDEFG", [1, 4, 22, 40, 22, 8, 3])[0],
        "financing": financing,
        "features": _features(chance, is_house, floor),
    }


def _features(chance: random.Random, is_house: bool, floor: int) -> int:
    garden = 0.9 if is_house else 0.1 if floor == 0 else 0
    shares = {
        Feature.BALCONY: 0.1 if is_house else 0.45, Feature.PARKING: 0.5, Feature.GARDEN: garden,
        Feature.CELLAR: 0.6, Feature.BATH: 0.5, Feature.SHOWER: 0.5, Feature.KITCHEN: 0.6,
        Feature.BIKES: 0.3,
    }  # fmt: skip
    return sum(one for one, share in shares.items() if chance.random() < share)


def household(chance: random.Random, rooms: int, financing: int) -> dict[str, Any]:
    """The fields of a listing for whoever lives in so many rooms."""
    reason = chance.choices(Reason.values, [41, 16, 25, 8, 10])[0]
    if (reason == Reason.BIGGER and rooms == 6) or (reason == Reason.SMALLER and rooms == 1):
        reason = Reason.LOCATION
    size = {
        Reason.BIGGER: rooms + chance.choice((1, 1, 2)),
        Reason.SMALLER: rooms - chance.choice((1, 2)),
    }.get(Reason(reason), rooms - chance.choice((0, 0, 1)))
    size = max(1, size)
    return {
        "reason": reason,
        "household_size": size,
        "children": max(0, size - chance.choice((1, 2))),
        "resources": min(financing, chance.choices((0, 1, 2), [46, 42, 12])[0]),
        "wants_several": chance.random() < 0.85,
        "via": chance.choices(("web", "phone", "paper"), [80, 12, 8])[0],
    }


def wish(chance: random.Random, home: dict[str, Any], household: dict[str, Any]) -> dict[str, Any]:
    """The fields of a wish, but for its places."""
    rooms, reason = home["rooms"], household["reason"]
    least, most = {
        Reason.BIGGER: (rooms + 1, rooms + chance.choice((1, 2))),
        Reason.SMALLER: (max(1, min(household["household_size"], rooms - 1)), rooms - 1),
        Reason.CHEAPER: (max(1, rooms - 1), rooms),
    }.get(Reason(reason), (max(1, rooms - chance.choice((0, 0, 1))), rooms + chance.choice((0, 1))))
    dearer = {Reason.BIGGER: 1.3, Reason.SMALLER: 0.9, Reason.CHEAPER: 0.8}.get(reason, 1.1)
    rent = float(home["rent"]) * dearer * chance.uniform(0.85, 1.2)
    need = Need.NONE
    if reason == Reason.HEALTH:
        need = chance.choices((Need.STEP_FREE, Need.WHEELCHAIR), [7, 3])[0]
    return {
        "rooms_min": min(6, least),
        "rooms_max": min(6, max(least, most)),
        "area_min": home["area"] + 5 if reason == Reason.BIGGER else 0,
        "max_rent": round(rent / 5) * 5,
        "need": need,
        "no_ground": need == Need.NONE and chance.random() < 0.08,
        "must": chance.choice((Feature.BALCONY, Feature.PARKING)) if chance.random() < 0.2 else 0,
        "nice": chance.choice((0, Feature.BALCONY, Feature.CELLAR, Feature.GARDEN)),
    }


def places(chance: random.Random, territory: Territory, lives: int, reason: str) -> list[int]:
    """Where it would live, as places in the territory's list, the favourite first."""
    number = min(MOST_WISHES, 1 + int(chance.gammavariate(1.3, 3)))
    drawn = chance.choices(
        range(len(territory.communes)), cum_weights=territory.pulls[lives], k=number
    )
    first = [] if reason == Reason.LOCATION else [lives]
    return list(dict.fromkeys([*first, *drawn]))
