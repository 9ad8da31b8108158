"""Ways through a survey: forward only, so that each ends."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from traboule.blocks.surveys.paths import END, Step, after, mistakes, path


@st.composite
def surveys(draw):
    """Steps whose choices lead forward, or to the end."""
    last = draw(st.integers(1, 12))
    steps = []
    for number in range(1, last + 1):
        targets = st.sampled_from([END, *range(number + 1, last + 1)])
        leads = draw(st.dictionaries(st.integers(1, 4), targets, max_size=4))
        steps.append(Step(number, leads))
    return steps


chosen = st.dictionaries(st.integers(1, 12), st.integers(1, 4))


@given(surveys(), chosen)
def test_every_path_ends_and_never_comes_back(steps, taken):
    met = path(steps, taken)

    assert met[0] == 1
    assert met == sorted(set(met))
    assert after(steps, met[-1], taken.get(met[-1])) == END


@given(surveys(), chosen)
def test_a_choice_leads_where_it_says_and_nowhere_else(steps, taken):
    met = path(steps, taken)

    for here, there in pairwise(met):
        leads = steps[here - 1].leads
        assert there == leads.get(taken.get(here), here + 1)


@given(surveys())
def test_ways_forward_are_no_mistake(steps):
    assert mistakes(steps) == []


def test_ways_backwards_or_nowhere_are_mistakes():
    steps = [Step(1, {1: 1, 2: 9}), Step(2, {3: 1, 1: END}), Step(3)]

    assert mistakes(steps) == [(1, 1), (1, 2), (2, 3)]
