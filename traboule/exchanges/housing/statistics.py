"""The results of an exchange of homes: as a whole, by landlord, by territory, and why it stops."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.results import KEPT_FOR, Measured, protected

from . import indicators as counted
from .actions.stock import REMOVED
from .models import (
    Check,
    Decision,
    EndReason,
    Ground,
    Landlord,
    Outcome,
    Refusal,
    Swap,
    WishPlace,
)

MOST_READ = 10_000
"""How many of the last answers tell the delays of all landlords."""
Rows = QuerySet[Any, Any]


@dataclass(frozen=True, kw_only=True)
class LandlordLine:
    """What one landlord's tenants and officers did; delays in days, none without an answer.

    Numbers of households are words: those that could tell of somebody are hidden.
    """

    landlord: Landlord
    active: str
    arrived: str
    check_days: float | None
    checks_late: int
    decision_days: float | None
    decisions_late: int
    refusals: str

    @property
    def is_slow(self) -> bool:
        """Whether something waits there beyond its day."""
        return bool(self.checks_late or self.decisions_late)


@dataclass(frozen=True, kw_only=True)
class TerritoryLine:
    """An intercommunality: who leaves it, who dreams of it, who arrived."""

    name: str
    offered: str
    wanted: str
    arrived: str


@dataclass(frozen=True)
class Reasons:
    """Why something stopped, the most frequent first; small numbers tell of nobody."""

    title: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Report:
    """All of a period, as it stood at an instant; ``values`` in the order of the indicators."""

    period: Period
    at: datetime
    values: list[float]
    landlords: list[LandlordLine]
    territories: list[TerritoryLine]
    reasons: list[Reasons]

    @property
    def figures(self) -> list[Measured]:
        """Each figure, with what it counts."""
        return [
            Measured(indicator=one, value=value, period=self.period, at=self.at)
            for one, value in zip(counted.INDICATORS, self.values, strict=True)
        ]


def latest(space: Space, period: Period) -> Report:
    """The report as it was counted a few minutes ago at most, for all who read the same words."""
    key = f"housing-results/{space.pk}/{period.start}/{period.end}/{get_language()}"
    found: Report | None = cache.get(key)
    if found is None:
        found = report(space, period)
        cache.set(key, found, KEPT_FOR)
    return found


def report(space: Space, period: Period) -> Report:
    """What came of it in the period, and what waits today."""
    return Report(
        period=period,
        at=timezone.now(),
        values=[one.value(space, period) for one in counted.INDICATORS],
        landlords=_landlords(space, period),
        territories=_territories(space, period),
        reasons=[found for found in _reasons(space, period) if found.lines],
    )


def _number_by(rows: Rows, field: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(field).annotate(number=Count("pk")))


def _days_by(rows: Rows, field: str) -> dict[Any, float]:
    """The median of days that the last answers took, by what ``field`` says."""
    last = rows.order_by("-decided_at", "-pk")[:MOST_READ]
    spans: dict[Any, list[tuple[datetime, datetime]]] = defaultdict(list)
    for key, asked, decided in last.values_list(field, "asked_at", "decided_at"):
        spans[key].append((asked, decided))
    return {key: counted.middle_in_days(moments) for key, moments in spans.items()}


def _landlords(space: Space, period: Period) -> list[LandlordLine]:
    of_checks = "listing__dwelling__landlord"
    made, given = counted.checks_made(space, period), counted.decisions_given(space, period)
    active = _number_by(counted.active_listings(space, period), "dwelling__landlord")
    arrived = _number_by(counted.moves(space, period), "dwelling__landlord")
    late = _number_by(Check.objects.filter(listing__space=space).overdue(), of_checks)
    undecided = _number_by(Decision.objects.filter(swap__space=space).overdue(), "landlord")
    refusals = _number_by(given.filter(state="refused"), "landlord")
    check_days, decision_days = _days_by(made, of_checks), _days_by(given, "landlord")
    landlords = list(Landlord.objects.filter(space=space).order_by("name", "pk"))
    searching, moved_in, refused = (
        _told({one.pk: counts.get(one.pk, 0) for one in landlords})
        for counts in (active, arrived, refusals)
    )
    return [
        LandlordLine(
            landlord=one,
            active=searching[one.pk],
            arrived=moved_in[one.pk],
            check_days=check_days.get(one.pk),
            checks_late=late.get(one.pk, 0),
            decision_days=decision_days.get(one.pk),
            decisions_late=undecided.get(one.pk, 0),
            refusals=refused[one.pk],
        )
        for one in landlords
    ]


def _territories(space: Space, period: Period) -> list[TerritoryLine]:
    """By intercommunality: a commune alone would often tell of one household."""
    active = counted.active_listings(space, period)
    dreams = WishPlace.objects.filter(rank=0, wish__listing__in=active)
    epci = "dwelling__commune__epci__name"
    offered, wanted = _number_by(active, epci), _number_by(dreams, "commune__epci__name")
    arrived = _number_by(counted.moves(space, period), epci)
    names = sorted(
        {*offered, *wanted, *arrived}, key=lambda name: (-offered.get(name, 0), name or "")
    )
    proposed, dreamt_of, moved_in = (
        _told({name: counts.get(name, 0) for name in names})
        for counts in (offered, wanted, arrived)
    )
    return [
        TerritoryLine(
            name=name or _("hors intercommunalité"),
            offered=proposed[name],
            wanted=dreamt_of[name],
            arrived=moved_in[name],
        )
        for name in names
    ]


def _told(counts: Mapping[Any, int]) -> dict[Any, str]:
    """Each number, unless it could tell of somebody."""
    cells = protected(dict(counts))
    if cells is None:
        return dict.fromkeys(counts, _("masqué"))
    return {cell.label: cell.text for cell in cells}


_WHY_ENDED = {**dict(EndReason.choices), REMOVED: gettext_lazy("Le logement est sorti du parc")}
_WHY_BROKEN = dict(Swap._meta.get_field("broken_because").flatchoices)


def _reasons(space: Space, period: Period) -> Iterable[Reasons]:
    ended = space.housing_listings.filter(state="ended", **counted.within(period, "ended_at"))
    broken = space.housing_swaps.filter(state="broken", **counted.within(period, "broken_at"))
    refused = counted.decisions_given(space, period).filter(state="refused")
    sent_back = counted.checks_made(space, period).filter(outcome=Outcome.REFUSED)
    grounds = sent_back.order_by("-decided_at", "-pk").values_list("grounds", flat=True)[:MOST_READ]
    yield _sorted(_("Annonces arrêtées"), _number_by(ended, "end_reason"), _WHY_ENDED)
    yield _sorted(_("Échanges arrêtés"), _number_by(broken, "broken_because"), _WHY_BROKEN)
    yield _sorted(
        _("Échanges refusés par un bailleur"), _number_by(refused, "ground"), dict(Refusal.choices)
    )
    yield _sorted(
        _("Annonces refusées par un bailleur"),
        Counter(chain.from_iterable(grounds)),
        dict(Ground.choices),
    )


def _sorted(title: str, counts: Mapping[str, int], labels: Mapping[str, Any]) -> Reasons:
    named = {str(labels.get(code, code)) or _("sans motif"): n for code, n in counts.items()}
    told = _told(dict(sorted(named.items(), key=lambda one: (-one[1], one[0]))))
    return Reasons(title, list(told.items()))


def in_days(days: float | None) -> str:
    """A delay as people read it, nothing when nobody answered."""
    return "" if days is None else number_format(days, decimal_pos=0 if days % 1 == 0 else 1)


def as_rows(found: Report) -> Iterable[list[str]]:
    """The same as a table: one figure a line, by what it is about."""
    yield [_("découpage"), _("de quoi"), _("figure"), _("nombre")]
    for one in found.figures:
        yield [_("ensemble"), one.unit, str(one.indicator.name), f"{one.value:g}"]
    for line in found.landlords:
        values = landlord_values(line)
        heads = zip(landlord_heads()[1:], values[1:], strict=True)
        yield from ([_("bailleur"), values[0], head, value] for head, value in heads)
    for place in found.territories:
        heads = zip(territory_heads()[1:], territory_values(place)[1:], strict=True)
        yield from ([_("territoire"), place.name, head, value] for head, value in heads)
    for why in found.reasons:
        yield from ([_("motif"), label, why.title, number] for label, number in why.lines)


def landlord_heads() -> list[str]:
    """What stands above the columns of landlords."""
    return [
        _("Bailleur"), _("Ménages qui cherchent"), _("Emménagements"), _("Jours pour vérifier"),
        _("Annonces en retard"), _("Jours pour décider"), _("Décisions en retard"), _("Refus"),
    ]  # fmt: skip


def landlord_values(line: LandlordLine) -> list[str]:
    """What a landlord's line says, in the order of the heads."""
    return [
        line.landlord.name, line.active, line.arrived, in_days(line.check_days),
        str(line.checks_late), in_days(line.decision_days), str(line.decisions_late),
        line.refusals,
    ]  # fmt: skip


def territory_heads() -> list[str]:
    """What stands above the columns of territories."""
    return [
        _("Intercommunalité"), _("Logements proposés"), _("Premier souhait de"),
        _("Emménagements"),
    ]  # fmt: skip


def territory_values(line: TerritoryLine) -> list[str]:
    """What a territory's line says, in the order of the heads."""
    return [line.name, line.offered, line.wanted, line.arrived]
