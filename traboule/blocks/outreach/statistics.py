"""The activity that a funder asks for: what was done, for whom, and what is not known."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.blocks.agenda.indicators import INDICATORS as OF_AGENDA
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.results import Cell, Measured, Split, protected, splits

from .indicators import INDICATORS, exchanges, people_advised, people_reached, within
from .models import Contact, ExchangeKind, StageChange

SHOWN_OF_AGENDA = {"agenda.sessions-held", "agenda.people-present", "agenda.slots-held"}


@dataclass(frozen=True)
class Figure:
    """One figure, and the people behind it by groups that tell of nobody."""

    measured: Measured
    splits: list[Split]


@dataclass(frozen=True)
class Report:
    """All of a period."""

    space: Space
    period: Period
    figures: list[Figure]
    kinds: list[tuple[str, int]]
    moves: list[tuple[str, str, int]]
    notes: list[str] = field(default_factory=list)


def report(space: Space, period: Period) -> Report:
    """What was done for whom in the period."""
    return Report(
        space=space,
        period=period,
        figures=[_figure(one, space, period) for one in _indicators()],
        kinds=_kinds(space, period),
        moves=_moves(space, period),
        notes=_notes(space, period),
    )


def _indicators() -> Iterator[Indicator]:
    yield from INDICATORS
    yield from (one for one in OF_AGENDA if one.key in SHOWN_OF_AGENDA)


def _figure(indicator: Indicator, space: Space, period: Period) -> Figure:
    value = indicator.value(space, period)
    measured = Measured(indicator=indicator, value=value, period=period)
    groups = splits(indicator, space, period) if value else []
    if value and indicator.people and (cells := _priority(indicator, space, period)):
        groups.insert(0, Split(_("quartier prioritaire"), cells))
    return Figure(measured, groups)


def _priority(indicator: Indicator, space: Space, period: Period) -> list[Cell] | None:
    """How many live in a priority neighbourhood, how many outside, and of whom it is unknown."""
    assert indicator.people  # noqa: S101 (asked of figures about people only)
    people = indicator.people(space, period)
    keys = set(people.values_list("pk", flat=True))
    inside = set(people.filter(neighbourhood__isnull=False).values_list("pk", flat=True))
    known = Contact.objects.filter(space=space, located_at__isnull=False)
    outside = set(known.values_list("person", flat=True)) & keys - inside
    counts = {
        _("oui"): len(inside),
        _("non"): len(outside),
        _("inconnu"): len(keys - inside - outside),
    }
    return protected({label: count for label, count in counts.items() if count})


def _kinds(space: Space, period: Period) -> list[tuple[str, int]]:
    """Exchanges by what means, in the order of the list."""
    rows = exchanges(space, period).order_by().values_list("kind").annotate(n=Count("pk"))
    counts = dict(rows)
    return [(str(kind.label), counts[kind]) for kind in ExchangeKind if counts.get(kind)]


def _moves(space: Space, period: Period) -> list[tuple[str, str, int]]:
    """From which stage to which, and how many."""
    rows = StageChange.objects.filter(within(period, "at"), contact__space=space)
    counted = Counter(rows.exclude(before="").values_list("before", "after"))
    return [(before, after or _("sans étape"), n) for (before, after), n in sorted(counted.items())]


def _notes(space: Space, period: Period) -> list[str]:
    """What these figures do not say."""
    people = Person.objects.filter(
        pk__in=(people_reached(space, period) | people_advised(space, period)).values("pk")
    )
    without_gender = people.filter(gender="").count()
    located = Contact.objects.filter(space=space, located_at__isnull=False)
    unlocated = people.filter(neighbourhood=None).exclude(pk__in=located.values("person")).count()
    notes = []
    if without_gender:
        notes.append(ngettext(
            "%(n)d personne n’a pas dit son genre : elle est dans les totaux, pas dans le partage.",
            "%(n)d personnes n’ont pas dit leur genre : elles sont dans les totaux, pas dans le "
            "partage.", without_gender) % {"n": without_gender})  # fmt: skip
    if unlocated:
        notes.append(ngettext(
            "%(n)d personne n’a pas d’adresse vérifiée : on ne sait pas si elle habite un quartier "
            "prioritaire.",
            "%(n)d personnes n’ont pas d’adresse vérifiée : on ne sait pas si elles habitent un "
            "quartier prioritaire.", unlocated) % {"n": unlocated})  # fmt: skip
    notes.append(
        _(
            "Les groupes de moins de cinq personnes sont masqués. Une personne venue à un "
            "atelier sans donner son nom est comptée dans « Personnes venues » seulement."
        )
    )
    return notes


def as_rows(found: Report) -> list[list[str]]:
    """The same as a table: one line a total, then one a group."""
    rows: list[list[str]] = [[_("figure"), _("unité"), _("période"), _("découpage"), _("groupe"),
                              _("nombre")]]  # fmt: skip
    for figure in found.figures:
        one = figure.measured
        about = [str(one.indicator.name), one.unit, one.when]
        rows.append([*about, _("total"), "", f"{one.value:g}"])
        for split in figure.splits:
            rows += [[*about, split.label, cell.label, cell.text] for cell in split.cells]
    when = found.figures[0].measured.when
    for kind, number in found.kinds:
        rows.append([_("Échanges"), "", when, _("moyen"), kind, str(number)])
    for before, after, number in found.moves:
        rows.append([_("Étapes"), "", when, before, after, str(number)])
    return rows
