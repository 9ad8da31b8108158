import json

import pytest

from traboule.engines.swaps import Unreadable, parse

from . import markets


def problems_of(listings):
    with pytest.raises(Unreadable) as caught:
        markets.market(listings)
    return [(one.line, one.field, one.reason) for one in caught.value.problems]


def test_every_bad_line_is_named_with_its_field_and_why():
    listings = markets.lines(6, seed=1)
    listings[1]["home"]["rent"] = "480"
    del listings[2]["wish"]["need"]
    listings[4]["home"]["colour"] = "red"
    listings[4]["home"]["rooms"] = 0

    assert problems_of(listings) == [
        (2, "home.rent", "pas un nombre entier"),
        (3, "wish.need", "manque"),
        (5, "home.rooms", "trop petit (au moins 1)"),
        (5, "home.colour", "inconnu"),
    ]


def test_what_contradicts_itself_is_refused():
    listings = markets.lines(4, seed=1)
    listings[0]["wish"] |= {"rooms_min": 3, "rooms_max": 2}
    listings[1]["wish"]["communes"] = ["A", "A"]
    listings[2]["household"] = None
    listings[3]["id"] = "T0"

    assert [(line, field) for line, field, _ in problems_of(listings)] == [
        (1, "wish.rooms_min"),
        (2, "wish.communes"),
        (3, "wish"),
        (4, "id"),
    ]


def test_a_line_that_is_not_json_is_named():
    with pytest.raises(Unreadable, match="ligne 2, ligne entière : pas du JSON"):
        parse([json.dumps(markets.lines(1, seed=1)[0]), "{oops"])


def test_no_line_is_an_empty_market():
    assert len(parse([])) == 0


def test_some_rows_make_a_market_of_their_own():
    listings = markets.lines(9, seed=3)
    whole, part = markets.market(listings), markets.market(listings).take([7, 2])

    assert part.ids.tolist() == ["T7", "T2"]
    wished = [
        part.commune_names[rank] for rank in part.wished[part.wish_starts[1] : part.wish_starts[2]]
    ]
    assert wished == listings[2]["wish"]["communes"]
    assert whole.rows["T7"] == 7
