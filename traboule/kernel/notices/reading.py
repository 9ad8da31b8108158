"""Reading what people answer by SMS: a little tolerance, and never a guess.

>>> yes, no = Offer("1", ("oui",)), Offer("2", ("non",))
>>> read("1 merci beaucoup", [yes, no])
[Offer(digit='1', words=('oui',), is_open=True)]
>>> read("1 mais en retard", [yes, no])
[]
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from traboule.engines.french import fold

YES = ("oui", "ok", "d'accord", "oui oui", "ouais", "yes", "bien sur", "volontiers")
NO = ("non", "no", "non non", "nan", "non merci")
NUMBERS = {
    word: str(number)
    for number, word in enumerate("zero un deux trois quatre cinq six sept huit neuf dix".split())
}
COURTESY = frozenset(
    """bonjour bonsoir salut coucou merci beaucoup bien svp stp cordialement madame monsieur a
    bientot bonne journee soiree je reponds ma reponse est c'est le la numero choix chiffre sms
    ok d'accord""".split()
)


@dataclass(frozen=True)
class Offer:
    """One answer that a number may send now: its digit, and the words it is also known by.

    A question already answered is no longer open: only its digit changes the answer, since a
    « oui » is more likely meant for another one.
    """

    digit: str
    words: tuple[str, ...] = ()
    is_open: bool = True


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, folded; a thumb up is a yes.

    >>> tokens("D’accord, à 18h !")
    ["d'accord", 'a', '18', 'h']
    """
    return re.findall(r"\d+|[a-z]+(?:'[a-z]+)*", fold(text.replace("👍", " oui ")))


def flat(text: str) -> str:
    """The text for keywords: folded, words and codes one space apart.

    >>> flat("Atelier  4F7K !")
    'atelier 4f7k'
    """
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def is_stop(text: str) -> bool:
    """Whether someone asks for no more SMS."""
    said = tokens(text)
    return said[:1] == ["stop"] and len(said) <= 3


def is_resume(text: str) -> bool:
    """Whether someone who said STOP wants SMS again."""
    return tokens(text) in (["reprendre"], ["start"])


def read(text: str, offers: Sequence[Offer]) -> list[Offer]:
    """The answers a text may mean: one when it is understood, several when it is ambiguous.

    A digit counts alone, with its own words or with courtesies; anything else beside it is for
    a human to read.
    """
    said = [NUMBERS.get(word, word) for word in tokens(text)]
    numbers = {word for word in said if word.isdigit()}
    words = [word for word in said if not word.isdigit()]
    phrases = {" ".join(words), " ".join(word for word in words if word not in COURTESY)}
    if not numbers:
        return [offer for offer in offers if offer.is_open and phrases & set(offer.words)]
    if len(numbers) > 1:
        return []
    return [offer for offer in offers if offer.digit in numbers and phrases & {"", *offer.words}]


def known_by(label: str, words: Sequence[str] = ()) -> tuple[str, ...]:
    """All the words an answer is known by, from its label and what its app says.

    >>> known_by("Oui, je viens")[:3]
    ('oui je viens', 'oui', 'ok')
    """
    said = tokens(label)
    alike = YES if said[:1] == ["oui"] or "oui" in words else NO if said[:1] == ["non"] else ()
    return (" ".join(said), *alike, *words)
