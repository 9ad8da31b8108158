"""Who may do what with services between neighbours."""

from typing import TYPE_CHECKING

from django.utils import timezone

from traboule.kernel.people.models import MandateScope
from traboule.kernel.people.rules import can_act_for
from traboule.kernel.spaces import access
from traboule.kernel.spaces.rules import can_coordinate, can_facilitate, can_read, can_take_part

from .models import Contract, Household, Offer, Request, Review, Side, Worker

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    Visitor = Person | AnonymousUser

can_help = can_facilitate
"""``can_help(person, space)``: the team takes calls, and sees papers."""

can_run = can_coordinate
"""``can_run(person, space)``: the association reads all that is asked."""

__all__ = [
    "can_answer_as_household", "can_answer_as_worker", "can_help", "can_read", "can_read_review",
    "can_run", "can_see", "can_take_part", "can_visit", "may_open_paper", "reads_request",
    "reads_worker", "sides_of",
]  # fmt: skip


def can_visit(request: "HttpRequest", space: "Space") -> bool:
    """Whether they may look at the front page and count: anyone once the sheet is published."""
    published = space.initiative.published_at is not None
    return published or can_read(request.user, space) or access.opened(request.session, space)


def can_answer_as_household(person: "Visitor", asked: Request) -> bool:
    """Whether they act for who asks: itself, who holds its mandate, the team that helps it."""
    household = asked.household.person
    theirs = household is not None and can_act_for(person, household, MandateScope.ALL)
    return theirs or can_help(person, asked.space)


def can_answer_as_worker(person: "Visitor", offer: Offer) -> bool:
    """The same, for who offers."""
    worker = offer.worker.person
    theirs = worker is not None and can_act_for(person, worker, MandateScope.ALL)
    return theirs or can_help(person, offer.request.space)


def can_employ(person: "Visitor", household: Household) -> bool:
    """Whether they act for a household: itself, who holds its mandate, the team."""
    own = household.person
    theirs = own is not None and can_act_for(person, own, MandateScope.ALL)
    return theirs or can_help(person, household.space)


def can_read_pay(person: "Visitor", worker: Worker) -> bool:
    """The same, for a worker."""
    own = worker.person
    theirs = own is not None and can_act_for(person, own, MandateScope.ALL)
    return theirs or can_help(person, worker.space)


def can_see(person: "Visitor", asked: Request) -> bool:
    """Whether they read a request: who asks, the team, members while it is open, who answered."""
    if not person.is_authenticated:
        return False
    if can_answer_as_household(person, asked):
        return True
    answered = asked.offers.filter(worker__person=person).exists()
    return can_take_part(person, asked.space) and (asked.is_open or answered)


def reads_request(request: "HttpRequest", asked: Request) -> bool:
    """Whether a visitor reads it, hence may report it."""
    return can_see(request.user, asked)


def reads_worker(request: "HttpRequest", worker: Worker) -> bool:
    """Whether a visitor reads their words: whom they answered, and the team."""
    if not request.user.is_authenticated:
        return False
    answered = worker.offers.filter(request__household__person=request.user)
    return can_help(request.user, worker.space) or answered.exists()


def sides_of(person: "Visitor", contract: Contract) -> list[Side]:
    """In whose place they act on a contract: their own, whose mandate they hold, or both."""
    if not person.is_authenticated:
        return []
    if can_help(person, contract.household.space):
        return list(Side)
    whose = {side: contract.person_of(side) for side in Side}
    return [
        side
        for side, one in whose.items()
        if one is not None and can_act_for(person, one, MandateScope.ALL)
    ]


def may_open_paper(request: "HttpRequest", key: str) -> bool:
    """Whether they open the photo of a signed contract: both who signed, and the team."""
    contract = Contract.objects.for_listing().filter(pk=key.partition(":")[2]).first()
    return contract is not None and bool(sides_of(request.user, contract))


def can_read_review(request: "HttpRequest", review: Review) -> bool:
    """Whether they read what was said of a service: both of them, and the team, once it shows."""
    return review.shown_from <= timezone.now() and bool(sides_of(request.user, review.contract))
