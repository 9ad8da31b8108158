"""Plausible sentences made of the compendium's own words: frequent, middling and rare ones."""

import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from django.conf import settings

from traboule.engines import french
from traboule.kernel.initiatives.loader import read_folder
from traboule.kernel.initiatives.sheet import SECTIONS
from traboule.kernel.initiatives.vocabulary import Theme

SENTENCES = 6000
TITLES = 3000
SHORT = 3
_PATTERNS = ("{0} {1}", "{0} {1} et {2}", "Atelier {0} {1}", "{0} au quartier, {1} {2}")


@dataclass(frozen=True)
class Pool:
    """Texts to draw from: a few come often, most seldom (Zipf's law)."""

    texts: list[str]
    weights: list[float]

    @classmethod
    def of(cls, texts: list[str]) -> "Pool":
        return cls(texts, list(accumulate(1 / (20 + rank) for rank in range(len(texts)))))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.texts, cum_weights=self.weights, k=count)


@dataclass(frozen=True)
class Wording:
    """What the sheets of one theme are told with."""

    titles: Pool
    sentences: Pool


@lru_cache(maxsize=1)
def wordings(seed: int) -> dict[str, Wording]:
    """For each theme, sentences in the words that the compendium's own sheets of it use."""
    sheets = read_folder(settings.COMPENDIUM)
    return {theme: _wording(_words(sheets, theme), f"{seed} {theme}") for theme in Theme.values}


def _words(sheets: list, theme: str) -> list[str]:
    """Every word of a theme's sheets as often as it stands there, so that draws follow its use."""
    texts = [
        getattr(sheet, name)
        for sheet in sheets
        if sheet.theme == theme
        for name in ("title", "summary", *SECTIONS)
    ]
    return [
        word
        for word in " ".join(texts).replace("’", "’ ").split()
        if word.isalpha() and word.islower()
    ]


def _wording(words: list[str], seed: str) -> Wording:
    chance = random.Random(seed)
    telling = sorted({word for word in words if len(word) > SHORT and french.words(word)})
    chance.shuffle(telling)
    titles = [
        chance.choice(_PATTERNS).format(*chance.sample(telling, 3)).capitalize()
        for _ in range(TITLES)
    ]
    sentences = [
        " ".join(chance.choices(words, k=chance.randint(9, 16))).capitalize() + "."
        for _ in range(SENTENCES)
    ]
    return Wording(Pool.of(titles), Pool.of(sentences))
