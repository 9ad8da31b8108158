"""Chunks of generated sheets: the same number and seed always give the same sheets."""

import datetime
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from django.db.models import TextChoices
from django.utils.text import slugify

from traboule.engines import french
from traboule.kernel.initiatives.models import Initiative, Result
from traboule.kernel.initiatives.search import indexing
from traboule.kernel.initiatives.vocabulary import Audience, Origin, State, Theme, ToolKind
from traboule.kernel.people.models import Organisation
from traboule.kernel.places.models import Commune, Department
from traboule.kernel.places.shipped import shipped

from .wording import Wording, wordings

SEED = 1831
SHEETS_AN_ORGANISATION = 20
RESULTS = 2
CHILDREN = 0.05
"""The share of sheets that took another as their model."""

THEMES, STATES, ORIGINS = Theme.values, State.values, Origin.values
AUDIENCES, TOOL_KINDS = Audience.values, ToolKind.values
NEWEST = datetime.datetime(2026, 11, 1, 9, 30, tzinfo=datetime.UTC)
_PLACES = "la Gare, le Port, les Tilleuls, la Plaine, le Grand Pré, la Croix, le Moulin".split(", ")
_UNITS = ["personnes", "ateliers", "heures", "familles", "ordinateurs"]
_KINDS = ["Association", "Centre social", "Régie de quartier", "Maison pour tous", "Collectif"]


@dataclass
class Chunk:
    """Rows ready to write, and what the index needs to know of them."""

    initiatives: list[Initiative] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    partnerships: list[tuple[int, int, int, str, int]] = field(default_factory=list)
    lineages: list[tuple[int, int, int]] = field(default_factory=list)
    documents: list[tuple[int, str]] = field(default_factory=list)
    frequencies: Counter[str] = field(default_factory=Counter)
    spellings: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Country:
    """The real communes, drawn the more often the more people live there."""

    communes: list[Commune]
    weights: list[float]

    def draw(self, chance: random.Random) -> Commune:
        return chance.choices(self.communes, cum_weights=self.weights)[0]


@lru_cache(maxsize=1)
def country() -> Country:
    places = shipped()
    departments = {
        code: Department(code=code, name=name, region_id=region)
        for code, name, region in places.departments
    }
    communes = [
        Commune(
            code=row.code,
            name=row.name,
            department=departments[row.department],
            latitude=row.latitude,
            longitude=row.longitude,
        )
        for row in places.communes
    ]
    return Country(communes, list(accumulate((1 + r.population) ** 0.7 for r in places.communes)))


def organisations(sheets: int) -> Iterator[Organisation]:
    """The holders of so many sheets."""
    return (organisation(key) for key in range(1, 1 + max(10, sheets // SHEETS_AN_ORGANISATION)))


@lru_cache(maxsize=100_000)
def organisation(key: int) -> Organisation:
    chance = random.Random(f"{SEED} organisation {key}")
    name = f"{chance.choice(_KINDS)} de {country().draw(chance).name}"
    return Organisation(pk=key, name=name, kind="association")


def chunk(first: int, last: int, sheets: int) -> Chunk:
    """The sheets of keys ``first`` to ``last`` among ``sheets`` in all."""
    chance, made = random.Random(f"{SEED} {first}"), Chunk()
    holders = max(10, sheets // SHEETS_AN_ORGANISATION)
    for key in range(first, last + 1):
        initiative = _initiative(key, chance, holders, age=(sheets - key) / sheets)
        partner = organisation(chance.randint(1, holders))
        results = list(_results(initiative, chance))
        made.initiatives.append(initiative)
        made.results += results
        made.partnerships.append((key, key, partner.pk, "Accueille les séances", 0))
        if key > 1 and chance.random() < CHILDREN:
            made.lineages.append((key, chance.randint(1, key - 1), key))
        _index(made, initiative, results, partner)
    return made


def _initiative(key: int, chance: random.Random, holders: int, *, age: float) -> Initiative:
    theme = chance.choice(THEMES)
    wording = wordings(SEED)[theme]
    commune = country().draw(chance)
    (title,) = wording.titles.draw(chance, 1)
    (summary,) = wording.sentences.draw(chance, 1)
    told = NEWEST - datetime.timedelta(days=1500 * age)
    texts, html = _texts(wording, chance)
    return Initiative(
        pk=key,
        slug=f"{_slug(title)}-{key}",
        title=title,
        summary=summary,
        theme=theme,
        state=chance.choices(STATES, cum_weights=[1, 8, 10])[0],
        origin=chance.choice(ORIGINS),
        holder=organisation(chance.randint(1, holders)),
        commune=commune,
        place_name=f"Quartier {chance.choice(_PLACES)}",
        latitude=round(commune.latitude + chance.uniform(-0.02, 0.02), 5),
        longitude=round(commune.longitude + chance.uniform(-0.02, 0.02), 5),
        started=str(told.year),
        confirmed=f"{told:%Y-%m}",
        audiences=chance.sample(AUDIENCES, 2),
        tool_kinds=chance.sample(TOOL_KINDS, 2),
        time="Deux heures par semaine.",
        people="Une personne qui anime.",
        links=[{"label": "Le site", "url": f"https://exemple.fr/{key}"}],
        contact_name="L’accueil",
        texts=texts,
        html=html,
        published_at=told,
        revised_at=told,
    )


def _texts(wording: Wording, chance: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """About a kilobyte, as Markdown and as the product would have rendered it."""
    drawn = wording.sentences.draw(chance, 9)
    paragraphs, listed = [" ".join(drawn[:3]), " ".join(drawn[3:6])], drawn[6:9]
    texts = {"description": "\n\n".join(paragraphs), "steps": "\n".join(f"- {s}" for s in listed)}
    html = {
        "description": "\n".join(f"<p>{p}</p>" for p in paragraphs) + "\n",
        "steps": "<ul>\n" + "\n".join(f"<li>{s}</li>" for s in listed) + "\n</ul>\n",
    }
    return texts, html


def _results(initiative: Initiative, chance: random.Random) -> Iterator[Result]:
    for position in range(RESULTS):
        unit = chance.choice(_UNITS)
        yield Result(
            pk=initiative.pk * RESULTS + position,
            initiative=initiative,
            label=f"{unit.capitalize()} en un an",
            figure=chance.randint(3, 400),
            unit=unit,
            period="par an",
            source="Bilan",
            source_date=initiative.started,
            position=position,
        )


def _index(
    made: Chunk, initiative: Initiative, results: list[Result], partner: Organisation
) -> None:
    """What ``search.indexing.index`` would store, with each repeated text taken apart once."""
    texts, headings = _found_texts(initiative, results, partner)
    words = indexing.marks(initiative).union(*map(_stems, texts), *map(_titles, headings))
    made.documents.append((initiative.pk, " ".join(sorted(words))))
    made.frequencies.update(words)
    made.spellings.update(*map(_spelt, texts))


def _found_texts(
    initiative: Initiative, results: list[Result], partner: Organisation
) -> tuple[list[str], list[str]]:
    """The parts of ``indexing.full_text`` and ``indexing.headings``, one by one."""
    headings = [
        initiative.title,
        initiative.summary,
        initiative.place_name,
        initiative.commune.name,
        initiative.holder.name,
    ]
    labels = (
        _labels(ToolKind, *initiative.tool_kinds),
        _labels(Audience, *initiative.audiences),
        _labels(Theme, initiative.theme),
    )
    others = [
        initiative.commune.department.name,
        partner.name,
        *(result.label for result in results),
    ]
    sentences = [s for text in initiative.texts.values() for s in _sentences(text)]
    return [*headings, *labels, *others, *sentences], headings


def _sentences(text: str) -> list[str]:
    return text.replace("\n", ". ").split(". ")


@lru_cache(maxsize=1000)
def _labels(vocabulary: type[TextChoices], *values: str) -> str:
    return " ".join(str(vocabulary(value).label) for value in values)


@lru_cache(maxsize=200_000)
def _words(text: str) -> list[str]:
    return french.words(text)


@lru_cache(maxsize=200_000)
def _stems(text: str) -> list[str]:
    return [french.stem(word)[:78] for word in _words(text)]


@lru_cache(maxsize=200_000)
def _titles(text: str) -> list[str]:
    return [indexing.in_title(term)[:80] for term in french.terms(text)]


@lru_cache(maxsize=200_000)
def _spelt(text: str) -> frozenset[str]:
    return frozenset(word for word in _words(text) if word.isalpha() and len(word) > 3)


@lru_cache(maxsize=200_000)
def _slug(title: str) -> str:
    return slugify(title)[:60].strip("-")


def product_words(initiative: Initiative, results: list[Result], partner: Organisation) -> set[str]:
    """What the product itself would index: the judge of ``_index``."""
    initiative._prefetched_objects_cache = {
        "results": results,
        "partnerships": [_Partner(partner)],
    }
    text = indexing.full_text(initiative)
    headings = french.terms(indexing.headings(initiative))
    return (
        indexing.marks(initiative)
        | {french.stem(word)[:78] for word in french.words(text)}
        | {indexing.in_title(term)[:80] for term in headings}
    )


@dataclass(frozen=True)
class _Partner:
    organisation: Organisation
