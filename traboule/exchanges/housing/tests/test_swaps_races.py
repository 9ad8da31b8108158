"""Exchanges that claim the same homes at the same moment, on PostgreSQL."""

import pytest
from django.db import connection

from traboule.exchanges.housing.actions import swaps
from traboule.exchanges.housing.models import Move, Stop, Swap, SwapState
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def homes():
    landlord = make_landlord(make_exchange_space())
    return [make_listing(make_dwelling(landlord)) for _ in range(4)]


def test_of_two_exchanges_that_claim_one_home_one_wins_and_the_other_is_told(homes):
    wanted, *others = homes
    proposed = [swaps.propose(listings=[one, wanted], by=one.tenant) for one in others]
    refused = []

    def say_yes(rank):
        move = proposed[rank].moves.get(listing=wanted)
        try:
            swaps.answer(move=move, by=wanted.tenant, yes=True)
        except Refused as said:
            refused.append(said.messages[0])

    at_once(3, say_yes)

    states = sorted(Swap.objects.values_list("state", "broken_because"))
    assert states == [
        (SwapState.AGREED, ""), (SwapState.BROKEN, Stop.TAKEN), (SwapState.BROKEN, Stop.TAKEN)
    ]  # fmt: skip
    assert refused == ["Cet échange est arrêté : un autre échange s’est conclu avant."] * 2
    assert Move.objects.filter(dwelling=wanted.dwelling, is_binding=True).count() == 1
    assert Notice.objects.filter(kind="housing.stopped", person__in=_people(others)).count() == 2


def test_crossed_exchanges_agreed_at_once_never_wait_for_each_other_for_ever(homes):
    a, b, c, d = homes
    rings = [[a, b, c], [c, b, d], [d, a, b]]
    proposed = [swaps.propose(listings=ring, by=None) for ring in rings]
    last = []
    for swap in proposed:
        *first, one = swap.moves.select_related("listing__tenant")
        for move in first:
            swaps.answer(move=move, by=move.listing.tenant, yes=True)
        last.append(one)

    at_once(3, lambda n: swaps.answer(move=last[n], by=last[n].listing.tenant, yes=True))

    assert Swap.objects.filter(state=SwapState.AGREED).count() == 1
    assert Move.objects.filter(is_binding=True).count() == 3


def test_the_same_exchange_proposed_at_once_by_both_is_one(homes):
    a, b = homes[:2]

    at_once(
        4, lambda n: swaps.propose(listings=[a, b] if n % 2 else [b, a], by=(b, a)[n % 2].tenant)
    )

    assert Swap.objects.count() == 1


def test_one_says_yes_while_the_other_leaves_and_nobody_stays_bound(homes):
    a, b = homes[:2]
    swap = swaps.propose(listings=[a, b], by=a.tenant)
    moves = {one: swap.moves.get(listing=one) for one in (a, b)}
    acts = (
        lambda: swaps.answer(move=moves[b], by=b.tenant, yes=True),
        lambda: swaps.leave(move=moves[a], by=a.tenant),
    )

    at_once(2, lambda n: acts[n]())

    swap.refresh_from_db()
    assert swap.state == SwapState.BROKEN
    assert not Move.objects.filter(is_binding=True).exists()


def _people(listings):
    return [one.tenant for one in listings]
