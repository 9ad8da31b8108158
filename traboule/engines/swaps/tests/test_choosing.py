from itertools import combinations

import numpy as np
import pytest

from traboule.engines.swaps.choosing import _programme, choose
from traboule.engines.swaps.master import run


def worthiest(groups, values):
    """The most that groups without a common listing are worth, by trying them all."""
    best = 0
    for length in range(len(groups) + 1):
        for some in combinations(range(len(groups)), length):
            held = [one for rank in some for one in groups[rank] if one >= 0]
            if len(held) == len(set(held)):
                best = max(best, sum(values[rank] for rank in some))
    return best


@pytest.mark.parametrize("seed", range(10))
def test_the_choice_is_the_best_of_all_and_its_bound_holds(seed):
    chance = np.random.default_rng(seed)
    groups = np.sort([chance.choice(12, 3, replace=False) for _ in range(14)], axis=1)
    groups[::3, 2] = -1
    values = chance.integers(1, 20, 14) / 8

    choice = choose(groups, values, gap=0)

    best = worthiest(groups.tolist(), values.tolist())
    assert choice.value == pytest.approx(best)
    assert choice.upper_bound >= best - 1e-9
    held = groups[choice.ranks]
    held = held[held >= 0].tolist()
    assert len(held) == len(set(held))


def test_nothing_to_choose_among_is_no_choice():
    choice = choose(np.zeros((0, 3), np.int32), np.zeros(0))

    assert (choice.ranks.tolist(), choice.value, choice.upper_bound) == ([], 0, 0)


def test_what_highs_refuses_to_solve_is_never_taken_for_a_plan():
    choose(np.array([[0, 1]]), np.array([1.0]))
    programme = _programme(2)
    programme.setOptionValue("threads", 2)

    with pytest.raises(RuntimeError):
        run(programme)
