"""Who may do what in the exchange of homes."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from traboule.kernel.people.models import MandateScope
from traboule.kernel.people.rules import can_act_for
from traboule.kernel.spaces.rules import can_coordinate, can_facilitate, can_read, can_take_part

from .models import Check, Landlord, Listing, Swap

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
    "can_answer_appeal", "can_answer_for", "can_check", "can_help", "can_read", "can_read_swap",
    "can_run", "can_take_part", "can_visit", "landlords_of",
]  # fmt: skip


def can_visit(person: "Visitor", space: "Space") -> bool:
    """Whether they see what the exchange is: everyone once its sheet is published."""
    return space.initiative.published_at is not None or can_read(person, space)


def landlords_of(person: "Person", space: "Space") -> "QuerySet[Landlord]":
    """The landlords for whom a person checks and decides there; all for who runs it."""
    every = space.landlords.all()
    return every if can_run(person, space) else every.filter(officers__person=person)


def can_check(person: "Visitor", landlord: Landlord) -> bool:
    """Whether they check listings and give decisions for that landlord."""
    if not person.is_authenticated:
        return False
    return landlords_of(person, landlord.space).filter(pk=landlord.pk).exists()


def can_answer_appeal(person: "Visitor", check: Check) -> bool:
    """Whether they may look again at a refusal: for that landlord, and it is not their own."""
    return can_check(person, check.listing.dwelling.landlord) and person.pk != check.decided_by_id


def can_answer_for(person: "Visitor", listing: Listing) -> bool:
    """Whether they act for the household: itself, who holds its mandate, the team that helps it."""
    tenant = listing.tenant
    theirs = tenant is not None and can_act_for(person, tenant, MandateScope.ALL)
    return theirs or can_help(person, listing.space)


def can_read_swap(person: "Visitor", swap: Swap) -> bool:
    """Whether they read the file: its households, the landlords concerned, who runs it."""
    if not person.is_authenticated:
        return False
    if can_help(person, swap.space):
        return True
    own = swap.moves.filter(listing__tenant=person)
    served = swap.decisions.filter(landlord__officers__person=person)
    return own.exists() or served.exists()
