"""``python -m benchmarks.probing`` prints, as JSON, what to ask this installation for.

It also counts the queries of each page, and with ``--profile`` shows where a page's time goes.
"""

import argparse
import cProfile
import io
import json
import os
import pstats
import random
from itertools import combinations
from urllib.parse import quote

import django

MANY = 2000
"""Different addresses a page: more than a round asks for, so that caches help as they would."""


def main() -> None:
    """Print the addresses and the queries of every page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings")
    django.setup()
    pages = addresses()
    if parser.parse_args().profile:
        for page in ("list", "middle", "sheet"):
            print(profile(pages[page], page))
        return
    print(json.dumps({"pages": pages, "queries": {p: queries(pages[p]) for p in pages}}))


def addresses() -> dict[str, list[str]]:
    """For each page, addresses to ask for in turn."""
    from traboule.kernel.initiatives.vocabulary import Audience, Theme

    chance, words = random.Random(7), _Words()
    filters = [f"?theme={t}&public={a}" for t in Theme.values for a in Audience.values]
    return {
        "home": ["/"],
        "list": ["/initiatives/"],
        "filtered": [f"/initiatives/{pair}" for pair in filters],
        "middle": [f"/initiatives/?avant={key}" for key in _keys(chance)],
        "frequent": _searches(words.frequent()),
        "middling": _searches(words.middling()),
        "rare": _searches(words.rare()),
        "no hit": _searches(words.never_together()),
        "typo": _searches(_misspelt(word, chance) for word in words.middling()),
        "around": [f"/initiatives/?commune={code}&rayon=30" for code in _communes(chance)],
        "sheet": [f"/initiatives/{slug}/" for slug in _slugs(chance)],
    }


def queries(paths: list[str]) -> int:
    """The most queries that one of these pages asks, once the process is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(SERVER_NAME="127.0.0.1"), []
    for path in [paths[0], *paths[:20]]:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        counts.append(len(captured))
    return max(counts[1:])


def profile(paths: list[str], name: str, *, rounds: int = 200) -> str:
    """The functions that cost most, in milliseconds a page."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    for path in paths[:20]:
        client.get(path)
    profiler = cProfile.Profile()
    profiler.enable()
    for i in range(rounds):
        client.get(paths[(20 + i) % len(paths)])
    profiler.disable()
    lines = io.StringIO()
    stats = pstats.Stats(profiler, stream=lines)
    stats.sort_stats("cumulative").print_stats(r"traboule|django|psycopg|sqlite|execute", 60)
    stats.sort_stats("tottime").print_stats(25)
    each = stats.total_tt / rounds * 1000  # type: ignore[attr-defined]
    return f"== {name}: {each:.2f} ms a page under the profiler\n{lines.getvalue()}"


class _Words:
    """Words by how many sheets hold them."""

    def __init__(self) -> None:
        from traboule.engines import french
        from traboule.kernel.initiatives.models import Spelling, Term
        from traboule.kernel.initiatives.search.indexing import EVERY

        frequency = dict(Term.objects.values_list("term", "frequency"))
        self.total = frequency[EVERY]
        words = Spelling.objects.order_by("word").values_list("word", flat=True).distinct()
        self.frequency = {w: frequency.get(french.stem(w), 0) for w in words}

    def frequent(self) -> list[str]:
        return sorted(self.frequency, key=lambda word: -self.frequency[word])[:20]

    def middling(self) -> list[str]:
        return self._near(self.total / 100)

    def rare(self) -> list[str]:
        return self._near(min(10, self.total / 500))

    def never_together(self) -> list[str]:
        """Pairs of words that about one sheet in a hundred holds, and none holds both."""
        from traboule.engines import french
        from traboule.kernel.initiatives.search import backends

        pairs = []
        for pair in combinations(self.middling(), 2):
            groups = [[french.stem(word)] for word in pair]
            counts = [self.frequency[word] for word in pair]
            if not backends.newest(groups, limit=1, before=None, counts=counts, total=self.total):
                pairs.append(" ".join(pair))
            if len(pairs) == 20:
                return pairs
        return pairs

    def _near(self, wanted: float) -> list[str]:
        """Forty words that about so many sheets hold."""
        known = [word for word in self.frequency if self.frequency[word]]
        return sorted(known, key=lambda word: (abs(self.frequency[word] - wanted), word))[:40]


def _searches(words) -> list[str]:
    return [f"/initiatives/?q={quote(word)}" for word in words]


def _misspelt(word: str, chance: random.Random) -> str:
    """The word with one letter doubled that should not be, or with two letters swapped."""
    at = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _keys(chance: random.Random) -> list[int]:
    from traboule.kernel.initiatives.models import Initiative

    last = Initiative.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return [chance.randint(30, last) for _ in range(MANY)]


def _slugs(chance: random.Random) -> list[str]:
    from traboule.kernel.initiatives.models import Initiative

    slugs = Initiative.objects.filter(pk__in=_keys(chance)).order_by("pk")
    found = list(slugs.values_list("slug", flat=True))
    chance.shuffle(found)
    return found


def _communes(chance: random.Random) -> list[str]:
    from traboule.kernel.places.models import Commune

    largest = Commune.objects.order_by("-population", "code").values_list("code", flat=True)[:200]
    return chance.sample(list(largest), 100)


if __name__ == "__main__":
    main()
