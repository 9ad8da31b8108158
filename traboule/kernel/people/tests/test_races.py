from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from traboule.kernel.people import actions, cards
from traboule.kernel.people.models import Card, Channel, Person, SignInCode

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(number: int, act: Callable[[int], object]) -> list[object]:
    """Run ``act(0)`` … ``act(number - 1)`` at the same moment; what each gave or refused."""
    start, answers = Barrier(number), []

    def run(rank: int) -> None:
        try:
            start.wait()
            answers.append(act(rank))
        except actions.Refused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=run, args=[rank]) for rank in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_four_who_type_the_right_code_at_once_use_it_once():
    code, digits = SignInCode.objects.issue("mobile", "+33612345678")

    answers = at_once(4, lambda _: SignInCode.objects.get(pk=code.pk).try_digits(digits))

    assert sorted(answers) == [False, False, False, True]


def test_many_who_guess_at_once_have_five_attempts_between_them():
    code, digits = SignInCode.objects.issue("mobile", "+33612345678")
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"

    at_once(8, lambda _: SignInCode.objects.get(pk=code.pk).try_digits(wrong))

    code.refresh_from_db()
    assert code.attempts == 5


def test_four_who_join_at_once_with_the_same_proof_are_one_person():
    proof = {"kind": "mobile", "value": "+33612345678", "language": "fr"}

    people = at_once(4, lambda _: actions.join(name="Amina", **proof))

    assert people == [Person.objects.get()] * 4


def test_two_removals_at_once_leave_a_door_open():
    channels = [
        Channel(kind="email", value=f"{name}@exemple.fr", verified_at=timezone.now())
        for name in ("a", "b")
    ]
    amina = Person.objects.create_person(name="Amina", channels=channels)

    answers = at_once(2, lambda rank: actions.remove_channel(channel=channels[rank], by=amina))

    assert sorted(answers, key=str) == [None, "refused"]
    assert amina.channels.count() == 1


def test_many_who_guess_at_once_have_five_attempts_at_a_card_between_them():
    nadia = Person.objects.create_person(name="Nadia")
    card, _token, pin = cards.issue(person=nadia, by=nadia)
    wrong = f"{(int(pin) + 1) % 1_000_000:06d}"

    at_once(8, lambda _: Card.objects.get(pk=card.pk).try_pin(wrong))

    card.refresh_from_db()
    assert (card.attempts, card.is_locked) == (5, True)


def test_two_who_hand_out_a_card_at_once_make_one():
    nadia = Person.objects.create_person(name="Nadia")

    made = at_once(2, lambda _: cards.issue(person=nadia, by=nadia).card)

    assert made.count("refused") == 1
    assert nadia.cards.count() == 1


def test_two_who_replace_a_card_at_once_leave_one():
    nadia = Person.objects.create_person(name="Nadia")
    cards.issue(person=nadia, by=nadia)

    at_once(2, lambda _: cards.replace(person=nadia, by=nadia))

    assert (nadia.cards.count(), nadia.cards.live().count()) == (3, 1)
