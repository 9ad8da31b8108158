"""What reports count."""

from statistics import median

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Report, State


def _within(period: Period, field: str) -> dict[str, object]:
    """The condition that a moment lies in the period."""
    bounds = {f"{field}__date__gte": period.start, f"{field}__date__lte": period.end}
    return {name: day for name, day in bounds.items() if day}


def reported(space: Space, period: Period) -> int:
    """Problems reported in the period."""
    rows = Report.objects.filter(space=space, hidden_at=None)
    return rows.filter(**_within(period, "opened_at")).count()


def _repaired(space: Space, period: Period) -> QuerySet[Report]:
    rows = Report.objects.filter(space=space, hidden_at=None, state=State.DONE)
    return rows.filter(**_within(period, "closed_at"))


def repaired(space: Space, period: Period) -> int:
    """Problems repaired in the period, and not reopened since."""
    return _repaired(space, period).count()


def days_to_repair(space: Space, period: Period) -> float:
    """The median of days from the report to the repair; 0 when nothing was repaired."""
    moments = _repaired(space, period).values_list("opened_at", "closed_at")
    days = [(closed - opened).total_seconds() / 86_400 for opened, closed in moments if closed]
    return round(median(days), 1) if days else 0


INDICATORS = (
    Indicator(
        key="reports.reported",
        name=_("Problèmes signalés"),
        unit=lambda n: ngettext("problème", "problèmes", n),
        counts=_("Chaque signalement compte une fois, même quand plusieurs personnes l’ont vu. "
                 "Ceux que l’équipe a masqués ne comptent pas."),
        value=reported,
    ),
    Indicator(
        key="reports.repaired",
        name=_("Problèmes réparés"),
        unit=lambda n: ngettext("problème", "problèmes", n),
        counts=_("Un problème compte le jour où l’équipe le note réparé. Ceux que l’on a rouverts "
                 "ou transmis à d’autres ne comptent pas."),
        value=repaired,
    ),
    Indicator(
        key="reports.days-to-repair",
        name=_("Temps pour réparer"),
        unit=lambda n: ngettext("jour", "jours", int(n)),
        counts=_("La médiane : une réparation sur deux a pris moins de jours que cela, depuis le "
                 "premier signalement."),
        value=days_to_repair,
    ),
)  # fmt: skip
