"""A draw keeps its quotas, is the same for everyone, and favours nobody."""

from collections import Counter
from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.engines.sortition import (
    Candidate,
    Lack,
    Outcome,
    PublishedList,
    Quota,
    Unfeasible,
    Unreadable,
    draw,
    fingerprint,
    publish,
    replacement,
)

WOMEN, MEN = {"gender": ("woman",)}, {"gender": ("man",)}
PARITY = Quota(where=WOMEN, less=MEN, least=-1, most=1)


def people(*kinds):
    """Numbered candidates: ``people("w", "m", "wactors")``, a letter of gender then a college."""
    genders = {"w": "woman", "m": "man", "o": "other"}
    return [
        Candidate(
            number=number,
            features={"gender": genders[kind[0]], "college": kind[1:] or "residents"},
        )
        for number, kind in enumerate(kinds, start=1)
    ]


def counted(quota, chosen):
    return sum(quota.weight(one.features) for one in chosen)


def kept(quotas, chosen):
    return all(
        (q.least is None or counted(q, chosen) >= q.least)
        and (q.most is None or counted(q, chosen) <= q.most)
        for q in quotas
    )


pools = st.lists(
    st.tuples(st.sampled_from("wmo"), st.sampled_from(["residents", "actors"])), max_size=7
).map(lambda kinds: people(*[gender + college for gender, college in kinds]))
conditions = st.dictionaries(
    st.sampled_from(["gender", "college"]),
    st.sampled_from(["woman", "man", "residents"]).map(lambda value: (value,)),
    max_size=2,
)
some_quotas = st.lists(
    st.builds(
        Quota,
        where=conditions,
        least=st.none() | st.integers(-1, 2),
        most=st.none() | st.integers(2, 4),
        less=st.none() | conditions,
    ),
    max_size=3,
)


@settings(deadline=None, max_examples=150)
@given(pool=pools, quotas=some_quotas, seats=st.integers(0, 5), seed=st.text(max_size=5))
def test_quotas_are_kept_whenever_any_choice_at_all_keeps_them(pool, quotas, seats, seed):
    possible = any(kept(quotas, chosen) for chosen in combinations(pool, seats))

    try:
        found = draw(pool, seats=seats, quotas=quotas, seed=seed)
    except Unfeasible:
        assert not possible
    else:
        chosen = [one for one in pool if one.number in found.chosen]
        assert possible
        assert len(chosen) == seats
        assert kept(quotas, chosen)
        assert sorted(found.chosen + found.reserve) == [one.number for one in pool]


@settings(deadline=None, max_examples=60)
@given(pool=pools, quotas=some_quotas, seats=st.integers(0, 4), data=st.data())
def test_neither_how_the_list_was_sorted_nor_its_published_form_changes_the_draw(
    pool, quotas, seats, data
):
    shuffled = data.draw(st.permutations(pool))
    text = publish(shuffled, seats=seats, quotas=quotas).write()

    try:
        found = draw(pool, seats=seats, quotas=quotas, seed="12 24 31")
    except Unfeasible:
        with pytest.raises(Unfeasible):
            PublishedList.read(text).draw("12 24 31")
    else:
        assert draw(shuffled, seats=seats, quotas=quotas, seed="12 24 31") == found
        assert PublishedList.read(text).draw("12 24 31") == found
        assert PublishedList.read(text).write() == text


@settings(deadline=None, max_examples=60)
@given(pool=pools, quotas=some_quotas, seats=st.integers(1, 4), seed=st.text(max_size=5))
def test_whoever_is_passed_over_could_not_have_been_taken(pool, quotas, seats, seed):
    try:
        found = draw(pool, seats=seats, quotas=quotas, seed=seed)
    except Unfeasible:
        return
    by_number = {one.number: one for one in pool}
    before = []
    for line in found.lines:
        if line.lacks:
            others = [by_number[later.number] for later in found.lines[line.rank :]]
            taken = [*before, by_number[line.number]]
            completions = combinations(others, seats - len(taken))
            assert not any(kept(quotas, [*taken, *rest]) for rest in completions)
        if line.outcome == Outcome.CHOSEN:
            before.append(by_number[line.number])


def test_without_quotas_the_draw_is_the_order_of_the_digests():
    found = draw(people(*"wwmmww"), seats=2, seed="samedi")
    by_hand = sorted(range(1, 7), key=lambda n: sha256(f"samedi:{n}".encode()).hexdigest())

    assert (found.chosen, found.reserve) == (by_hand[:2], by_hand[2:])


def test_a_short_reserve_leaves_the_others_out():
    found = draw(people(*"wwmmww"), seats=2, seed="samedi", reserve=1)

    assert [line.outcome.value for line in found.lines] == [
        "chosen", "chosen", "reserve", "left", "left", "left",
    ]  # fmt: skip


def test_twenty_one_members_are_drawn_with_parity_in_each_college_and_over_all():
    pool = people(*["wresidents"] * 60, *["mresidents"] * 15, *["wactors"] * 8, *["mactors"] * 20)
    colleges = {"residents": 11, "actors": 10}
    quotas = [PARITY]
    for name, count in colleges.items():
        here = {"college": (name,)}
        quotas += [
            Quota(where=here, least=count, most=count),
            Quota(where={**here, **WOMEN}, less={**here, **MEN}, least=-1, most=1),
        ]

    found = draw(pool, seats=21, quotas=quotas, seed="12 24 31 40 45 chance 3")

    chosen = [one for one in pool if one.number in found.chosen]
    cells = Counter((one.features["college"], one.features["gender"]) for one in chosen)
    assert cells["actors", "woman"] == cells["actors", "man"] == 5
    assert {cells["residents", "woman"], cells["residents", "man"]} == {5, 6}


def test_chance_is_the_same_for_all_those_who_are_alike():
    pool = people(*["w"] * 8, *["m"] * 4)
    draws = 600
    won = Counter()
    for seed in range(draws):
        won.update(draw(pool, seats=4, quotas=[PARITY], seed=f"essai {seed}").chosen)

    # Women: 2 of 8 (1 to 3 with two to a side, here exactly 2); men: 2 of 4, to within chance.
    for one in pool:
        share = won[one.number] / draws
        expected = 1 / 4 if one.features["gender"] == "woman" else 1 / 2
        assert abs(share - expected) < 0.08


@pytest.mark.parametrize(
    ("pool", "quota", "lack"),
    [
        ("wwmmmmmm", Quota(where=WOMEN, least=3), Lack(quota=0, missing=1)),
        ("wmmmmm", PARITY, Lack(quota=0, missing=1)),
        ("wwwwwm", PARITY, Lack(quota=0, excess=1)),
    ],
)
def test_what_cannot_be_met_is_told_with_how_many_are_missing(pool, quota, lack):
    with pytest.raises(Unfeasible) as told:
        draw(people(*pool), seats=4, quotas=[quota], seed="x")

    assert told.value.lacks == (lack,)


def test_too_few_candidates_leave_seats_empty():
    with pytest.raises(Unfeasible) as told:
        draw(people(*"wm"), seats=5, quotas=[Quota(where=WOMEN, most=1)], seed="x")

    assert told.value.lacks == (Lack(quota=None, missing=3),)


def test_two_candidates_cannot_have_one_number():
    with pytest.raises(ValueError, match="number of their own"):
        draw([Candidate(number=1), Candidate(number=1)], seats=1, seed="x")


def test_a_vacancy_calls_the_first_of_the_reserve_who_keeps_the_quotas():
    pool = people(*"wwwmmm")
    members, line = [pool[0], pool[3], pool[4]], [pool[5], pool[1], pool[2]]

    found = replacement(members=members, line=line, seats=4, quotas=[PARITY])

    assert (found.candidate, found.lacks) == (pool[1], ())


def test_when_nobody_keeps_the_quotas_the_closest_is_called_and_what_lacks_is_told():
    pool = people(*"mmmm")

    found = replacement(members=pool[:2], line=pool[2:], seats=3, quotas=[PARITY])

    assert (found.candidate, found.lacks) == (pool[2], (Lack(quota=0, missing=2),))
    assert replacement(members=pool, line=[], seats=5, quotas=[]) is None


def test_the_published_list_says_neither_gender_nor_age_and_its_fingerprint_is_that_of_the_file():
    pool = [
        Candidate(number=1, features={"gender": "woman", "age": "18-25"}),
        Candidate(number=2, features={"gender": "man", "age": "60+"}),
        Candidate(number=3, features={"gender": "woman", "age": "60+"}),
    ]

    text = publish(pool, seats=2, quotas=[PARITY], reserve=1).write()

    assert text == "places;2\nreserve;1\nquota;-1;1;A;B\nnumero;profil\n1;A\n2;B\n3;A\n"
    assert fingerprint(text) == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("line", ["places;beaucoup", "quota;1;2", "sept;A", "1;A;B;C"])
def test_a_published_list_that_was_spoilt_says_at_which_line(line):
    with pytest.raises(Unreadable) as told:
        PublishedList.read(f"places;2\nreserve;\n{line}\n")

    assert told.value.line == 3
