"""Small markets for tests, and the plain definition of what an exchange is and is worth."""

import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations
from typing import Any

from traboule.engines.swaps import Market, parse
from traboule.engines.swaps.listings import FEATURES

Lines = list[dict[str, Any]]


def lines(count: int, *, seed: int, empty: float = 0) -> Lines:
    """So many listings in four communes, rather easy to please; ``empty`` is a share of them."""
    chance = random.Random(seed)
    return [_line(chance, number, chance.random() < empty) for number in range(count)]


def eager(count: int, *, seed: int, empty: float = 0) -> Lines:
    """The same, who ask for little: their exchanges are many."""
    listings = lines(count, seed=seed, empty=empty)
    for one in listings:
        if one["wish"]:
            one["wish"] |= {"max_rent": 900, "area_min": 0, "need": "none", "must": []}
            one["household"]["resources"] = 0
    return listings


def market(listings: Lines) -> Market:
    """What the engine reads of them."""
    return parse(json.dumps(one) for one in listings)


def _line(chance: random.Random, number: int, empty: bool) -> dict[str, Any]:
    rooms = chance.randint(1, 4)
    wanted = chance.randint(1, 4)
    household = {"size": chance.randint(1, 5), "resources": chance.choice([0, 0, 1, 2])}
    wish = {
        "communes": chance.sample("ABCD", chance.randint(1, 4)),
        "rooms_min": wanted,
        "rooms_max": min(4, wanted + chance.randint(0, 2)),
        "area_min": chance.choice([0, 20, 60]),
        "max_rent": chance.choice([400, 500, 900]),
        "need": chance.choice(["none", "none", "none", "step_free", "wheelchair"]),
        "no_ground": chance.random() < 0.1,
        "must": chance.sample(FEATURES, chance.choice([0, 0, 0, 1, 2])),
    }
    return {
        "id": f"T{number}",
        "commune": chance.choice("ABCD"),
        "x": chance.uniform(0, 30),
        "y": chance.uniform(0, 30),
        "home": {
            "rooms": rooms,
            "area": 20 * rooms + chance.randint(-5, 10),
            "rent": 130 * rooms + chance.randint(0, 200),
            "floor": chance.randint(0, 4),
            "lift": chance.random() < 0.5,
            "accessible": chance.random() < 0.5,
            "financing": chance.choice([0, 1, 1, 2]),
            "features": chance.sample(FEATURES, chance.randint(0, len(FEATURES))),
        },
        "household": None if empty else household,
        "wish": None if empty else wish,
        "priority": chance.randint(0, 20),
    }


def fits(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether the household of a listing would, and may, move into the home of another."""
    wish, home = one["wish"], other["home"]
    return (
        wish is not None
        and one is not other
        and other["commune"] in wish["communes"]
        and wish["rooms_min"] <= home["rooms"] <= wish["rooms_max"]
        and home["area"] >= wish["area_min"]
        and home["rent"] <= wish["max_rent"]
        and one["household"]["resources"] <= home["financing"]
        and (home["accessible"] or wish["need"] != "wheelchair")
        and (home["lift"] or home["floor"] == 0 or wish["need"] != "step_free")
        and not (wish["no_ground"] and home["floor"] == 0)
        and set(wish["must"]) <= set(home["features"])
    )


def worth(one: dict[str, Any], other: dict[str, Any]) -> int:
    """What that move is worth; nobody leaves an empty home, which is worth nothing."""
    if one["wish"] is None:
        return 0
    return 10 + int(one["priority"]) + 3 * (one["wish"]["communes"][0] == other["commune"])


def is_exchange(cycle: Sequence[dict[str, Any]]) -> bool:
    """Whether each household takes the next home; only a chain ends with an empty one."""
    moves = list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    if cycle[-1]["wish"] is None:
        moves.pop()
    return all(fits(one, other) for one, other in moves)


def value(cycle: Sequence[dict[str, Any]]) -> int:
    """What all the moves of a cycle are worth."""
    return sum(worth(one, other) for one, other in zip(cycle, [*cycle[1:], cycle[0]], strict=True))


def all_exchanges(listings: Lines, longest: int) -> Iterator[tuple[int, ...]]:
    """Every exchange, once: from its lowest row, or ending with its empty home."""
    for length in range(2, longest + 1):
        for rows in permutations(range(len(listings)), length):
            chain = listings[rows[-1]]["wish"] is None
            if (chain or rows[0] == min(rows)) and is_exchange([listings[row] for row in rows]):
                yield rows


def best_value(listings: Lines, longest: int) -> int:
    """The most that disjoint exchanges are worth, found by trying them all."""
    exchanges = [
        (frozenset(rows), value([listings[row] for row in rows]))
        for rows in all_exchanges(listings, longest)
    ]

    @cache
    def best(free: frozenset[int]) -> int:
        if not free:
            return 0
        first = min(free)
        at_best = best(free - {first})
        for rows, worth_it in exchanges:
            if first in rows and rows <= free:
                at_best = max(at_best, worth_it + best(free - rows))
        return at_best

    return best(frozenset(range(len(listings))))
