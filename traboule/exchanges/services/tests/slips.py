"""Signed contracts and their payslips, straight from the models, for what comes after them."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from traboule.engines.payroll import payslip, read_case
from traboule.exchanges.services.actions import offers
from traboule.exchanges.services.models import Contract, ContractState, Ending, PaidBy, Payslip

from .factories import make_household, make_request, make_services_space, make_worker

NIR = "204053804212372"
"""Of a woman born in May 2004 in the Isère, with its key."""


def make_signed(space: Any = None, *, kind: str = "gardening", **values: Any) -> Contract:
    """A contract that both signed, for two hours a week of gardening."""
    space = space or make_services_space()
    household = make_household(
        space, values.pop("employer", "Armand Vial"), address="3 rue des Lilas",
        cesu_number="Z1234567890123", born_on=datetime.date(1951, 3, 4),
    )  # fmt: skip
    worker = make_worker(space, values.pop("name", "Inès Cherif"), kinds=[kind])
    worker.nir, worker.birthplace = NIR, "Grenoble"
    worker.address = "12 allée des Saules, Grenoble"
    worker.save()
    sent = offers.offer(
        asked=make_request(household, kind=kind), worker=worker, net_hourly=Decimal("13"),
        by=worker.person,
    )  # fmt: skip
    usual = {
        "state": ContractState.SIGNED, "job": "Employée familiale", "term": "open",
        "post": "Employé(e) familial(e) A",
        "hired_on": datetime.date(2026, 7, 1), "begins_on": datetime.date(2026, 7, 1),
        "minutes": 120, "when_words": "le mardi matin", "place": "3 rue des Lilas",
        "net_hourly": Decimal("13"), "weekly_rest": "dimanche", "paid_by": PaidBy.DIRECT,
        "terms": {}, "signed_at": timezone.now(),
    }  # fmt: skip
    return Contract.objects.create(
        household=household, worker=worker, offer=sent, **(usual | values)
    )


def make_ended(contract: Contract, on: datetime.date = datetime.date(2026, 10, 31)) -> Contract:
    """The same, which the employer ended."""
    contract.state, contract.ending = ContractState.ENDED, Ending.DISMISSED
    contract.ended_on = on
    contract.save()
    return contract


def make_month(
    contract: Contract, month: str = "2026-09", hours: str = "8", **values: Any
) -> Payslip:
    """The payslip of some hours in a month, counted by the engine."""
    case = {"month": month, "basis": "net_hourly", "rate": str(contract.net_hourly), "hours": hours}
    counted = payslip(read_case(case))
    year, number = (int(part) for part in month.split("-"))
    usual = {
        "code": f"{contract.code}-{month}", "case": case, "slip": counted.as_json(),
        "table": "2026-11", "hours": Decimal(hours), "net": counted.net, "due": counted.due,
        "cost": counted.cost, "month": datetime.date(year, number, 1),
        "made_at": datetime.datetime(year, number, 28, 12, tzinfo=datetime.UTC),
    }  # fmt: skip
    return Payslip.objects.create(contract=contract, **(usual | values))
