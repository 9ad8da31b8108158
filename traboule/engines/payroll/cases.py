"""What is asked of a payslip, read strictly: one JSON object, and words when it is wrong."""

import re
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from .rates import LEVELS

HOURS_IN_A_MONTH = 744
DEAREST_HOUR, DEAREST_MONTH = 1_000, 100_000
ZERO = Decimal(0)
QUARTER, HALF, TENTH = Decimal("0.25"), Decimal("0.5"), Decimal("0.1")


class Unusable(ValueError):  # noqa: N818 (it names what was given)
    """A question that has no answer, and why, in words for whoever asked."""


class Basis(StrEnum):
    """What ``rate`` is: gross, net or the household's cost; of an hour, or of the whole month."""

    GROSS_HOURLY = "gross_hourly"
    NET_HOURLY = "net_hourly"
    COST_HOURLY = "cost_hourly"
    GROSS_MONTH = "gross_month"
    NET_MONTH = "net_month"
    COST_MONTH = "cost_month"

    @property
    def is_hourly(self) -> bool:
        """Whether it is the price of an hour."""
        return self.value.endswith("hourly")


class Exoneration(StrEnum):
    """Why the household pays no share of health, pension and family: its age, or an allowance."""

    AGE_70 = "age70"
    APA = "apa"
    PCH = "pch"
    DISABLED_CHILD = "disabled_child"


@dataclass(frozen=True)
class Case:
    """A month of work in a household.

    ``hours`` are all those worked, among which the overtime and the public holidays; leave that is
    paid when taken comes beside, in ``leave_hours``. With ``cp10_included`` an hour holds its tenth
    for leave. ``bonus`` is gross and beside what ``rate`` pays: the indemnity of the end of a fixed
    term, say.
    """

    month: str
    basis: Basis
    rate: Decimal
    hours: Decimal
    service: str = ""
    cp10_included: bool = True
    alsace_moselle: bool = False
    exoneration: Exoneration | None = None
    level: str = "I"
    leave_hours: Decimal = ZERO
    overtime_25: Decimal = ZERO
    overtime_50: Decimal = ZERO
    holiday_hours: Decimal = ZERO
    may_day_hours: Decimal = ZERO
    bonus: Decimal = ZERO

    @property
    def paid_hours(self) -> Decimal:
        """Hours as they are paid: overtime at 25 then 50 %, holidays at 10 %, 1 May double.

        Convention IDCC 3239, articles 47 and 134 and following.
        """
        more = QUARTER * self.overtime_25 + HALF * self.overtime_50 + TENTH * self.holiday_hours
        return self.hours + self.leave_hours + more + self.may_day_hours


TEXTS = {"id", "comment"}
"""Said for people, and read by nobody here."""
NUMBERS = {"rate", "hours", "leave_hours", "overtime_25", "overtime_50", "holiday_hours",
           "may_day_hours", "bonus"}  # fmt: skip
FLAGS = {"cp10_included", "alsace_moselle"}
NEEDED = ("month", "basis", "rate", "hours")


def read_case(given: object) -> Case:
    """The case that a JSON object describes. Raises Unusable."""
    if not isinstance(given, dict):
        raise Unusable("Une ligne est un objet JSON, entre accolades.")
    known = {field.name for field in fields(Case)}
    if unknown := sorted(given.keys() - known - TEXTS):
        raise Unusable(f"Clé inconnue : {', '.join(unknown)}.")
    if missing := [name for name in NEEDED if given.get(name) is None]:
        raise Unusable(f"Il manque : {', '.join(missing)}.")
    case = Case(**{name: _value(name, given[name]) for name in known & given.keys()})
    _check(case)
    return case


def number(name: str, given: object) -> Decimal:
    """A number of a JSON object, written as one or between quotes. Raises Unusable."""
    try:
        value = Decimal(str(given).replace(",", ".")) if not isinstance(given, bool) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise Unusable(f"« {name} » est un nombre, comme 12.31.")
    if value < 0:
        raise Unusable(f"« {name} » ne peut pas être négatif.")
    return value


def _value(name: str, given: Any) -> Any:
    if name in NUMBERS:
        return number(name, given)
    if name in FLAGS:
        if not isinstance(given, bool):
            raise Unusable(f"« {name} » est true ou false.")
        return given
    if name == "exoneration":
        return None if given in (None, "", "none") else _one_of(Exoneration, name, given)
    if name == "basis":
        return _one_of(Basis, name, given)
    if not isinstance(given, str):
        raise Unusable(f"« {name} » est un texte.")
    return given


def _one_of(kind: type[StrEnum], name: str, given: object) -> StrEnum:
    if given not in list(kind):
        raise Unusable(f"« {name} » est l’un de : {', '.join(kind)}.")
    return kind(str(given))


def _check(case: Case) -> None:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", case.month):
        raise Unusable("« month » s’écrit 2026-07 : l’année, puis le mois.")
    if case.level not in LEVELS:
        raise Unusable(f"« level » est un niveau de la convention : {', '.join(LEVELS)}.")
    if not 0 < case.hours <= HOURS_IN_A_MONTH:
        raise Unusable(f"« hours » va de plus de 0 à {HOURS_IN_A_MONTH} heures dans un mois.")
    if case.overtime_25 + case.overtime_50 > case.hours:
        raise Unusable("Les heures supplémentaires sont parmi les heures travaillées.")
    if case.holiday_hours + case.may_day_hours > case.hours:
        raise Unusable("Les heures des jours fériés sont parmi les heures travaillées.")
    if case.leave_hours and case.cp10_included:
        raise Unusable(
            "Les congés sont payés avec chaque heure, ou quand ils sont pris : pas deux fois."
        )
    dearest = DEAREST_HOUR if case.basis.is_hourly else DEAREST_MONTH
    if not 0 < case.rate <= dearest:
        raise Unusable(f"« rate » va de plus de 0 à {dearest} euros.")
    if case.bonus > DEAREST_MONTH:
        raise Unusable(f"« bonus » va jusqu’à {DEAREST_MONTH} euros.")
