import pytest

from traboule.engines.swaps.online import Index
from traboule.engines.swaps.repairing import replan

from . import markets


def greedy_plan(index):
    """Exchanges taken as they come: the market is then full enough to need a repair."""
    plan, taken = [], set()
    for name in index.ids:
        for one in index.exchanges(name):
            if taken.isdisjoint(one.ids):
                plan.append(one.ids)
                taken.update(one.ids)
    return plan


def worthiest(listings, *, freed, free, refused):
    """The most that disjoint exchanges are worth, each with some of ``freed``: all are tried."""
    by_row = [one["id"] for one in listings]
    options = []
    for rows in markets.all_exchanges(listings, 3):
        ids = [by_row[row] for row in rows]
        if set(ids) & freed and set(ids) <= freed | free:
            if refused.isdisjoint(zip(ids, [*ids[1:], ids[0]], strict=True)):
                value = markets.value([listings[row] for row in rows])
                options.append((value, frozenset(ids)))

    def best(first, used):
        return max(
            (
                value + best(at + 1, used | ids)
                for at, (value, ids) in enumerate(options[first:], start=first)
                if used.isdisjoint(ids)
            ),
            default=0,
        )

    return best(0, frozenset())


@pytest.mark.parametrize("seed", range(6))
def test_a_refusal_is_mended_at_best_and_the_rest_is_left_alone(seed):
    listings = markets.eager(22, seed=seed, empty=0.1)
    index = Index(markets.market(listings))
    plan = greedy_plan(index)
    broken = max(plan, key=len)
    refused = {broken[:2]}

    repair = replan(index, plan, refused=refused)

    assert repair.broken == (broken,)
    busy = {one for ids in plan for one in ids}
    made = [one for exchange in repair.made for one in exchange.ids]
    assert len(made) == len(set(made))
    assert set(made).isdisjoint(busy - set(broken))
    free = {one["id"] for one in listings} - busy
    best = worthiest(listings, freed=set(broken), free=free, refused=refused)
    assert sum(one.weight for one in repair.made) == best


def test_whoever_leaves_on_the_eve_is_in_no_repair():
    index = Index(markets.market(markets.eager(40, seed=3)))
    plan = greedy_plan(index)
    gone = plan[0][0]
    index.leave(gone)

    repair = replan(index, plan, gone=[gone])

    assert repair.broken == (plan[0],)
    assert repair.made
    assert gone not in {one for exchange in repair.made for one in exchange.ids}


def test_listings_under_way_elsewhere_are_in_no_repair():
    index = Index(markets.market(markets.eager(40, seed=3)))
    plan = greedy_plan(index)
    index.hold(one for ids in plan for one in ids)
    meeting = replan(index, plan, refused=[plan[0][:2]]).made
    others = {one for exchange in meeting for one in exchange.ids} - set(plan[0])
    assert others

    index.hold(others)

    met = {one for made in replan(index, plan, refused=[plan[0][:2]]).made for one in made.ids}
    assert met.isdisjoint(others)


def test_a_refusal_that_concerns_no_exchange_breaks_none():
    index = Index(markets.market(markets.eager(40, seed=3)))
    plan = greedy_plan(index)

    assert replan(index, plan, refused=[("T0", "T0")]).broken == ()
