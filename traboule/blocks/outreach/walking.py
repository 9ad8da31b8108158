"""The walk: contacts by street and by building, in the order of the numbers."""

import re
from dataclasses import dataclass
from itertools import groupby

from traboule.kernel.spaces.models import Space

from .filters import Filters
from .models import Contact
from .models.contact import ContactQuerySet

MOST = 200
"""Contacts on one walk: more does not fit an afternoon."""


@dataclass(frozen=True)
class Building:
    """One door on the street, and who is behind it."""

    street: str
    number: str
    contacts: list[Contact]

    @property
    def label(self) -> str:
        """« 12 rue des Bauges »."""
        return f"{self.number} {self.street}".strip()


def walk(space: Space, neighbourhood: str = "", street: str = "") -> list[Building]:
    """Who may be visited there, building after building."""
    found = _there(space, neighbourhood)
    if street:
        found = found.filter(street__iexact=street)
    contacts = sorted(found.for_listing().order_by("street", "pk")[:MOST], key=_order)
    return [
        Building(street, number, list(group))
        for (street, number), group in groupby(contacts, key=lambda one: (one.street, one.number))
    ]


def streets_of(space: Space, neighbourhood: str = "") -> list[str]:
    """The streets where somebody may be visited."""
    found = _there(space, neighbourhood).order_by("street")
    return list(found.values_list("street", flat=True).distinct()[:300])


def _there(space: Space, neighbourhood: str) -> ContactQuerySet:
    found = Filters.read({"quartier": neighbourhood}).apply(space)
    return found.may_be_approached().exclude(street="").exclude(state=Contact.State.DONE)


def _order(contact: Contact) -> tuple[object, ...]:
    """By street, then as numbers follow each other: 2, 2 bis, 10."""
    digits = re.match(r"\d+", contact.number)
    rank = int(digits[0]) if digits else 0
    return contact.street.casefold(), contact.street, rank, contact.number, contact.entrance
