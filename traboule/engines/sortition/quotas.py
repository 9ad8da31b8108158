"""Quotas, and by how much they cannot be met: a small integer programme over kinds of people."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Features = Mapping[str, str]
Conditions = Mapping[str, Collection[str]]
Cell = tuple[tuple[str, str], ...]
"""Those whose features are all the same: for quotas, one is worth another."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Someone who may be drawn: a number, and what quotas look at, such as ``{"age": "18-25"}``."""

    number: int
    features: Features = field(default_factory=dict)

    @property
    def cell(self) -> Cell:
        """The kind of candidate that they are."""
        return tuple(sorted(self.features.items()))


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How many of those taken must meet conditions: from ``least`` to ``most``, both included.

    ``where`` gives for each feature the values that count. With ``less``, those who meet it count
    the other way: as many women as men to within one is ``where`` women, ``less`` men, from -1
    to 1. A bound that is None is no bound. Raises ValueError when ``least`` is above ``most``.
    """

    where: Conditions
    least: int | None = None
    most: int | None = None
    less: Conditions | None = None

    def __post_init__(self) -> None:
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least of a quota is above its most")

    def weight(self, features: Features) -> int:
        """What someone with these features adds to the count: 1, 0 or -1."""
        taken_off = self.less is not None and _meets(features, self.less)
        return int(_meets(features, self.where)) - int(taken_off)


@dataclass(frozen=True, kw_only=True)
class Lack:
    """What is missing at best: for one quota, by its rank, or for the seats when it is None.

    ``missing`` people below what it asks, or ``excess`` above.
    """

    quota: int | None
    missing: int = 0
    excess: int = 0


class Unfeasible(Exception):  # noqa: N818 - it says what happened.
    """The quotas and the seats cannot all be had from these candidates; ``lacks`` says why."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("these quotas cannot be met")
        self.lacks = tuple(lacks)


@dataclass(frozen=True)
class Shortfall:
    """How far from all quotas the best choice stays: nothing when ``cost`` is 0."""

    cost: int
    lacks: tuple[Lack, ...] = ()


def shortfall(
    quotas: Sequence[Quota], *, taken: "Counter[Cell]", pool: "Counter[Cell]", seats: int
) -> Shortfall:
    """By how little quotas are missed when ``seats`` more are taken from the pool.

    What is missed is, where there is a choice, a least number rather than seats, and seats rather
    than a greatest number: people can still be found, and a most was set to be kept.
    """
    cells = [cell for cell, count in sorted(pool.items()) if count > 0]
    size, rules = len(cells), len(quotas)
    weights = np.array([[quota.weight(dict(cell)) for cell in cells] for quota in quotas])
    weights = weights.reshape(rules, size)
    held = [sum(quota.weight(dict(cell)) * n for cell, n in taken.items()) for quota in quotas]

    # Columns: how many of each cell, what each quota misses, what it exceeds, the empty seats.
    each_quota = np.hstack([weights, np.eye(rules), -np.eye(rules), np.zeros((rules, 1))])
    all_seats = np.concatenate([np.ones(size), np.zeros(2 * rules), [1]])
    asked = LinearConstraint(
        np.vstack([each_quota, all_seats]),
        [*(_or(q.least, -np.inf) - n for q, n in zip(quotas, held, strict=True)), seats],
        [*(_or(q.most, np.inf) - n for q, n in zip(quotas, held, strict=True)), seats],
    )
    seat = 1 + sum(pool.values()) + sum(taken.values()) + seats
    above = [1 if quota.less is not None else seat * seat for quota in quotas]
    price = np.array([0] * size + [1] * rules + above + [seat])
    room = [pool[cell] for cell in cells] + [np.inf] * (2 * rules + 1)
    found = milp(
        price,
        constraints=asked,
        integrality=np.ones(len(price)),
        bounds=Bounds(0, room),
        options={"mip_rel_gap": 0},
    )
    best = np.rint(found.x).astype(int)
    missing, excess = best[size : size + rules], best[size + rules : size + 2 * rules]
    lacks = [
        Lack(quota=rank, missing=int(missing[rank]), excess=int(excess[rank]))
        for rank in range(rules)
        if missing[rank] or excess[rank]
    ]
    if best[-1]:
        lacks.append(Lack(quota=None, missing=int(best[-1])))
    return Shortfall(int(price @ best), tuple(lacks))


def _meets(features: Features, conditions: Conditions) -> bool:
    return all(features.get(name) in values for name, values in conditions.items())


def _or(bound: int | None, otherwise: float) -> float:
    return otherwise if bound is None else bound
