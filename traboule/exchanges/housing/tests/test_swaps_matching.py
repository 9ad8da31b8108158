"""From listings to the engine and back: who is matched, who never is, what a run proposes."""

import pytest
from django.utils import timezone

from traboule.engines.swaps import parts as territories
from traboule.exchanges.housing import planning, runs
from traboule.exchanges.housing.actions import swap_files, swaps
from traboule.exchanges.housing.models import (
    Feature,
    Origin,
    Refusal,
    Run,
    Screen,
    State,
    Step,
    Swap,
    SwapState,
)
from traboule.kernel.initiatives.tests.factories import make_commune
from traboule.kernel.people.actions import Refused

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_exchange_space()


@pytest.fixture
def landlord(space):
    return make_landlord(space)


def home(landlord, rooms, wants, **values):
    """A household in a home of so many rooms, who wants a home of so many others."""
    wish = {"rooms_min": wants, "rooms_max": wants} | values.pop("wish", {})
    return make_listing(make_dwelling(landlord, rooms=rooms, **values), wish=wish)


def ring(landlord):
    """Three households of which no two can exchange, and all three can."""
    return [home(landlord, 2, 3), home(landlord, 3, 4), home(landlord, 4, 2)]


def run_of(space, execute):
    with execute(execute=True):
        runs.begin(space=space, by=None)
    return Run.objects.get(space=space)


def exchanges_of(space):
    return [
        {move.listing for move in swap.moves.all()}
        for swap in Swap.objects.filter(space=space).order_by("pk")
    ]


def test_a_run_finds_a_ring_of_three_and_proposes_it_to_all(
    space, landlord, django_capture_on_commit_callbacks
):
    three = ring(landlord)

    run = run_of(space, django_capture_on_commit_callbacks)

    assert (run.tenants, run.weight, run.upper_bound) == (3, run.weight, run.weight)
    assert run.listings == 3
    assert exchanges_of(space) == [set(three)]
    assert Swap.objects.get().origin == Origin.ENGINE


def test_who_does_not_want_several_is_asked_for_pairs_only(
    space, landlord, django_capture_on_commit_callbacks
):
    three = ring(landlord)
    three[0].wants_several = False
    three[0].save()

    assert run_of(space, django_capture_on_commit_callbacks).tenants == 0


def test_who_hides_from_someone_is_in_no_exchange_with_them(
    space, landlord, django_capture_on_commit_callbacks
):
    three = ring(landlord)
    Screen.objects.create(listing=three[0], person=three[2].tenant)

    assert run_of(space, django_capture_on_commit_callbacks).tenants == 0


def test_a_rent_over_by_cents_and_a_feature_that_lacks_never_fit(
    space, landlord, django_capture_on_commit_callbacks
):
    home(landlord, 2, 3, wish={"max_rent": 500}), home(landlord, 3, 2, rent="500.10")
    home(landlord, 5, 6, wish={"must": Feature.BATH}), home(landlord, 6, 5)

    assert run_of(space, django_capture_on_commit_callbacks).tenants == 0


def test_a_run_leaves_alone_those_who_are_asked_already(
    space, landlord, django_capture_on_commit_callbacks
):
    ring(landlord)
    run_of(space, django_capture_on_commit_callbacks)
    Run.objects.all().delete()

    assert run_of(space, django_capture_on_commit_callbacks).listings == 0


def test_a_chain_begins_with_an_empty_home(space, landlord, django_capture_on_commit_callbacks):
    seeker = home(landlord, 2, 3)
    empty = make_dwelling(landlord, rooms=3, vacant_from=timezone.localdate())

    run_of(space, django_capture_on_commit_callbacks)

    move = Swap.objects.get().moves.get()
    assert (move.listing, move.dwelling) == (seeker, empty)


def test_one_search_at_a_time(space):
    runs.begin(space=space, by=None)

    with pytest.raises(Refused, match="en cours"):
        runs.begin(space=space, by=None)


def test_a_task_done_twice_proposes_once(space, landlord, django_capture_on_commit_callbacks):
    ring(landlord)
    run = run_of(space, django_capture_on_commit_callbacks)

    runs.split_run.func(run.pk)
    runs.solve_part.func(run.parts.get().pk)

    assert Swap.objects.count() == 1


def test_parts_are_solved_apart_and_joined_across_their_borders(
    space, landlord, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(planning, "PART_AT_LEAST", 1)
    monkeypatch.setattr(territories, "IN_COMMON", 2)
    here, there = space.initiative.commune, make_commune("74010")
    ring(landlord)
    home(landlord, 7, 8, wish={"places": [there]})
    home(landlord, 8, 7, commune=there, wish={"places": [here]})

    run = run_of(space, django_capture_on_commit_callbacks)

    assert [len(part.listings) for part in run.parts.all()] == [4, 1]
    assert (run.tenants, run.weight) == (5, run.upper_bound)


def test_who_left_while_their_part_was_solved_is_in_no_exchange(space, landlord, monkeypatch):
    monkeypatch.setattr(planning, "PART_AT_LEAST", 1)
    there = make_commune("74010")
    three = ring(landlord)
    home(landlord, 7, 8, commune=there, wish={"places": [there]})
    home(landlord, 8, 7, commune=there, wish={"places": [there]})
    parts = planning.split(planning.board_of(space))
    solved = [planning.solve(planning.board_of(space, one), 3, alone=False) for one in parts]
    three[0].state = State.PAUSED
    three[0].save()

    plan = planning.join(planning.board_of(space), 3, parts, solved)

    assert [len(one.exchanges) for one in solved] == [1, 1]
    assert [len(names) for names in plan.exchanges] == [2]
    assert sum(plan.worths) == plan.bound


def test_when_the_third_declines_the_two_others_are_proposed_something_else(
    space, landlord, django_capture_on_commit_callbacks
):
    three = ring(landlord)
    stand_in = home(landlord, 4, 2)
    swap = swaps.propose(listings=three, by=three[0].tenant)
    swaps.answer(move=swap.moves.get(listing=three[1]), by=three[1].tenant, yes=True)

    with django_capture_on_commit_callbacks(execute=True):
        swaps.answer(move=swap.moves.get(listing=three[2]), by=three[2].tenant, yes=False)

    repair = Swap.objects.get(repairs=swap)
    assert {move.listing for move in repair.moves.all()} == {three[0], three[1], stand_in}
    assert swap.milestones.last().step == Step.REPAIRED
    for move in repair.moves.all():
        swaps.answer(move=move, by=move.listing.tenant, yes=True)
    repair.refresh_from_db()
    assert repair.state == SwapState.AGREED


def test_what_a_landlord_refused_is_not_proposed_again(
    space, landlord, django_capture_on_commit_callbacks
):
    other = make_landlord(space)
    one, two = home(landlord, 2, 3), home(other, 3, 2)
    swap = swaps.propose(listings=[one, two], by=one.tenant)
    swaps.answer(move=swap.moves.get(listing=two), by=two.tenant, yes=True)

    with django_capture_on_commit_callbacks(execute=True):
        swap_files.refuse(
            decision=swap.decisions.get(landlord=other), by=one.tenant, ground=Refusal.CEILING
        )

    assert Swap.objects.count() == 1
    assert run_of(space, django_capture_on_commit_callbacks).tenants == 0
