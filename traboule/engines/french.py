"""French words as people type them: folded, stemmed, and forgiven.

>>> terms("Réparation d’ordinateurs")
['repar', 'ordin']
>>> skeleton("ordinnateur") == skeleton("ordinateur")
True
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from rapidfuzz.distance import OSA

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_STOP_WORDS = frozenset(
    """a afin ai alors apres as au aucun aussi autre autres aux avant avec avez bien c ca car ce
    ceci cela celle ces cet cette ceux chaque chez ci comme comment d dans de des donc dont du elle
    elles en encore entre es est et eu eux fait faites hors il ils j je l la le les leur leurs lors
    lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par parce pas peu plus pour
    pourquoi qu quand que quel quelle quelles quels qui s sa sans se sera ses si soit son sont sous
    sur t ta te tes toi ton tous tout toute toutes tres tu un une vos votre vous vu y""".split()
)
_SOUNDS = [  # Spellings that sound alike, after folding; applied in order.
    (re.compile("ph"), "f"),
    (re.compile("ch|sh"), "x"),
    (re.compile("eau|au"), "o"),
    (re.compile("qu|ck|k|c(?=[aou]|l|r|t|$)"), "k"),
    (re.compile("c(?=[eiy])|sc(?=[eiy])"), "s"),
    (re.compile("y"), "i"),
    (re.compile("z"), "s"),
    (re.compile("h"), ""),
    (re.compile("[ae]n|[ae]m(?=[bp])"), "an"),
    (re.compile(r"(.)\1+"), r"\1"),
]
_snowball = snowballstemmer.stemmer("french")


def fold(text: str) -> str:
    """Lower case without accents or ligatures: ``Œuvre d’été`` → ``oeuvre d'ete``."""
    text = unicodedata.normalize("NFKD", text.translate(_LIGATURES).lower().replace("’", "'"))
    return "".join(c for c in text if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Folded words in reading order, without stop words and elided articles."""
    return [w for w in re.findall(r"[a-z0-9]+", fold(text)) if w not in _STOP_WORDS]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The part that a folded word shares with its family: ``velos`` → ``velo``."""
    if word.isdigit() or len(word) < 4:
        return word
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 5:
        word = word[:-3] + "al"
    elif word[-1] in "sx" and word[-2:] != "ss":
        word = word[:-1]
    stemmed: str = _snowball.stemWord(word)
    return stemmed


def terms(text: str) -> list[str]:
    """The stems to index or to look for, in reading order, each once."""
    return list(dict.fromkeys(stem(word) for word in words(text)))


@lru_cache(maxsize=65_536)
def skeleton(term: str) -> str:
    """How a term sounds, roughly: the same for the commonest spelling mistakes."""
    for pattern, sound in _SOUNDS:
        term = pattern.sub(sound, term)
    return term


def variants(word: str) -> set[str]:
    """A word's skeleton, and that skeleton with any one letter left out.

    Two words one mistake apart (a letter more, less, changed, or two swapped) share a variant.
    """
    sound = skeleton(word)
    return {sound} | {sound[:i] + sound[i + 1 :] for i in range(len(sound)) if len(sound) > 3}


def closest(word: str, candidates: list[str], *, most: int = 3) -> list[str]:
    """The candidates that sound the same, or nearly so while looking alike; nearest first."""
    sound = skeleton(word)
    sounds_near = 0 if len(sound) < 4 else 1 if len(sound) < 7 else 2
    looks_near = 1 + len(word) // 4
    near = sorted(
        (OSA.distance(sound, skeleton(other)), OSA.distance(word, other), other)
        for other in set(candidates)
    )
    return [
        other
        for heard, seen, other in near
        if heard == 0 or (heard <= sounds_near and seen <= looks_near)
    ][:most]
