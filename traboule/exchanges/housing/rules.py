"""Who may do what in the exchange of homes."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest

from traboule.kernel.spaces.rules import can_coordinate, can_facilitate, can_read, can_take_part

from .models import Landlord, Listing, Swap

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    Visitor = Person | AnonymousUser

can_run = can_coordinate
"""``can_run(person, space)``: the association names landlords, their officers, and looks at all."""

can_help = can_facilitate
"""``can_help(person, space)``: the team types in a paper form, calls, looks at photos."""

__all__ = [
    "can_answer_for",
    "can_check",
    "can_help",
    "can_open_papers",
    "can_read",
    "can_read_swap",
    "can_run",
    "can_take_part",
    "landlords_of",
]


def landlords_of(person: "Person", space: "Space") -> "QuerySet[Landlord]":
    """The landlords for whom a person checks and decides there; all for who runs it."""
    every = space.landlords.all()
    return every if can_run(person, space) else every.filter(officers__person=person)


def can_check(person: "Visitor", landlord: Landlord) -> bool:
    """Whether they check listings and give decisions for that landlord."""
    if not person.is_authenticated:
        return False
    return landlords_of(person, landlord.space).filter(pk=landlord.pk).exists()


def can_answer_for(person: "Visitor", listing: Listing) -> bool:
    """Whether they act for the household: itself, or the team that helps it."""
    own = person.is_authenticated and listing.tenant_id == person.pk
    return own or can_help(person, listing.space)


def can_read_swap(person: "Visitor", swap: Swap) -> bool:
    """Whether they read the file: its households, the landlords concerned, who runs it."""
    if not person.is_authenticated:
        return False
    if can_help(person, swap.space):
        return True
    own = swap.moves.filter(listing__tenant=person)
    served = swap.decisions.filter(landlord__officers__person=person)
    return own.exists() or served.exists()


def can_open_papers(request: HttpRequest, key: str) -> bool:
    """Whether they open the papers that households gave to a landlord: its officers alone."""
    landlord = Landlord.objects.filter(pk=key.partition(":")[2]).first()
    return landlord is not None and can_check(request.user, landlord)
