import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.engines.swaps.explaining import Change, Criterion, what_if, why, why_none
from traboule.engines.swaps.listings import FEATURES
from traboule.engines.swaps.online import Index

from . import markets


def meets(one, other):
    """Each criterion of a wish, by the plain definition."""
    wish, home = one["wish"], other["home"]
    return {
        Criterion.COMMUNE: other["commune"] in wish["communes"],
        Criterion.ROOMS: wish["rooms_min"] <= home["rooms"] <= wish["rooms_max"],
        Criterion.AREA: home["area"] >= wish["area_min"],
        Criterion.RENT: home["rent"] <= wish["max_rent"],
        Criterion.CEILING: one["household"]["resources"] <= home["financing"],
        Criterion.STEP_FREE: wish["need"] != "step_free" or home["lift"] or home["floor"] == 0,
        Criterion.WHEELCHAIR: wish["need"] != "wheelchair" or home["accessible"],
        Criterion.NO_GROUND: not wish["no_ground"] or home["floor"] != 0,
        **{
            Criterion(name): name not in wish["must"] or name in home["features"]
            for name in FEATURES
        },
    }


def test_a_home_is_explained_point_by_point():
    one, other = markets.lines(2, seed=1)
    one["wish"] |= {
        "communes": ["A", "C"], "rooms_min": 2, "rooms_max": 3, "area_min": 60, "max_rent": 500,
        "need": "step_free", "no_ground": False, "must": ["cellar"],
    }  # fmt: skip
    one["household"]["resources"] = 1
    other["commune"] = "B"
    other["home"] |= {
        "rooms": 3, "area": 66, "rent": 510, "floor": 2, "lift": True, "financing": 0,
        "features": [],
    }  # fmt: skip

    points = why(Index(markets.market([one, other])), "T0", "T1")

    assert [(one.criterion, one.wanted, one.there, one.met) for one in points] == [
        ("commune", ("A", "C"), "B", False),
        ("rooms", (2, 3), 3, True),
        ("area", 60, 66, True),
        ("rent", 500, 510, False),
        ("ceiling", 1, 0, False),
        ("step_free", True, True, True),
        ("cellar", True, False, False),
    ]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000))
def test_every_explanation_is_the_plain_definition(seed):
    listings = markets.lines(25, seed=seed)
    index = Index(markets.market(listings))

    for one in listings[:5]:
        others = [other for other in listings if other is not one]
        for other in others:
            points = {one.criterion: one.met for one in why(index, one["id"], other["id"])}
            assert {*points.items()} <= {*meets(one, other).items()}
            assert all(points.values()) == markets.fits(one, other)
        failed = [[c for c, met in meets(one, other).items() if not met] for other in others]
        reasons = why_none(index, one["id"], within=1e6)
        assert (reasons.in_reach, reasons.fitting) == (24, failed.count([]))
        assert dict(reasons.alone) == {c: failed.count([c]) for c in Criterion if [c] in failed}
        assert reasons.takers == sum(markets.fits(other, one) for other in others)


def opened(listings, place, changes):
    """The homes and the exchanges that a listing gains by changing its wish, from nothing."""

    def all_of(listings):
        homes = {j for j, other in enumerate(listings) if markets.fits(listings[place], other)}
        exchanges = {rows for rows in markets.all_exchanges(listings, 3) if place in rows}
        return homes, exchanges

    homes, exchanges = all_of(listings)
    changed = copy.deepcopy(listings)
    changed[place]["wish"] |= changes
    more_homes, more_exchanges = all_of(changed)
    return len(more_homes - homes), len(more_exchanges - exchanges)


@pytest.mark.parametrize("seed", range(8))
def test_what_a_change_opens_is_what_it_would_open(seed):
    listings = markets.eager(16, seed=seed, empty=0.1)
    place = next(row for row, one in enumerate(listings) if one["wish"])
    wish = listings[place]["wish"]
    wish |= {"communes": wish["communes"][:1], "max_rent": 400, "area_min": 40, "must": ["cellar"]}
    changes = {
        Change.FEWER_ROOMS: {"rooms_min": wish["rooms_min"] - 1},
        Change.MORE_ROOMS: {"rooms_max": wish["rooms_max"] + 1},
        Change.RENT: {"max_rent": 440},
        Change.AREA: {"area_min": 36},
        Change.GROUND: {"no_ground": False},
        Change.FEATURE: {"must": []},
    }

    found = what_if(Index(markets.market(listings)), f"T{place}")

    expected = {change: opened(listings, place, new) for change, new in changes.items()} | {
        (Change.COMMUNE, name): opened(listings, place, {"communes": [*wish["communes"], name]})
        for name in "ABCD"
        if name not in wish["communes"]
    }
    assert {
        (one.change, one.value) if one.change == Change.COMMUNE else one.change: (
            one.homes,
            one.exchanges,
        )
        for one in found
    } == {change: opens for change, opens in expected.items() if opens[0]}
    assert found == sorted(found, key=lambda one: (-one.exchanges, -one.homes))


def test_what_one_cannot_do_without_is_never_bargained_over():
    listings = markets.lines(30, seed=2)
    listings[0]["wish"]["need"] = "wheelchair"
    for other in listings[1:]:
        other["home"]["accessible"] = False

    assert what_if(Index(markets.market(listings)), "T0") == []


def test_communes_are_added_from_the_nearest_and_those_out_of_reach_do_not_count():
    listings = markets.eager(4, seed=3)
    for one, (name, x) in zip(listings, [("A", 0), ("B", 9), ("C", 4), ("D", 50)], strict=True):
        one |= {"commune": name, "x": x, "y": 0}
        one["home"] |= {"rooms": 2, "floor": 1}
        one["wish"] |= {"communes": ["A"], "rooms_min": 2, "rooms_max": 2}
    index = Index(markets.market(listings))

    assert [one.value for one in what_if(index, "T0", communes=2)] == ["C", "B"]
    assert why_none(index, "T0", within=30).in_reach == 2
    assert why_none(index, "T0", within=30).alone == (("commune", 2),)
