from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.engines.swaps.chances import (
    Chances,
    by_distance,
    by_household,
    constant,
    groups_of,
)
from traboule.engines.swaps.choosing import choose
from traboule.engines.swaps.compatibility import find_moves
from traboule.engines.swaps.cycles import find_cycles

from . import markets


def moves_of(listings):
    """Its moves, each worth one tenant."""
    moves = find_moves(markets.market(listings))
    return replace(moves, weights=np.ones_like(moves.weights))


def plainly_expected(group, chance):
    """By trying every answer: ``chance[i, j]`` is that of a move, for the households of a group."""
    levels = [
        sorted({0.0, 1.0, *(chance.get((i, j), 0.0) for j in group if j != i)}) for i in group
    ]
    total = 0.0
    for drawn in product(*(list(zip(one, one[1:], strict=False)) for one in levels)):
        accepted = {
            (i, j)
            for i, (low, _) in zip(group, drawn, strict=True)
            for j in group
            if chance.get((i, j), 0.0) > low
        }
        moved = max(
            (
                length
                for length in (2, 3)
                for rows in permutations(group, length)
                if accepted.issuperset(zip(rows, [*rows[1:], rows[0]], strict=True))
            ),
            default=0,
        )
        total += moved * np.prod([high - low for low, high in drawn])
    return total


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), constant_chance=st.booleans())
def test_what_is_expected_counts_every_answer(seed, constant_chance):
    moves = moves_of(markets.eager(12, seed=seed))
    chance = np.random.default_rng(seed)
    yes = constant(moves, 0.3) if constant_chance else chance.random(len(moves.homes))
    chances = Chances(moves, yes, among_three=0.8)
    groups = groups_of(moves, standby=True)

    found = chances.expected(groups)

    for group, expected in zip(groups.tolist(), found.tolist(), strict=True):
        rows = [row for row in group if row >= 0]
        less = 0.8 if len(rows) == 3 else 1.0
        by_move = {
            (i, j): less * one
            for i, j, one in zip(
                moves.households.tolist(), moves.homes.tolist(), yes.tolist(), strict=True
            )
        }
        assert expected == pytest.approx(plainly_expected(rows, by_move))


def three_of_whom(pairs):
    """A market of three that go round, among whom so many pairs fit as well."""
    listings = markets.eager(3, seed=1)
    wanted = {0: [1], 1: [2], 2: [0]}
    for one, other in [(1, 0), (2, 1), (0, 2)][:pairs]:
        wanted[one].append(other)
    for row, one in enumerate(listings):
        one["commune"] = "ABC"[row]
        one["home"]["rooms"] = 2
        one["wish"] |= {"communes": ["ABC"[j] for j in wanted[row]], "rooms_min": 2,
                        "rooms_max": 2, "no_ground": False}  # fmt: skip
    return moves_of(listings)


@pytest.mark.parametrize(("pairs", "expected"), [(0, 0.375), (1, 0.625), (2, 0.875), (3, 1.125)])
def test_pairs_inside_a_three_are_what_one_falls_back_on(pairs, expected):
    moves = three_of_whom(pairs)
    chances = Chances(moves, constant(moves, 0.5))

    assert chances.expected([[0, 1, 2]]).tolist() == [expected]
    assert chances.expected([[0, 1, 2]], fall_back=False).tolist() == [0.375]


def test_a_standby_is_in_a_group_only_when_asked_for():
    moves = moves_of(markets.eager(14, seed=2))
    every, whole = groups_of(moves, standby=True).tolist(), groups_of(moves).tolist()
    chances = Chances(moves, constant(moves, 1.0))

    assert len(every) > len(whole) > 0
    assert {*map(tuple, whole)} < {*map(tuple, every)}
    sizes = [sum(row >= 0 for row in group) for group in whole]
    assert chances.expected(whole).tolist() == sizes


@pytest.mark.parametrize("fall_back", [True, False])
def test_the_simulation_agrees_with_what_is_expected(fall_back):
    moves = moves_of(markets.eager(30, seed=4, empty=0.1))
    yes = np.random.default_rng(1).random(len(moves.homes))
    chances = Chances(moves, yes)
    groups = groups_of(moves, standby=True)[:12]

    simulated = chances.simulate(groups, draws=4000, seed=3, fall_back=fall_back)

    expected = chances.expected(groups, fall_back=fall_back).sum()
    assert simulated.mean == pytest.approx(expected, abs=2 * simulated.margin)
    assert simulated == chances.simulate(groups, draws=4000, seed=3, fall_back=fall_back)


def test_an_empty_home_never_declines():
    listings = markets.eager(2, seed=1, empty=0)
    listings[1] |= {"household": None, "wish": None, "commune": "A"}
    listings[0]["wish"] |= {"communes": ["A"], "rooms_min": 1, "rooms_max": 4, "no_ground": False}
    moves = moves_of(listings)

    assert Chances(moves, constant(moves, 0.4)).expected([[0, 1, -1]]).tolist() == [0.4]


def test_far_homes_are_accepted_less_often_and_silent_people_less_than_others():
    market = markets.market(markets.eager(20, seed=2))
    moves = find_moves(market)
    far = np.hypot(
        market.x[moves.households] - market.x[moves.homes],
        market.y[moves.households] - market.y[moves.homes],
    )

    yes = by_distance(market, moves, near=0.8, half_after=10)

    assert yes == pytest.approx(0.8 * 0.5 ** (far / 10))
    replies = np.linspace(0, 1, 20)
    assert by_household(moves, replies).tolist() == replies[moves.households].tolist()


@pytest.mark.parametrize("seed", range(3))
def test_what_counts_refusals_expects_more_than_a_plan_that_does_not(seed):
    moves = moves_of(markets.eager(60, seed=seed))
    chances = Chances(moves, constant(moves, 0.5))
    cycles = find_cycles(moves, 3)
    hopeful = cycles.rows[choose(cycles.rows, cycles.values).ranks]

    careful, with_standby = chances.plan(gap=0), chances.plan(standby=True, gap=0)

    assert careful.expected == pytest.approx(chances.expected(careful.groups).sum())
    assert chances.expected(hopeful).sum() < careful.expected <= with_standby.expected
    assert careful.expected <= careful.upper_bound + 1e-9
    held = careful.groups[careful.groups >= 0].tolist()
    assert len(held) == len(set(held))
