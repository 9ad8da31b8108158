"""Exchanges already done, and some under way: between households whose homes really fit."""

import datetime
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils import timezone

from traboule.kernel.spaces.models import Space

from ..fitting import both_ways, homes_for, takers_of
from ..models import (
    Decision,
    DecisionState,
    Listing,
    Milestone,
    Move,
    State,
    Step,
    Swap,
    SwapState,
)

DONE_OF = 30
"""One exchange done for so many households, as in Haute-Savoie."""
UNDER_WAY_OF = 120
THREE_OF = 10
"""One exchange in so many is of three."""

Members = tuple[Listing, ...]


def make(space: Space, chance: random.Random, listings: Sequence[Listing]) -> None:
    """Exchanges of the past two years, then some at each stage of the file."""
    shown = [one for one in listings if one.state == State.PUBLISHED]
    found = _found(chance, chance.sample(shown, len(shown)))
    for _rank in range(len(listings) // DONE_OF):
        if members := next(found, None):
            _done(space, chance, members)
    for _rank in range(len(listings) // UNDER_WAY_OF):
        if members := next(found, None):
            _under_way(space, chance, members)


def _found(chance: random.Random, listings: Sequence[Listing]) -> Iterator[Members]:
    """Households whose homes fit, two by two or three at once; each of them once."""
    taken: set[int] = set()
    for one in listings:
        if one.pk in taken:
            continue
        members = _three(one, taken) if chance.random() < 1 / THREE_OF else _two(one, taken)
        if members:
            taken |= {member.pk for member in members}
            yield members


def _two(one: Listing, taken: set[int]) -> Members | None:
    other = both_ways(one).exclude(pk__in=taken).select_related("dwelling").order_by("pk").first()
    return (one, other) if other else None


def _three(one: Listing, taken: set[int]) -> Members | None:
    back = takers_of(one).exclude(pk__in=taken).values("pk")
    nexts = homes_for(one.wish).exclude(pk__in=taken).select_related("dwelling", "wish")
    for other in nexts.order_by("pk")[:5]:
        closes = homes_for(other.wish).filter(pk__in=back).exclude(pk__in=[one.pk, other.pk])
        if third := closes.select_related("dwelling").order_by("pk").first():
            return one, other, third
    return None


def _swap(space: Space, members: Members, **fields: object) -> Swap:
    swap = Swap.objects.create(space=space, **fields)
    Move.objects.bulk_create(
        Move(
            swap=swap, listing=one, dwelling=after.dwelling, position=rank, answer="yes",
            answered_at=swap.agreed_at, rent_before=one.dwelling.rent,
            rent_after=after.dwelling.rent, is_binding=swap.state == SwapState.AGREED,
        )
        for rank, (one, after) in enumerate(pairwise([*members, members[0]]))
    )  # fmt: skip
    return swap


def _decisions(swap: Swap, members: Members, **fields: object) -> None:
    """What each landlord concerned is asked."""
    landlords = {one.dwelling.landlord_id for one in members}
    asked_at = swap.agreed_at or swap.proposed_at
    Decision.objects.bulk_create(
        Decision(swap=swap, landlord_id=one, asked_at=asked_at, **fields)
        for one in sorted(landlords)
    )


def _done(space: Space, chance: random.Random, members: Members) -> None:
    """All moved, some time after the last of them registered."""
    now = timezone.now()
    first = max(one.published_at or now for one in members)
    agreed = first + (now - first) * chance.uniform(0.2, 0.7)
    decided = agreed + (now - agreed) * chance.uniform(0.1, 0.4)
    done = decided + (now - decided) * chance.uniform(0.1, 0.5)
    swap = _swap(
        space, members, state=SwapState.DONE, proposed_at=agreed, agreed_at=agreed, done_at=done,
        answer_by=agreed.date(), inventory_on=done.date(),
    )  # fmt: skip
    _decisions(
        swap, members, state=DecisionState.ACCEPTED, decided_at=decided, due_on=decided.date()
    )
    _told(swap, {Step.AGREED: agreed, Step.VALIDATED: decided, Step.DONE: done})
    Listing.objects.filter(pk__in=[one.pk for one in members]).update(
        state=State.HOUSED, ended_at=done, renew_by=None
    )


def _under_way(space: Space, chance: random.Random, members: Members) -> None:
    """The file is with the landlords, in time or late."""
    agreed = timezone.now() - datetime.timedelta(days=chance.randint(1, 60))
    swap = _swap(
        space, members, state=SwapState.AGREED, proposed_at=agreed, agreed_at=agreed,
        answer_by=agreed.date(),
    )  # fmt: skip
    _decisions(swap, members, due_on=agreed.date() + datetime.timedelta(days=42))
    _told(swap, {Step.AGREED: agreed})


def _told(swap: Swap, steps: dict[Step, datetime.datetime]) -> None:
    Milestone.objects.bulk_create(
        Milestone(swap=swap, step=step, at=at) for step, at in steps.items()
    )
