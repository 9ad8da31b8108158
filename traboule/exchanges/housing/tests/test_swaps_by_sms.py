"""Answers by SMS when several exchanges were asked at one number: each goes to its own."""

import pytest
from django.utils import timezone

from traboule.exchanges.housing.actions import swaps
from traboule.exchanges.housing.models import Answer, Stop, Swap, SwapState
from traboule.exchanges.housing.swap_upkeep import REMINDED_BEFORE, remind
from traboule.kernel.notices.delivering import deliver
from traboule.kernel.notices.models import Notice
from traboule.kernel.notices.receiving import receive
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Channel

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = pytest.mark.django_db
MOBILE = "+33612345601"


@pytest.fixture
def households():
    """Four who would all take each other's homes; the first is reached by SMS."""
    landlord = make_landlord(make_exchange_space())
    made = [make_listing(make_dwelling(landlord)) for _ in range(4)]
    first = made[0].tenant
    Channel.objects.create(
        person=first, kind=ChannelKind.MOBILE, value=MOBILE, verified_at=first.joined_at
    )
    return made


def asked(*households):
    """An exchange proposed to all, whose SMS left at noon; its digits."""
    swap = swaps.propose(listings=households, by=None)
    return swap, sent(swap, households[0], "housing.proposed")


def sent(swap, listing, kind):
    move = swap.moves.get(listing=listing)
    notice = Notice.objects.get(kind=kind, person=listing.tenant, data__move=move.pk)
    deliver(notice.pk, now=timezone.localtime().replace(hour=12))
    notice.refresh_from_db()
    return list(notice.digits)


def text(words):
    """What we answer to an SMS from the first household."""
    number = f"{timezone.now().timestamp()}"
    got = receive(gateway_id=number, from_value=MOBILE, text=words, received_at=timezone.now())
    return got.reply


def answer_of(swap, listing):
    return swap.moves.get(listing=listing).answer


@pytest.fixture
def older_and_repair(households):
    """One stopped by a third before the first had answered, and what is proposed instead."""
    first, second, third, fourth = households
    older, digits = asked(first, second, third)
    assert digits == ["1", "2"]
    swaps.answer(move=older.moves.get(listing=third), by=third.tenant, yes=False)
    repair, digits = asked(first, second, fourth)
    assert digits == ["3", "4"]
    return older, repair


@pytest.mark.parametrize("words", ["1", "2", "un"])
def test_a_digit_of_the_older_exchange_never_answers_its_repair(
    households, older_and_repair, words
):
    _older, repair = older_and_repair

    reply = text(words)

    assert "Cet échange est arrêté" in reply
    assert answer_of(repair, households[0]) == Answer.WAITING


@pytest.mark.parametrize(
    ("words", "answer"), [("3", "yes"), ("4", "no"), ("oui", "yes"), ("non merci", "no")]
)
def test_its_own_digits_and_plain_words_answer_the_repair(
    households, older_and_repair, words, answer
):
    _older, repair = older_and_repair

    assert text(words).startswith("C’est noté")

    assert answer_of(repair, households[0]) == answer


def test_a_yes_is_asked_again_of_whom_while_two_exchanges_wait(households):
    first, second, third, _fourth = households
    one, _digits = asked(first, second)
    other, _digits = asked(first, third)

    assert "1 pour" in text("oui")
    assert answer_of(one, first) == Answer.WAITING
    text("3")

    assert (answer_of(one, first), answer_of(other, first)) == (Answer.WAITING, Answer.YES)


def test_a_yes_to_a_reminder_is_one_yes(households):
    first, second, *_others = households
    swap, _digits = asked(first, second)
    Swap.objects.update(proposed_at=timezone.now() - 2 * REMINDED_BEFORE)
    Swap.objects.update(answer_by=timezone.localdate())
    for _time in range(2):
        remind(timezone.now())
    assert sent(swap, first, "housing.reminded") == ["3", "4"]
    unsettled = Notice.objects.unsettled().filter(person=first.tenant)
    assert [one.kind for one in unsettled] == ["housing.reminded"]

    assert text("oui").startswith("C’est noté")

    assert answer_of(swap, first) == Answer.YES


def test_a_no_after_a_yes_goes_by_the_digit_of_that_exchange(households):
    first, second, third, _fourth = households
    one, _digits = asked(first, second)
    other, _digits = asked(first, third)
    text("1")
    text("4")

    text("2")

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.broken_because) == (SwapState.BROKEN, Stop.SAID_NO)
    assert answer_of(other, first) == Answer.NO
