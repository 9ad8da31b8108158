import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.engines import french

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("réparation", "réparer"),
        ("Vélos", "velo"),
        ("jardins partagés", "jardin partagé"),
        ("l’école", "écoles"),
        ("journaux", "journal"),
        ("cœur", "coeur"),
        ("ÉCHANGER", "échange"),
    ],
)
def test_words_of_one_family_share_their_stem(one, other):
    assert french.terms(one) == french.terms(other)


def test_little_words_are_left_out():
    assert french.terms("la maison d’à côté, qu’il y a dans le quartier") == [
        "maison",
        "cot",
        "quarti",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ordinnateur", "ordinateur"),
        ("sitoyen", "citoyen"),
        ("echanje", "echange"),
        ("jardain", "jardin"),
        ("fotografie", "photographie"),
        ("reparasion", "reparation"),
    ],
)
def test_common_mistakes_find_the_word(typed, meant):
    others = ["ordre", "cite", "jardinier", "repas", "photo", "change"]

    assert french.variants(typed) & french.variants(meant)
    assert french.closest(typed, [*others, meant])[0] == meant


def test_an_unlike_word_is_not_taken_for_another():
    assert french.closest("xyzzy", ["choisi", "lyon", "logement"]) == []


@given(st.text())
def test_any_text_gives_plain_words(text):
    assert all(word.isascii() and word.isalnum() for word in french.words(text))


@given(st.text(LETTERS, min_size=8, max_size=14), st.integers(0, 7))
def test_a_word_with_a_letter_missing_shares_a_variant(word, position):
    sound = french.skeleton(word)
    if len(sound) > 4:
        position %= len(sound)
        without = sound[:position] + sound[position + 1 :]

        assert without in french.variants(word)
