"""The dates that a series would have, shown before any of them is made."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from traboule.engines.calendar import Rule
from traboule.engines.calendar.daysoff import known_until, public_holiday, school_holiday, zone_of

from .wording import day_and_year


@dataclass(frozen=True)
class Plan:
    """The dates kept, those skipped and why, and what nobody can promise."""

    dates: list[datetime.date]
    skipped: list[tuple[datetime.date, str]]
    warnings: list[str]

    @property
    def days(self) -> list[tuple[datetime.date, str]]:
        """Every day of the rule in order, with the reason when it is skipped."""
        return sorted([(day, "") for day in self.dates] + self.skipped)

    @property
    def signature(self) -> str:
        """The dates in one word, to tell whether they are those that were shown."""
        return " ".join(day.isoformat() for day in self.dates)


def plan(rule: Rule, department: str, *, public: bool, school: bool) -> Plan:
    """The dates of a rule in a place, days off left out if so wished.

    Raises ValueError, in words for whoever wrote the rule.
    """
    skipped: list[tuple[datetime.date, str]] = []

    def skip(day: datetime.date) -> bool:
        reason = (public and public_holiday(day, department)) or (
            school and school_holiday(day, department)
        )
        if reason:
            skipped.append((day, reason))
        return bool(reason)

    dates = rule.dates(skip=skip)
    return Plan(dates, skipped, _warnings(dates, department) if school else [])


def _warnings(dates: list[datetime.date], department: str) -> list[str]:
    """What is not known of the school holidays."""
    if zone_of(department) not in ("A", "B", "C"):
        return [_("Les vacances scolaires de ce département ne sont pas connues ici : vérifiez "
                  "les dates vous-même.")]  # fmt: skip
    last = known_until()
    if dates and dates[-1] > last:
        return [_("Les vacances scolaires ne sont connues que jusqu’au %(day)s : vérifiez les "
                  "dates suivantes.") % {"day": day_and_year(last)}]  # fmt: skip
    return []
