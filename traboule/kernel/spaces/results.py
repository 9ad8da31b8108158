"""The results of a space, measured from what happened there; split only where nobody shows."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from traboule.kernel.initiatives.exchange.writers import BOM, csv_lines
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.people.consents import ConsentState, states_for
from traboule.kernel.people.models import Gender, Person, Purpose

from .blocks import Indicator, Period, all_indicators
from .models import Space

SCHOOL_YEAR_BEGINS = 9
KEPT_FOR = 300
"""Seconds during which pages show a result as it was counted, and say when."""
AGE_BANDS = ((0, 11), (12, 17), (18, 25), (26, 39), (40, 59), (60, None))


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One result of a space over a period, as it stood at an instant."""

    indicator: Indicator
    value: float
    period: Period
    at: datetime.datetime = field(default_factory=timezone.now)

    @property
    def number(self) -> str:
        """The figure as people read it: ``1 240``, ``2,5``."""
        places = 0 if float(self.value).is_integer() else 1
        return number_format(self.value, decimal_pos=places, force_grouping=True)

    @property
    def unit(self) -> str:
        """What is counted, as said of that many: « 1 séance », « 2,5 heures »."""
        return self.indicator.unit(ceil(self.value))

    @property
    def when(self) -> str:
        """The period in words."""
        return words_of(self.period)


def followed(space: Space) -> list[Indicator]:
    """The results that the space shows; one whose block is gone is left out."""
    return [one for one in all_indicators() if one.key in space.indicator_keys]


def measure(space: Space, period: Period | None = None) -> list[Measured]:
    """What the space's results are over a period: since the beginning when none is given."""
    period = period or Period()
    return [
        Measured(indicator=one, value=one.value(space, period), period=period)
        for one in followed(space)
    ]


def latest(space: Space) -> list[Measured]:
    """The same since the beginning, counted again after a few minutes only."""
    return [_kept(space, one) for one in followed(space)]


def _kept(space: Space, indicator: Indicator) -> Measured:
    key = f"result/{space.pk}/{indicator.key}"
    kept: tuple[float, datetime.datetime] | None = cache.get(key)
    if kept is None:
        kept = indicator.value(space, Period()), timezone.now()
        cache.set(key, kept, KEPT_FOR)
    value, at = kept
    return Measured(indicator=indicator, value=value, period=Period(), at=at)


def draw_on_sheet(request: HttpRequest, initiative: Initiative) -> str:
    """What a sheet shows as measured here, beside what was reported; nothing without a space."""
    space = getattr(initiative, "space", None)
    measured = begun(latest(space)) if space else []
    if not measured:
        return ""
    return render_to_string("spaces/_sheet_measured.html", {"measured": measured}, request)


def begun(measured: list[Measured]) -> list[Measured]:
    """The same once there is something to show; a row of noughts tells nobody anything."""
    return measured if any(one.value for one in measured) else []


# Periods


@dataclass(frozen=True)
class PeriodChoice:
    """A period that one picks by its key."""

    key: str
    label: str
    period: Period


def periods(space: Space, today: datetime.date) -> list[PeriodChoice]:
    """Since the beginning, then school years, calendar years and months, the latest first."""
    begun = min(space.starts_on, today)
    last = space.ends_on if space.ends_on and space.ends_on < today else today
    schools = range(_school_year_of(last), _school_year_of(begun) - 1, -1)
    return [
        PeriodChoice("tout", _("Depuis le début"), Period()),
        *map(_school_year, schools),
        *map(_calendar_year, range(last.year, begun.year - 1, -1)),
        *map(_month, _months(begun, last)),
    ]


def words_of(period: Period) -> str:
    """A period in words, none for all the time there was."""
    first = date_format(period.start, "j F Y") if period.start else ""
    last = date_format(period.end, "j F Y") if period.end else ""
    if first and last:
        return _("du %(first)s au %(last)s") % {"first": first, "last": last}
    return _("depuis le début")


def _school_year_of(day: datetime.date) -> int:
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def _school_year(year: int) -> PeriodChoice:
    label = _("Année scolaire %(first)d-%(last)d") % {"first": year, "last": year + 1}
    period = Period(start=datetime.date(year, 9, 1), end=datetime.date(year + 1, 8, 31))
    return PeriodChoice(f"scolaire-{year}", label, period)


def _calendar_year(year: int) -> PeriodChoice:
    period = Period(start=datetime.date(year, 1, 1), end=datetime.date(year, 12, 31))
    return PeriodChoice(f"annee-{year}", _("Année %(year)d") % {"year": year}, period)


def _month(first: datetime.date) -> PeriodChoice:
    after = (first + datetime.timedelta(days=31)).replace(day=1)
    period = Period(start=first, end=after - datetime.timedelta(days=1))
    return PeriodChoice(f"mois-{first:%Y-%m}", date_format(first, "F Y").capitalize(), period)


def _months(begun: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The first days of the twelve last months at most, the latest first."""
    first, shown = last.replace(day=1), 0
    while first >= begun.replace(day=1) and shown < 12:
        yield first
        first, shown = (first - datetime.timedelta(days=1)).replace(day=1), shown + 1


# Groups


@dataclass(frozen=True)
class Cell:
    """One group of a split: how many are in it, or that it is not said."""

    label: str
    count: int
    shown: bool
    small: bool = False

    @property
    def text(self) -> str:
        """The number, or why there is none."""
        if self.shown:
            return str(self.count)
        if self.small:
            return _("moins de %(number)d") % {"number": settings.SMALL_GROUP}
        return _("masqué")


@dataclass(frozen=True)
class Split:
    """A total by groups of people."""

    label: str
    cells: list[Cell]


def splits(indicator: Indicator, space: Space, period: Period) -> list[Split]:
    """The people a result counts, by neighbourhood, gender and age; only what tells of nobody."""
    if indicator.people is None:
        return []
    counted = indicator.people(space, period)
    people = list(
        Person.objects.filter(pk__in=counted.values("pk")).select_related("neighbourhood")
    )
    _forget_what_is_not_to_be_counted(people)
    year = (period.end or timezone.localdate()).year
    ways: tuple[tuple[str, Callable[[Person], str]], ...] = (
        (_("quartier"), _neighbourhood_of),
        (_("genre"), _gender_of),
        (_("âge"), lambda person: age_band(person.birth_year, year)),
    )
    found = []
    for label, group_of in ways:
        counts = Counter(map(group_of, people))
        if cells := protected(dict(sorted(counts.items()))):
            found.append(Split(label, cells))
    return found


def _forget_what_is_not_to_be_counted(people: list[Person]) -> None:
    """Those who said no, or whose yes has run out, count as one more person and no more."""
    states = states_for(people, [Purpose.DATA])
    for person in people:
        if states[person.pk][Purpose.DATA] in {ConsentState.REFUSED, ConsentState.EXPIRED}:
            person.birth_year, person.gender, person.neighbourhood = None, "", None


def age_band(birth_year: int | None, year: int) -> str:
    """The band of ages in which someone born that year is, at the end of the given one."""
    for first, last in AGE_BANDS if birth_year else ():
        age = year - (birth_year or 0)
        if last is None and age >= first:
            return _("%(first)d ans et plus") % {"first": first}
        if last is not None and first <= age <= last:
            return _("%(first)02d à %(last)d ans") % {"first": first, "last": last}
    return _("inconnu")


def _neighbourhood_of(person: Person) -> str:
    return person.neighbourhood.name if person.neighbourhood else _("hors quartier ou inconnu")


def _gender_of(person: Person) -> str:
    return str(Gender(person.gender).label) if person.gender else _("inconnu")


def protected(counts: dict[str, int]) -> list[Cell] | None:
    """The groups, with those too small hidden, and enough others for none to be computed.

    The total is known to all. Small groups hide behind « moins de 5 »; while one of them can
    still be told exactly from the total and the groups shown, the smallest group shown is hidden
    too. ``None`` when even hiding them all would tell.
    """
    small = {label for label, count in counts.items() if 0 < count < settings.SMALL_GROUP}
    masked: set[str] = set()
    while _tells(counts, small, masked):
        rest = [label for label, n in counts.items() if n and label not in small | masked]
        if not rest:
            return None
        masked.add(min(rest, key=lambda label: (counts[label], label)))
    return [
        Cell(label, count, label not in small | masked, label in small)
        for label, count in counts.items()
    ]


def _tells(counts: dict[str, int], small: set[str], masked: set[str]) -> bool:
    """Whether a hidden group can be computed: only one number of people would fit."""
    hidden = [label for label in counts if label in small | masked]
    shown = [count for label, count in counts.items() if count and label not in hidden]
    together = sum(counts[label] for label in hidden)
    least = {label: 1 if label in small else settings.SMALL_GROUP for label in hidden}
    # Whoever knows how we choose knows that no group shown is smaller than one hidden with it.
    largest = min(shown, default=together)
    most = {label: settings.SMALL_GROUP - 1 if label in small else largest for label in hidden}
    for label in hidden:
        lowest = max(least[label], together - (sum(most.values()) - most[label]))
        highest = min(most[label], together - (sum(least.values()) - least[label]))
        if lowest == highest:
            return True
    return False


# Export


def as_csv(space: Space, period: Period) -> str:
    """The results of a period as a table: one line a total, then one a group."""
    heads = [_("résultat"), _("unité"), _("période"), _("découpage"), _("groupe"), _("nombre")]
    rows = [heads]
    for one in measure(space, period):
        about = [str(one.indicator.name), one.unit, one.when]
        rows.append([*about, _("total"), "", f"{one.value:g}"])
        for split in splits(one.indicator, space, period):
            rows += [[*about, split.label, cell.label, cell.text] for cell in split.cells]
    return BOM + csv_lines(rows)
