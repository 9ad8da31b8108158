"""No answer is ever ambiguous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.notices import numbering
from traboule.kernel.notices.models import Notice
from traboule.kernel.notices.reading import Offer, read, tokens
from traboule.kernel.notices.tests.conftest import ASKED

asked = st.lists(st.sampled_from("0123456789"), min_size=1, max_size=4, unique=True)


@given(questions=st.lists(asked, max_size=12))
def test_questions_open_together_never_share_a_digit(questions):
    taken: set[str] = set()
    for question in questions:
        digits = numbering.numbered(question, taken=taken)
        assert sorted(digits.values()) == sorted(question)
        assert taken.isdisjoint(digits)
        taken |= set(digits)


@given(questions=st.lists(asked, min_size=1, max_size=6))
def test_a_digit_means_one_answer_of_one_question(questions):
    offers: list[Offer] = []
    for question in questions:
        taken = {offer.digit for offer in offers}
        offers += [Offer(digit, ("oui",)) for digit in numbering.numbered(question, taken=taken)]

    for offer in offers:
        assert read(f"{offer.digit} merci", offers) == [offer]


@given(text=st.text(max_size=60))
def test_any_text_can_be_read(text):
    yes, no = Offer("1", ("oui",)), Offer("2", ("non",))

    assert read(text, [yes, no]) in ([], [yes], [no])


def test_the_digits_asked_for_are_kept_where_free():
    assert numbering.numbered(["1", "2"], taken=()) == {"1": "1", "2": "2"}
    assert numbering.numbered(["1", "2"], taken={"1", "2"}) == {"3": "1", "4": "2"}
    assert numbering.numbered(["0"], taken={"0"}) == {"10": "0"}
    assert numbering.numbered(["2"], taken={"2"}) == {"4": "2"}
    assert numbering.numbered(["1", "2", "3"], taken={"2"}) == {"4": "1", "5": "2", "6": "3"}


def test_digits_are_given_when_the_question_leaves_and_come_free_after_its_last_day(
    nadia, say, carry, diary
):
    first, second = (carry(say(nadia, answers=ASKED)) for _ in range(2))
    assert (list(first.digits), list(second.digits)) == (["1", "2"], ["3", "4"])

    Notice.objects.filter(pk=first.pk).update(answer_by=first.created_at)
    third = carry(say(nadia, answers=ASKED))
    assert list(third.digits) == ["1", "2"]


def test_two_people_told_at_one_number_get_different_digits(person, say, carry, diary):
    karim = person("Karim", mobile="+33612345602")
    told = [say(karim, answers=ASKED), say(person("Nadia", relay=karim), answers=ASKED)]

    digits = [list(carry(notice).digits) for notice in told]

    assert digits == [["1", "2"], ["3", "4"]]


YES, NO = Offer("1", ("oui je viens", "oui", "ok")), Offer("2", ("non",))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", [YES]),
        (" 1. ", [YES]),
        ("1 merci", [YES]),
        ("1 MERCI !!", [YES]),
        ("Bonjour, je réponds 1, bonne soirée", [YES]),
        ("le 2", [NO]),
        ("deux", [NO]),
        ("Oui", [YES]),
        ("oui merci", [YES]),
        ("OK", [YES]),
        ("👍", [YES]),
        ("Oui, je viens", [YES]),
        ("1 oui", [YES]),
        ("non", [NO]),
        ("1 non", []),
        ("1 ou 2", []),
        ("2 personnes", []),
        ("1 mais en retard", []),
        ("J’arrive à 10h30", []),
        ("3", []),
        ("peut-être", []),
        ("", []),
    ],
)
def test_a_reply_is_understood_or_left_to_a_human(text, meant):
    assert read(text, [YES, NO]) == meant


def test_a_yes_to_two_questions_is_ambiguous_and_to_one_open_it_is_not():
    other = Offer("3", ("oui",))

    assert read("oui", [YES, other]) == [YES, other]
    assert read("oui", [Offer("1", ("oui",), is_open=False), other]) == [other]


def test_words_are_folded():
    assert tokens("D’ACCORD, à bientôt") == ["d'accord", "a", "bientot"]
