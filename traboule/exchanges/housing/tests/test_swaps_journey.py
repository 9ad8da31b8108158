"""An exchange from its proposal to its end: answers, agreement, file, decisions, new homes."""

import datetime

import pytest
from django.utils import timezone

from traboule.exchanges.housing.actions import swap_files, swaps
from traboule.exchanges.housing.models import (
    Answer,
    DecisionState,
    Move,
    Origin,
    Piece,
    Refusal,
    State,
    Stop,
    Swap,
    SwapState,
)
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def space():
    return make_exchange_space()


@pytest.fixture
def landlords(space):
    return make_landlord(space), make_landlord(space)


@pytest.fixture
def pair(landlords):
    """Two households of two landlords, each of which would take the other's home."""
    return [make_listing(make_dwelling(one)) for one in landlords]


def say(swap, listing, yes=True):
    swaps.answer(move=swap.moves.get(listing=listing), by=listing.tenant, yes=yes)
    swap.refresh_from_db()


def agreed(listings, **values):
    swap = swaps.propose(listings=listings, by=listings[0].tenant, **values)
    for one in listings[1:]:
        say(swap, one)
    return swap


def validated(listings, **values):
    swap = agreed(listings, **values)
    officer = listings[0].tenant
    for piece in Piece.objects.filter(move__swap=swap):
        swap_files.give_piece(piece=piece, by=officer)
        swap_files.accept_pieces(move=piece.move, landlord=piece.landlord, by=officer)
    for decision in swap.decisions.all():
        swap_files.accept(decision=decision, by=officer)
    swap.refresh_from_db()
    return swap


def steps(swap):
    return list(swap.milestones.values_list("step", flat=True))


def told(listing):
    rows = Notice.objects.filter(person=listing.tenant).order_by("pk")
    return [kind for kind in rows.values_list("kind", flat=True) if kind.startswith("housing.")]


def test_a_proposal_is_told_to_those_who_did_not_make_it_and_is_made_once(pair):
    swap = swaps.propose(listings=pair, by=pair[0].tenant)
    again = swaps.propose(listings=pair[::-1], by=pair[1].tenant)

    assert again == swap
    assert [move.answer for move in swap.moves.all()] == [Answer.YES, Answer.WAITING]
    assert (told(pair[0]), told(pair[1])) == ([], ["housing.proposed"])


def test_when_all_say_yes_the_homes_are_theirs_and_the_landlords_are_asked(pair, landlords):
    officer = make_officer(landlords[1])

    swap = agreed(pair)

    assert swap.state == SwapState.AGREED
    assert [one.landlord for one in swap.decisions.all()] == list(landlords)
    assert swap.moves.filter(is_binding=True).count() == 2
    assert Notice.objects.filter(person=officer, kind="housing.to-decide").count() == 1
    assert steps(swap) == ["proposed", "said-yes", "agreed"]


def test_an_exchange_that_claims_a_home_already_promised_is_closed_with_a_word(pair, landlords):
    third = make_listing(make_dwelling(landlords[0]))
    rival = swaps.propose(listings=[third, pair[1]], by=third.tenant)

    agreed(pair)

    rival.refresh_from_db()
    assert (rival.state, rival.broken_because) == (SwapState.BROKEN, Stop.TAKEN)
    assert told(third) == ["housing.stopped"]
    with pytest.raises(Refused, match="un autre échange s’est conclu avant"):
        say(rival, pair[1])
    with pytest.raises(Refused):
        swaps.propose(listings=[third, pair[1]], by=third.tenant)


def test_a_yes_said_again_once_the_exchange_has_stopped_hears_that_it_has(pair):
    swap = swaps.propose(listings=pair, by=pair[0].tenant)
    say(swap, pair[1], yes=False)

    with pytest.raises(Refused, match="Cet échange est arrêté"):
        say(swap, pair[0])
    say(swap, pair[1], yes=False)


def test_nobody_has_to_call_whoever_answered_nor_anyone_once_it_has_stopped(pair, landlords):
    third = make_listing(make_dwelling(landlords[0]))
    swap = swaps.propose(listings=[*pair, third], by=None)
    asked = Notice.objects.filter(kind="housing.proposed")

    say(swap, pair[0])
    assert {one.person for one in asked.unsettled()} == {pair[1].tenant, third.tenant}

    say(swap, third, yes=False)
    assert not asked.unsettled().exists()


def test_a_household_in_pause_by_then_stops_the_exchange(pair):
    swap = swaps.propose(listings=pair, by=pair[0].tenant)
    pair[0].state = State.PAUSED
    pair[0].save()

    say(swap, pair[1])

    assert (swap.state, swap.broken_because) == (SwapState.BROKEN, Stop.GONE)


def test_a_landlord_says_yes_once_the_papers_it_asked_for_are_right(pair):
    swap = agreed(pair)
    decision = swap.decisions.first()

    with pytest.raises(Refused, match="pièces"):
        swap_files.accept(decision=decision, by=pair[0].tenant)

    assert validated(pair) == swap
    assert swap.decisions.filter(state=DecisionState.ACCEPTED).count() == 2
    assert steps(swap)[-2:] == ["accepted", "validated"]


def test_an_exchange_that_is_done_houses_its_households_and_ends_old_leases(pair):
    swap, by = validated(pair), pair[0].tenant
    swap_files.set_inventory(swap=swap, by=by, on=TODAY() + datetime.timedelta(9))
    with pytest.raises(Refused, match="bail"):
        swap_files.finish(swap=swap, by=by)
    for move in swap.moves.all():
        swap_files.sign_lease(move=move, by=by, on=TODAY())

    swap_files.finish(swap=swap, by=by)

    for one in pair:
        one.refresh_from_db()
        one.dwelling.refresh_from_db()
    assert [one.state for one in pair] == [State.HOUSED] * 2
    assert [one.dwelling.lease for one in pair] == ["", ""]
    assert not Move.objects.filter(is_binding=True).exists()
    assert steps(swap)[-4:] == ["inventory", "lease", "lease", "done"]


def test_a_chain_from_an_empty_home_leaves_the_first_home_free(pair, landlords):
    empty = make_dwelling(landlords[0], vacant_from=TODAY())
    swap, by = validated(pair, vacant=empty), pair[0].tenant
    for move in swap.moves.all():
        swap_files.sign_lease(move=move, by=by, on=TODAY())
    swap_files.finish(swap=swap, by=by)

    empty.refresh_from_db()
    homes = [one.dwelling for one in pair]
    for home in homes:
        home.refresh_from_db()
    assert [empty.vacant_from, *(home.vacant_from for home in homes)] == [None, TODAY(), None]


def test_a_landlord_refuses_on_a_published_ground_and_frees_everyone(pair):
    swap = agreed(pair)

    swap_files.refuse(
        decision=swap.decisions.first(), by=pair[0].tenant, ground=Refusal.UNDER_OCCUPIED
    )

    swap.refresh_from_db()
    assert (swap.state, swap.broken_because) == (SwapState.BROKEN, Stop.REFUSED)
    assert not swap.moves.filter(is_binding=True).exists()
    assert swap.decisions.first().get_ground_display() == Refusal.UNDER_OCCUPIED.label


def test_an_sms_with_a_digit_answers(pair):
    swap = swaps.propose(listings=pair, by=pair[0].tenant)
    from traboule.exchanges.housing import swap_answers

    notice = Notice.objects.get(person=pair[1].tenant, kind="housing.proposed")
    assert notice.answers == {"1": "housing.swap-yes", "2": "housing.swap-no"}

    swap_answers.no(notice, pair[1].tenant, by=pair[1].tenant, via="sms")

    swap.refresh_from_db()
    assert swap.broken_because == Stop.SAID_NO


def test_the_one_who_leaves_on_the_eve_leaves_the_others_another_exchange(
    pair, landlords, django_capture_on_commit_callbacks
):
    third = make_listing(make_dwelling(landlords[0]))
    swap = agreed(pair)
    leaver = swap.moves.get(listing=pair[1])

    with django_capture_on_commit_callbacks(execute=True):
        swaps.leave(move=leaver, by=pair[1].tenant)

    repair = Swap.objects.get(repairs=swap)
    assert {move.listing for move in repair.moves.all()} == {pair[0], third}
    assert repair.origin == Origin.REPAIR
    assert steps(swap)[-1] == "repaired"
