import json
import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.engines.swaps import parts
from traboule.engines.swaps.certificate import verify
from traboule.engines.swaps.cli import main
from traboule.engines.swaps.compatibility import find_moves
from traboule.engines.swaps.cuts import broken_cuts
from traboule.engines.swaps.cycles import find_cycles
from traboule.engines.swaps.diving import dive
from traboule.engines.swaps.master import Master
from traboule.engines.swaps.packing import simple_prices, solve_whole
from traboule.engines.swaps.prices import settled

from . import markets


def solved(listings, longest, tmp_path, *more):
    """The solution and the proof that the command writes."""
    file, out, prices = (tmp_path / name for name in ("listings.jsonl", "out.json", "prices.json"))
    file.write_text("".join(json.dumps(one) + "\n" for one in listings))
    order = ["--max-length", str(longest), "--time-limit", "20", "--out", str(out), *more]
    assert main(["solve", str(file), *order, "--prices", str(prices)]) == 0
    return json.loads(out.read_text()), json.loads(prices.read_text())


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    count=st.integers(2, 14),
    longest=st.sampled_from([2, 3, 4]),
    empty=st.sampled_from([0, 0.2]),
)
def test_the_plan_of_a_small_market_is_the_best_of_all(seed, count, longest, empty):
    listings = markets.lines(count, seed=seed, empty=empty)
    plan = solve_whole(markets.market(listings), longest, time_limit=10)

    best = markets.best_value(listings, longest)
    assert plan.weight == best
    assert plan.optimal
    assert plan.upper_bound >= best
    taken = [[listings[row] for row in rows if row >= 0] for rows in plan.cycles.rows.tolist()]
    assert all(markets.is_exchange(cycle) for cycle in taken)
    assert len({one["id"] for cycle in taken for one in cycle}) == sum(map(len, taken))


@pytest.mark.parametrize("longest", [2, 3, 4])
def test_a_checker_proves_the_bound_from_the_file_of_prices(longest, tmp_path):
    listings = markets.lines(150, seed=4, empty=0.05)
    solution, proof = solved(listings, longest, tmp_path)

    verdict = verify(markets.market(listings), solution, proof)

    assert not verdict.errors
    assert verdict.weight == solution["weight"]
    assert verdict.weight <= verdict.upper_bound == solution["upper_bound"]
    assert verdict.gap < 0.02


def test_prices_that_were_lowered_prove_no_more(tmp_path):
    listings = markets.lines(80, seed=4)
    solution, proof = solved(listings, 3, tmp_path)
    free = proof | {"prices": dict.fromkeys(proof["prices"], 0), "sets": []}

    assert verify(markets.market(listings), solution, free).upper_bound >= solution["weight"]


@pytest.mark.parametrize(
    "change",
    [
        lambda proof: proof["prices"].update(T1=-1),
        lambda proof: proof["sets"].append({"listings": ["T1"], "sets": [], "price": -1}),
        lambda proof: proof["sets"].append(
            {"listings": ["T1"], "sets": [len(proof["sets"])], "price": 1}
        ),
        lambda proof: proof.update(k=2),
        lambda proof: proof.update(scale=1000),
    ],
)
def test_prices_against_the_rules_prove_nothing(change, tmp_path):
    listings = markets.lines(40, seed=4)
    solution, proof = solved(listings, 3, tmp_path)
    change(proof)

    verdict = verify(markets.market(listings), solution, proof)

    assert verdict.upper_bound is None
    assert verdict.errors


def test_a_solution_that_is_no_exchange_is_refused(tmp_path):
    listings = markets.lines(40, seed=4)
    solution, proof = solved(listings, 3, tmp_path)
    cycle = next(one for one in solution["cycles"] if len(one) == 3)
    twice = solution | {"cycles": [*solution["cycles"], cycle]}
    backwards = solution | {"cycles": [cycle[::-1]]}

    assert verify(markets.market(listings), twice, proof).errors
    assert verify(markets.market(listings), backwards, proof).errors


def test_the_checker_searches_what_could_be_better(tmp_path):
    listings = markets.lines(300, seed=5, empty=0.05)
    solution, proof = solved(listings, 3, tmp_path)
    market = markets.market(listings)
    worse = solution | {"cycles": solution["cycles"][1:]}

    assert solution["optimal"]
    assert verify(market, solution, proof, search=True).optimal
    assert verify(market, worse, proof, search=True).optimal is False
    assert verify(market, solution, proof).optimal is None


def test_disjoint_cycles_never_take_more_than_a_cut_allows():
    market = markets.market(markets.lines(400, seed=3))
    cycles = find_cycles(find_moves(market), 3)
    chance = np.random.default_rng(1)
    master = Master(len(market), cycles)
    for _ in range(6):
        assert master.solve(60)
        master.add_cuts(
            broken_cuts(cycles.rows, master.shares, master.cuts, master.taken, master.count, chance)
        )
    most = np.array([cut.most for cut in master.cuts])

    assert any(cut.cuts for cut in master.cuts)
    for _ in range(200):
        free, chosen = np.ones(len(market) + 1, np.bool_), []
        for cycle in chance.permutation(len(cycles)):
            rows = cycles.rows[cycle][cycles.rows[cycle] >= 0]
            if free[rows].all():
                free[rows] = False
                chosen.append(cycle)
        assert (master.taken[:, chosen].sum(axis=1) <= most).all()


@pytest.mark.parametrize("longest", [3, 4])
def test_a_dive_takes_disjoint_cycles_of_nearly_the_best_worth(longest):
    moves = find_moves(markets.market(markets.lines(300, seed=2)))
    cycles = find_cycles(moves, longest)
    prices, _ = settled(simple_prices(moves), lambda *given: find_cycles(moves, longest, *given))

    taken = cycles.take(dive(cycles, prices, deadline=math.inf))

    rows = taken.rows[taken.rows >= 0]
    assert len(rows) == len(np.unique(rows))
    assert taken.worth() > 0.93 * prices.sum()
    assert not len(dive(cycles, prices, deadline=0))


def test_listings_that_are_engaged_stay_out(tmp_path):
    listings = markets.lines(60, seed=4)
    fixed = tmp_path / "fixed.txt"
    fixed.write_text("\n".join(f"T{number}" for number in range(20)))
    solution, proof = solved(listings, 3, tmp_path, "--fixed", str(fixed))

    assert solution["cycles"]
    assert all(int(one[1:]) >= 20 for cycle in solution["cycles"] for one in cycle)
    assert not verify(markets.market(listings), solution, proof).errors


def test_parts_sewn_together_keep_a_bound_that_holds(monkeypatch):
    listings = markets.lines(120, seed=6)
    for number, one in enumerate(listings):
        one["commune"] += str(number % 2)
        favourite = str(number % 2 if number % 20 else 1 - number % 2)
        one["wish"]["communes"] = [name + favourite for name in one["wish"]["communes"]]
    market = markets.market(listings)
    monkeypatch.setattr(parts, "LARGEST", 70)
    rows = parts.split(market)
    plans = [parts.solve_part(parts.Part(each, market.take(each), 3, 5, 0)) for each in rows]

    moves = find_moves(market)
    priced = partial(find_cycles, moves, 3)
    whole = parts.stitch(priced, rows, *parts.gathered(rows, plans, len(market)))

    assert len(rows) > 1
    assert sorted(np.concatenate(rows)) == list(range(120))
    assert whole.weight >= sum(plan.weight for plan in plans)
    best = solve_whole(market, 3, 10)
    assert whole.weight <= best.weight <= whole.upper_bound


def test_no_time_still_gives_a_plan_and_a_bound():
    plan = solve_whole(markets.market(markets.lines(100, seed=1)), 3, time_limit=0)

    assert 0 < plan.weight <= plan.upper_bound


def test_a_seed_gives_one_plan():
    market = markets.market(markets.lines(200, seed=8))

    one, other = (solve_whole(market, 3, 20, seed=5) for _ in range(2))

    assert one.cycles.rows.tolist() == other.cycles.rows.tolist()


def test_honest_prices_leave_no_cycle_worth_more_than_it_costs():
    moves = find_moves(markets.market(markets.lines(200, seed=8)))

    def priced(prices, worth):
        return find_cycles(moves, 3, prices, worth)

    prices, _ = settled(simple_prices(moves), priced)

    assert len(priced(prices, 1e-6)) == 0
    assert prices.sum() < 0.8 * simple_prices(moves).sum()
