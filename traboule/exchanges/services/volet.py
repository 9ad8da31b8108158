"""The *volet social* of a payslip: what Urssaf is told of it, field by field, in its order.

Cesu: Code de la sécurité sociale D133-13-12; Pajemploi, for children looked after: D133-13-17.
The wage is that of the payslip, never counted again.
"""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .kinds import KINDS, Kind
from .models import PaidBy, Payslip

CENT, ZERO = Decimal("0.01"), Decimal(0)
MOST_HOURS_WITHOUT_A_CHOICE = 32
"""Above them, in a month, the household says how leave is paid."""
LEAVE = {True: _("avec chaque heure (10 %)"), False: _("quand ils sont pris")}


@dataclass(frozen=True)
class Line:
    """A field: ``value`` as it is kept, ``unit`` for those who read; ``needed`` for a machine."""

    key: str
    label: str | Promise
    value: Decimal | datetime.date | str | bool | None
    unit: str = ""
    needed: bool = False

    @property
    def shown(self) -> str:
        """As one copies it by hand; nothing when there is nothing to say."""
        if self.value is None or self.value == "":
            return ""
        if isinstance(self.value, bool):
            return gettext("oui") if self.value else gettext("non")
        if isinstance(self.value, datetime.date):
            return date_format(self.value, "d/m/Y")
        if isinstance(self.value, Decimal):
            return f"{number_format(self.value, 2)}\N{NO-BREAK SPACE}{self.unit}".strip()
        return str(self.value)

    @property
    def plain(self) -> str | float | bool | None:
        """As a machine reads it."""
        if isinstance(self.value, Decimal):
            return float(self.value)
        if isinstance(self.value, datetime.date):
            return self.value.isoformat()
        return self.value


def kind_of(payslip: Payslip) -> Kind:
    """The kind of service that was rendered."""
    return KINDS[payslip.contract.offer.request.kind]


def volet(payslip: Payslip) -> list[Line]:
    """All that is declared of a payslip, in the order of the form."""
    middle = _of_childcare if kind_of(payslip).filing == "pajemploi" else _of_cesu
    return [*_who(payslip), *middle(payslip)]


def plain(lines: Iterable[Line]) -> dict[str, Any]:
    """The same for a machine, by the names of this software."""
    return {line.key: line.plain for line in lines}


def missing(lines: Iterable[Line]) -> list[str]:
    """What has to be known before a machine may send it."""
    return [str(line.label) for line in lines if line.needed and not line.shown]


def period(payslip: Payslip) -> tuple[datetime.date, datetime.date]:
    """The days of the month on which the contract stood."""
    first = payslip.month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    contract = payslip.contract
    return max(first, contract.begins_on), min(last, contract.ended_on or contract.ends_on or last)


def pay_day(payslip: Payslip) -> datetime.date:
    """When the contract says that the wage is paid: the month after."""
    following = payslip.month.replace(day=28) + datetime.timedelta(days=4)
    return following.replace(day=payslip.contract.pays_on)


def _who(payslip: Payslip) -> list[Line]:
    household, worker = payslip.contract.household, payslip.contract.worker
    begins, ends = period(payslip)
    home = f"{household.address}, {household.commune}" if household.address else ""
    return [
        Line("employer_number", _("numéro d’employeur"), household.cesu_number, needed=True),
        Line("employer_name", _("employeur"), str(household), needed=True),
        Line("employer_address", _("adresse de l’employeur"), home),
        Line("worker_name", _("personne employée"), str(worker), needed=True),
        Line("worker_nir", _("numéro de sécurité sociale"), worker.nir, needed=True),
        Line("worker_born_on", _("date de naissance"), worker.born_on),
        Line("worker_birthplace", _("lieu de naissance"), worker.birthplace),
        Line("worker_address", _("adresse de la personne employée"), worker.address),
        Line("begins_on", _("période : du"), begins),
        Line("ends_on", _("période : au"), ends),
    ]


def _of_cesu(payslip: Payslip) -> list[Line]:
    asks_leave = payslip.hours > MOST_HOURS_WITHOUT_A_CHOICE
    leave = str(LEAVE[payslip.case.get("cp10_included", True)]) if asks_leave else ""
    return [
        Line("activity", _("activité"), str(kind_of(payslip).label)),
        Line("hours", _("heures travaillées"), payslip.hours, "h", needed=True),
        *_wage(payslip),
        Line("other_sums", _("frais rendus, non imposables"), payslip.costs or None, "€"),
        Line("paid_on", _("date de paiement"), pay_day(payslip)),
        Line("leave", _("congés payés"), leave),
        Line("leave_hours", _("heures de congé payées"), _number(payslip, "leave_hours"), "h"),
        Line("cesu_plus", _("avec Cesu+"), payslip.contract.paid_by == PaidBy.CESU_PLUS),
    ]


def _of_childcare(payslip: Payslip) -> list[Line]:
    extra = [_number(payslip, name) or Decimal() for name in ("overtime_25", "overtime_50")]
    special = [_number(payslip, name) or Decimal() for name in ("holiday_hours", "may_day_hours")]
    return [
        Line("children", _("dates de naissance des enfants"), _children(payslip), needed=True),
        Line("leave_hours", _("heures de congé payées"), _number(payslip, "leave_hours"), "h"),
        Line("hours", _("heures travaillées"), payslip.hours, "h", needed=True),
        Line("overtime", _("dont heures supplémentaires"), sum(extra, Decimal()) or None, "h"),
        Line("special_hours", _("dont jours fériés"), sum(special, Decimal()) or None, "h"),
        *_wage(payslip),
        Line("other_sums", _("trajets et repas rendus"), payslip.costs or None, "€"),
        Line("paid_on", _("date de paiement"), pay_day(payslip)),
    ]  # fmt: skip


def _children(payslip: Payslip) -> str:
    days = payslip.contract.children_born_on
    return ", ".join(f"{datetime.date.fromisoformat(one):%d/%m/%Y}" for one in days)


def _wage(payslip: Payslip) -> list[Line]:
    of_hours = payslip.net - payslip.bonus
    hourly = (of_hours / payslip.hours).quantize(CENT) if payslip.hours else ZERO
    return [
        Line("net_hourly", _("salaire net d’une heure"), hourly, "€", needed=True),
        Line("net_total", _("salaire net en tout"), payslip.net, "€", needed=True),
        Line("accessories", _("dont primes et avantages imposables"), payslip.bonus or None, "€"),
    ]


def _number(payslip: Payslip, name: str) -> Decimal | None:
    return Decimal(str(payslip.case.get(name) or 0)) or None
