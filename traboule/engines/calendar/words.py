"""How a rule of dates is said, in French and in English."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from traboule.engines.calendar.recurrence import Rule

_JOURS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
_RANGS = ["", "premier", "deuxième", "troisième", "quatrième", "cinquième", "dernier"]
_NOMBRES = "un deux trois quatre cinq six sept huit neuf dix onze douze".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_RANKS = ["", "first", "second", "third", "fourth", "fifth", "last"]  # −1 is the last of a list.
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()


def in_french(rule: "Rule") -> str:
    """« tous les mardis, 9 fois », « le troisième jeudi du mois, jusqu’au 18 juin 2027 »."""

    def said(day: date) -> str:
        return f"{'1er' if day.day == 1 else day.day} {_MOIS[day.month - 1]} {day.year}"

    if rule.frequency == "once":
        return f"le {_JOURS[rule.start.weekday()]} {said(rule.start)}"
    if rule.frequency == "weekly":
        rhythm = "tous les " + _listed([f"{_JOURS[day]}s" for day in rule.days_of_week], "et")
        period = "une semaine"
    else:
        days = [f"{_RANGS[rule.nth]} {_JOURS[day]}" for day in rule.days_of_week]
        rhythm = f"le {''.join(days) or said(rule.start).split()[0]} du mois"
        period = "un mois"
    if rule.interval > 1:
        rhythm += f", {period} sur {_NOMBRES[rule.interval - 1]}"
    if rule.until:
        return f"{rhythm}, jusqu’au {said(rule.until)}"
    return f"{rhythm}, {'une' if rule.count == 1 else rule.count} fois"


def in_english(rule: "Rule") -> str:
    """“every Tuesday, 9 times”, “the third Thursday of the month, until 18 June 2027”."""

    def said(day: date) -> str:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    if rule.frequency == "once":
        return f"on {_DAYS[rule.start.weekday()]} {said(rule.start)}"
    if rule.frequency == "weekly":
        rhythm = "every " + _listed([_DAYS[day] for day in rule.days_of_week], "and")
        period = "week"
    else:
        days = [f"the {_RANKS[rule.nth]} {_DAYS[day]}" for day in rule.days_of_week]
        rhythm = f"{''.join(days) or f'day {rule.start.day}'} of the month"
        period = "month"
    if rule.interval > 1:
        rhythm += f", one {period} in {_NUMBERS[rule.interval - 1]}"
    if rule.until:
        return f"{rhythm}, until {said(rule.until)}"
    return f"{rhythm}, {'once' if rule.count == 1 else f'{rule.count} times'}"


def _listed(names: list[str], joint: str) -> str:
    *before, last = names
    return f"{', '.join(before)} {joint} {last}" if before else last
