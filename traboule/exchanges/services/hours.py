"""Hours of a month as a payslip wants them: overtime by week, public holidays, their limits."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from traboule.engines.calendar.daysoff import public_holiday
from traboule.engines.payroll.limits import Breach, Code, breaches
from traboule.engines.payroll.limits import Work as Stretch
from traboule.engines.payroll.rates import OutsideTable

from .models import Contract, Work, Worker

ZERO = Decimal(0)
FULL_WEEK, FIRST_HOURS_OVER = Decimal(40), Decimal(8)
AROUND = datetime.timedelta(weeks=12)
WORDS = {
    Code.TOO_YOUNG: _("La personne n’a pas 16 ans ce jour-là."),
    Code.MINOR_WEEK: _("Avant 18 ans : pas plus de %(limit)s heures par semaine."),
    Code.MINOR_DAY: _("Avant 18 ans : pas plus de %(limit)s heures par jour."),
    Code.MINOR_PAUSE: _("Avant 18 ans : une pause après quatre heures et demie."),
    Code.MINOR_NIGHT: _("Avant 18 ans : pas de travail la nuit."),
    Code.MINOR_SUNDAY: _("Avant 18 ans : pas de travail le dimanche."),
    Code.MINOR_HOLIDAY: _("Avant 18 ans : pas de travail un jour férié."),
    Code.MINOR_DAILY_REST: _("Avant 18 ans : %(limit)s heures de repos entre deux jours."),
    Code.MINOR_WEEKLY_REST: _("Avant 18 ans : %(limit)s heures de repos dans la semaine."),
    Code.MINOR_TASK: _("Avant 18 ans : ce travail est interdit."),
    Code.DAY: _("Pas plus de %(limit)s heures dans une journée."),
    Code.WEEK: _("Pas plus de %(limit)s heures dans une semaine."),
    Code.IRREGULAR_WEEK: _("Pas plus de %(limit)s heures dans une semaine."),
    Code.AVERAGE: _("Pas plus de %(limit)s heures par semaine en moyenne sur douze semaines."),
    Code.DAILY_REST: _("%(limit)s heures de repos entre deux jours."),
    Code.WEEKLY_REST: _("%(limit)s heures de repos dans la semaine."),
}


class Counted(TypedDict):
    """Hours of a month, by how they are paid."""

    hours: Decimal
    overtime_25: Decimal
    overtime_50: Decimal
    holiday_hours: Decimal
    may_day_hours: Decimal


def said(breach: Breach) -> str:
    """A limit that is passed, in words."""
    return str(WORDS[breach.code]) % {"limit": number_format(breach.limit.normalize())}


def breaches_with(
    worker: Worker, born: datetime.date, works: Iterable[Work], day: datetime.date
) -> list[Breach]:
    """What is wrong with hours around that day, these among all others, in any household.

    Raises OutsideTable: a day that the table of limits does not hold.
    """
    begun, ended = day - AROUND, day + AROUND
    mine = {work.pk: work for work in works}
    others = Work.objects.counting().exclude(pk__in=[key for key in mine if key])
    others = others.filter(_of_person(worker), begun_at__date__range=(begun, ended))
    stretches = [_stretch(work) for work in (*others, *works)]
    department = worker.commune.department_id
    days = {one.day for one in stretches}
    holidays = {one for one in days if public_holiday(one, department)}
    return breaches(stretches, born, holidays=holidays)


def _of_person(worker: Worker) -> Q:
    """All that they work, in whatever space."""
    if worker.person_id is None:
        return Q(contract__worker=worker)
    return Q(contract__worker__person=worker.person_id)


def overlaps(worker: Worker, begun: datetime.datetime, ended: datetime.datetime) -> bool:
    """Whether they already work at that time, anywhere."""
    there = Work.objects.counting().filter(_of_person(worker))
    return there.filter(begun_at__lt=ended, ended_at__gt=begun).exists()


def counted(contract: Contract, works: Iterable[Work]) -> Counted:
    """Hours of a month as a ``Case`` takes them: all, overtime, public holidays, 1 May.

    Beyond forty hours in a week for this household: 25 % for eight hours, then 50 % (IDCC 3239,
    article 134). A week across two months fills in the order of days.
    """
    works = sorted(works, key=lambda one: one.begun_at)
    found = Counted(
        hours=ZERO, overtime_25=ZERO, overtime_50=ZERO, holiday_hours=ZERO, may_day_hours=ZERO
    )
    weeks = _hours_before(contract, works)
    department = contract.household.commune.department_id
    for work in works:
        day = timezone.localdate(work.begun_at)
        week = day.isocalendar()[:2]
        before, weeks[week] = weeks[week], weeks[week] + work.hours
        found["hours"] += work.hours
        found["overtime_25"] += _between(before, weeks[week], FULL_WEEK,
                                         FULL_WEEK + FIRST_HOURS_OVER)  # fmt: skip
        found["overtime_50"] += _between(before, weeks[week], FULL_WEEK + FIRST_HOURS_OVER, None)
        if (day.month, day.day) == (5, 1):
            found["may_day_hours"] += work.hours
        elif public_holiday(day, department):
            found["holiday_hours"] += work.hours
    return found


def _hours_before(contract: Contract, works: list[Work]) -> dict[tuple[int, int], Decimal]:
    """What was done in the week of the first of them, before it, in the month before."""
    weeks: dict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
    if works:
        first = timezone.localdate(works[0].begun_at)
        monday = first - datetime.timedelta(days=first.weekday())
        eve = contract.works.counting().filter(
            begun_at__date__gte=monday, begun_at__date__lt=first.replace(day=1)
        )
        weeks[first.isocalendar()[:2]] = sum((one.hours for one in eve), ZERO)
    return weeks


def _between(before: Decimal, after: Decimal, low: Decimal, high: Decimal | None) -> Decimal:
    """How much of what lies from before to after is over low, and up to high."""
    top = after if high is None else min(after, high)
    return max(ZERO, top - max(before, low))


def _stretch(work: Work) -> Stretch:
    begun = timezone.localtime(work.begun_at)
    return Stretch(
        day=begun.date(),
        hours=work.hours,
        begin=begun.time(),
        pause=(Decimal(work.pause) / 60).quantize(Decimal("0.01")),
    )


__all__ = ["OutsideTable", "breaches_with", "counted", "overlaps", "said"]
