"""Who may do what in the exchange of homes."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest

from traboule.kernel.people.acting import people_i_act_for
from traboule.kernel.people.models import MandateScope
from traboule.kernel.people.rules import can_act_for
from traboule.kernel.spaces import access
from traboule.kernel.spaces.rules import can_coordinate, can_facilitate, can_read, can_take_part

from . import fitting
from .models import Check, Landlord, Listing, Swap

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    Visitor = Person | AnonymousUser

can_run = can_coordinate
"""``can_run(person, space)``: the association names landlords, their officers, and looks at all."""

can_help = can_facilitate
"""``can_help(person, space)``: the team types in a paper form, calls, looks at photos."""

__all__ = [
    "can_answer_appeal", "can_answer_for", "can_check", "can_help", "can_open_papers", "can_read",
    "can_read_swap", "can_run", "can_see", "can_take_part", "can_visit", "landlords_of",
]  # fmt: skip


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


def can_visit(request: "HttpRequest", space: "Space") -> bool:
    """Whether they may look at the homes: anyone once the sheet is published."""
    published = space.initiative.published_at is not None
    return published or can_read(request.user, space) or access.opened(request.session, space)


def can_see(request: "HttpRequest", listing: Listing) -> bool:
    """Whether they may read a listing: its household, the team, others when it is shown to them."""
    if can_answer_for(request.user, listing):
        return True
    person = request.user
    own = None
    if person.is_authenticated:
        own = Listing.objects.live().filter(space=listing.space_id, tenant=person).first()
    found = Listing.objects.filter(pk=listing.pk)
    shown = fitting.met_by(found, own) if own else found.shown_to(None, person)
    return can_visit(request, listing.space) and shown.exists()


def can_read_swap(person: "Visitor", swap: Swap) -> bool:
    """Whether they read the file: its households and who acts for them, landlords, the team."""
    if not person.is_authenticated:
        return False
    if can_help(person, swap.space):
        return True
    if swap.moves.filter(listing__tenant__in=people_i_act_for(person, MandateScope.ALL)).exists():
        return True
    own = swap.moves.filter(listing__tenant=person)
    served = swap.decisions.filter(landlord__officers__person=person)
    return can_take_part(person, swap.space) and (own.exists() or served.exists())


def can_open_papers(request: HttpRequest, key: str) -> bool:
    """Whether they open the papers that households gave to a landlord: its officers alone."""
    landlord = Landlord.objects.filter(pk=key.partition(":")[2]).first()
    return landlord is not None and can_check(request.user, landlord)
