"""Plausible markets of social tenants: a few towns, many villages, wishes that go not far."""

from collections.abc import Iterator
from typing import Any

import numpy as np

A_TERRITORY, VILLAGES, SIDE = 3600, 250, 75.0
AREA = np.array([28, 45, 64, 78, 92, 110])
FEATURES = ("balcony", "parking", "garden", "cellar")


def listings(count: int, *, seed: int) -> Iterator[dict[str, Any]]:
    """So many listings over as many territories of 3,600 as it takes, in a row."""
    chance = np.random.default_rng(seed)
    territories = max(1, round(count / A_TERRITORY))
    places = chance.uniform(0, SIDE, (territories * VILLAGES, 2))
    places[:, 0] += SIDE * (np.arange(len(places)) // VILLAGES)
    people = 1 / (np.arange(len(places)) % VILLAGES + 1.5) ** 1.3
    near = _neighbours(places, people)
    where = chance.choice(len(places), count, p=people / people.sum())
    for number in range(count):
        yield _listing(chance, number, int(where[number]), places, near)


def _neighbours(places: np.ndarray, people: np.ndarray) -> np.ndarray:
    """For each place the 30 that attract most from there."""
    near = np.empty((len(places), 30), np.int64)
    for one, place in enumerate(places):
        distance = np.hypot(*(places - place).T)
        near[one] = np.argsort(distance / 8 - 0.6 * np.log(people), kind="stable")[:30]
    return near


def _listing(
    chance: np.random.Generator, number: int, place: int, places: np.ndarray, near: np.ndarray
) -> dict[str, Any]:
    rooms = int(chance.choice(6, p=[0.05, 0.2, 0.37, 0.28, 0.08, 0.02])) + 1
    area = int(AREA[rooms - 1] * chance.uniform(0.85, 1.2))
    rent = int(area * chance.uniform(5, 8))
    change = int(chance.choice([1, -1, 0], p=[0.42, 0.2, 0.38]))
    low = min(6, max(1, rooms + change))
    wished = dict.fromkeys([place, *near[place][chance.geometric(0.15, 8).clip(1, 30) - 1]])
    wished = list(wished)[: 1 + min(7, int(chance.gamma(1.3, 3)))]
    tall = bool(chance.random() < 0.4)
    return {
        "id": f"B{number}",
        "commune": f"C{place}",
        "x": float(places[place, 0]),
        "y": float(places[place, 1]),
        "home": {
            "rooms": rooms,
            "area": area,
            "rent": rent,
            "floor": int(chance.integers(0, 9 if tall else 4)),
            "lift": tall,
            "accessible": bool(chance.random() < 0.15),
            "financing": int(chance.choice(3, p=[0.12, 0.76, 0.12])),
            "features": [one for one in FEATURES if chance.random() < 0.45],
        },
        "household": {"size": low, "resources": int(chance.choice(3, p=[0.5, 0.45, 0.05]))},
        "wish": {
            "communes": [f"C{one}" for one in wished],
            "rooms_min": low,
            "rooms_max": min(6, low + int(chance.random() < 0.45)),
            "area_min": area + 5 if change > 0 else 0,
            "max_rent": int(rent * (1 + 0.3 * change + chance.uniform(0, 0.2))),
            "need": str(chance.choice(["none", "step_free", "wheelchair"], p=[0.86, 0.11, 0.03])),
            "no_ground": False,
            "must": ["balcony"] if chance.random() < 0.15 else [],
        },
        "priority": int(chance.exponential(5)),
    }
