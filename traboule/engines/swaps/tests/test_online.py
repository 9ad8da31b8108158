from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from traboule.engines.swaps.compatibility import find_moves
from traboule.engines.swaps.cycles import find_cycles
from traboule.engines.swaps.online import Index

from . import markets


BUSY = "T1"
"""A listing of many exchanges, among forty eager ones with the seed 3."""


class AnOpenMarket(RuleBasedStateMachine):
    """Whatever comes and goes, the index says what a market built again from nothing says."""

    def __init__(self):
        super().__init__()
        self.open = {one["id"]: one for one in markets.eager(9, seed=0, empty=0.2)}
        self.held = set()
        self.index = Index(markets.market(self.open.values()))

    @rule(seed=st.integers(0, 10_000), place=st.integers(0, 14), elsewhere=st.booleans())
    def one_arrives_or_changes(self, seed, place, elsewhere):
        [one] = markets.eager(1, seed=seed, empty=0.2)
        one["id"] = f"T{place}"
        if elsewhere:
            one["commune"] = f"E{seed % 3}"
            if one["wish"]:
                one["wish"]["communes"].append("E0")
        self.index.arrive(markets.market([one]))
        self.open[one["id"]] = one
        self.held.discard(one["id"])

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def one_leaves(self, data):
        one = data.draw(st.sampled_from(sorted(self.open)))
        self.index.leave(one)
        del self.open[one]
        self.held.discard(one)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def some_are_under_way_or_no_more(self, data):
        some = data.draw(st.sets(st.sampled_from(sorted(self.open)), max_size=3))
        if some & self.held:
            self.index.release(some)
            self.held -= some
        else:
            self.index.hold(some)
            self.held |= some

    @invariant()
    def all_is_found_as_from_a_full_rebuild(self):
        free = [one for name, one in self.open.items() if name not in self.held]
        market = markets.market(free)
        moves = find_moves(market)
        pairs = list(zip(market.ids[moves.households], market.ids[moves.homes], strict=True))
        cycles = find_cycles(moves, 3)
        exchanges = {
            (tuple(market.ids[row] for row in rows if row >= 0), value)
            for rows, value in zip(cycles.rows.tolist(), cycles.values.tolist(), strict=True)
        }
        for name in market.ids:
            assert sorted(self.index.homes(name)) == sorted(b for a, b in pairs if a == name)
            assert sorted(self.index.takers(name)) == sorted(a for a, b in pairs if b == name)
            found = self.index.exchanges(name)
            assert [one.weight for one in found] == sorted((one.weight for one in found))[::-1]
            assert sorted(self.turned(one) for one in found) == sorted(
                (ids, value) for ids, value in exchanges if name in ids
            )
            pairs_only = self.index.exchanges(name, max_length=2)
            assert pairs_only == [one for one in found if len(one.ids) == 2]

    def turned(self, exchange):
        """The same exchange, begun where the full enumeration begins."""
        ids = exchange.ids
        if self.open[ids[-1]]["wish"]:
            order = list(self.open)
            start = min(range(len(ids)), key=lambda at: order.index(ids[at]))
            ids = ids[start:] + ids[:start]
        return ids, exchange.weight


AnOpenMarket.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestAnOpenMarket = AnOpenMarket.TestCase


def test_a_home_that_was_declined_is_proposed_no_more():
    index = Index(markets.market(markets.eager(40, seed=3)))
    every = index.exchanges(BUSY)
    declined = every[0].ids[:2]

    index.refuse([declined])

    def has_it(ids):
        return declined in zip(ids, [*ids[1:], ids[0]], strict=True)

    left = index.exchanges(BUSY)
    assert left == [one for one in every if not has_it(one.ids)]
    assert len(left) < len(every)


def test_a_changed_listing_may_be_proposed_again_to_whoever_declined_it():
    listings = markets.eager(40, seed=3)
    index = Index(markets.market(listings))
    declined = index.exchanges(BUSY)[0].ids[:2]
    index.refuse([declined])
    assert declined[1] not in index.homes(declined[0])

    index.arrive(markets.market([one for one in listings if one["id"] == declined[1]]))

    assert declined[1] in index.homes(declined[0])


def test_no_more_exchanges_are_listed_than_asked_for():
    index = Index(markets.market(markets.eager(40, seed=3)))

    assert index.exchanges(BUSY, most=2) == index.exchanges(BUSY)[:2]
