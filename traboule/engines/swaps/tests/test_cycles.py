import numpy as np
import pytest

from traboule.engines.swaps.compatibility import find_moves
from traboule.engines.swaps.cycles import find_cycles

from . import markets


@pytest.mark.parametrize("seed", range(8))
def test_moves_are_those_of_the_plain_definition(seed):
    listings = markets.lines(40, seed=seed, empty=0.1)
    moves = find_moves(markets.market(listings))

    found = zip(
        moves.households.tolist(), moves.homes.tolist(), moves.weights.tolist(), strict=True
    )
    assert list(found) == [
        (i, j, markets.worth(one, other))
        for i, one in enumerate(listings)
        for j, other in enumerate(listings)
        if markets.fits(one, other)
    ]


@pytest.mark.parametrize("longest", [2, 3, 4])
@pytest.mark.parametrize("seed", range(4))
def test_each_exchange_is_found_once(seed, longest):
    listings = markets.lines(14, seed=seed, empty=0.2)
    cycles = find_cycles(find_moves(markets.market(listings)), longest)

    found = {
        tuple(row for row in rows if row >= 0): value
        for rows, value in zip(cycles.rows.tolist(), cycles.values.tolist(), strict=True)
    }
    assert len(found) == len(cycles)
    assert found == {
        rows: markets.value([listings[row] for row in rows])
        for rows in markets.all_exchanges(listings, longest)
    }


@pytest.mark.parametrize("longest", [2, 3, 4])
def test_with_prices_only_what_is_worth_more_is_listed(longest):
    moves = find_moves(markets.market(markets.lines(60, seed=5, empty=0.1)))
    prices = np.random.default_rng(1).uniform(0, 25, len(moves))
    every = find_cycles(moves, longest)
    paid = np.where(every.rows >= 0, prices[every.rows], 0).sum(axis=1)

    priced = find_cycles(moves, longest, prices, worth=-5.5)

    assert priced.rows.tolist() == every.rows[every.values - paid > -5.5].tolist()
    assert 0 < len(priced) < len(every)


def test_a_listing_left_out_is_in_no_move():
    market = markets.market(markets.lines(40, seed=2, empty=0.1))
    left_out = np.arange(40) < 10
    moves = find_moves(market, left_out)

    assert len(moves.homes)
    assert min(moves.households.min(), moves.homes.min()) >= 10
    assert not moves.empty[:10].any()
