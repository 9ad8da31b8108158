"""The days off of France: public holidays by department, school holidays by zone."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Literal

Zone = Literal["A", "B", "C", "Corse"]
_ACADEMIES: dict[Zone, str] = {
    "A": """Besançon 25 39 70 90, Bordeaux 24 33 40 47 64, Clermont-Ferrand 03 15 43 63,
        Dijon 21 58 71 89, Grenoble 07 26 38 73 74, Limoges 19 23 87, Lyon 01 42 69,
        Poitiers 16 17 79 86""",
    "B": """Aix-Marseille 04 05 13 84, Amiens 02 60 80, Lille 59 62, Nancy-Metz 54 55 57 88,
        Nantes 44 49 53 72 85, Nice 06 83, Normandie 14 27 50 61 76,
        Orléans-Tours 18 28 36 37 41 45, Reims 08 10 51 52, Rennes 22 29 35 56,
        Strasbourg 67 68""",
    "C": """Créteil 77 93 94, Montpellier 11 30 34 48 66, Paris 75,
        Toulouse 09 12 31 32 46 65 81 82, Versailles 78 91 92 95""",
    "Corse": "Corse 2A 2B",
}
"""The academies of each zone since September 2015, each with its departments.

Source: « calendrier scolaire » of education.gouv.fr, service-public.fr.
"""
_ZONES = {
    department: zone
    for zone, academies in _ACADEMIES.items()
    for department in re.findall(r"\d[\dAB]", academies)
}
_OWN_HOLIDAYS = {code: code for code in ("57", "971", "972", "973", "974", "976")}
_OWN_HOLIDAYS |= {"67": "6AE", "68": "6AE", "975": "PM", "977": "BL", "978": "MF"}
_OWN_HOLIDAYS |= {"986": "WF", "987": "PF", "988": "NC"}
"""Departments and collectivities with public holidays of their own, as the library names them."""


def public_holiday(day: date, department: str = "") -> str | None:
    """The French name of the public holiday that ``day`` is there, or ``None``.

    ``department``: an INSEE code (``69``, ``2A``, ``974``); the holidays of the whole country when
    empty or unknown. Alsace and Moselle have Good Friday (by law only where a protestant church
    stands) and 26 December; overseas, the abolition of slavery and a few days of custom.
    Source: the library ``holidays``, after service-public.fr.
    """
    return _public_holidays(_OWN_HOLIDAYS.get(department), day.year).get(day)


def school_holiday(day: date, department: str) -> str | None:
    """The French name of the school holidays that ``day`` falls in there, or ``None``.

    From the Saturday of departure to the eve of the return, both included: « du samedi 17 octobre
    au lundi 2 novembre 2026 » is 17 October to 1 November. When the summer begins in the week, the
    first day is that of the last class. ``None`` is also the answer where nothing is known:
    Corsica and overseas, which set their own dates (see ``zone_of``), and after ``known_until``.
    Source: the library ``vacances-scolaires-france``, after data.education.gouv.fr.
    """
    zone = zone_of(department)
    return _school_holidays().get((day, zone)) if zone else None


def zone_of(department: str) -> Zone | None:
    """The zone of a department's school holidays, ``None`` overseas.

    ``department``: an INSEE code, ``01`` to ``95``, ``2A`` or ``2B``; ``None`` for any other.
    ``Corse`` has its own calendar, unknown here: only A, B and C have dates.
    """
    return _ZONES.get(department)


def known_until() -> date:
    """The last day of the last school year whose holidays are known, in zones A, B and C.

    Afterwards no holiday means that nobody knows yet: say so rather than promise dates.
    """
    return max(day for day, _ in _school_holidays())


def skipper(department: str, *, public: bool = True, school: bool = True) -> Callable[[date], bool]:
    """What ``Rule.dates`` takes to leave out the public and the school holidays of a place."""
    return lambda day: bool(
        (public and public_holiday(day, department)) or (school and school_holiday(day, department))
    )


@lru_cache(maxsize=128)
def _public_holidays(subdivision: str | None, year: int) -> dict[date, str]:
    from holidays import France  # Slow to import: only when someone asks.

    named = France(subdiv=subdivision, years=year, language="fr")
    return {day: _typographic(name) for day, name in named.items()}


@lru_cache(maxsize=1)
def _school_holidays() -> dict[tuple[date, Zone], str]:
    from vacances_scolaires_france import SchoolHolidayDates  # Reads 14,000 lines.

    zones: tuple[Zone, ...] = ("A", "B", "C")
    return {
        (day, zone): _typographic(row["nom_vacances"])
        for day, row in SchoolHolidayDates().data.items()
        for zone in zones
        if row[f"vacances_zone_{zone.lower()}"]
    }


def _typographic(name: str) -> str:
    return name.replace("'", "’")
