"""Signed contracts, payslips and payments, for the tests of what is paid."""

import datetime
import itertools
import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone

from traboule.exchanges.services.actions import offers
from traboule.exchanges.services.models import Contract, Payment, Payslip, Worker

from .factories import make_household, make_request, make_services_space, make_worker

numbers = itertools.count(1)


def make_signed(space: Any = None, **values: Any) -> Contract:
    """A contract signed by both, for two hours at 12.50 € in three days."""
    space = space or make_services_space()
    number = next(numbers)
    household = make_household(space, f"Armand Vial {number}")
    worker = make_worker(space, f"Inès Cherif {number}")
    Worker.objects.filter(pk=worker.pk).update(stripe_ready=True)
    worker.refresh_from_db()
    asked = make_request(household)
    sent = offers.offer(asked=asked, worker=worker, net_hourly=Decimal("12.50"), by=worker.person)
    today = timezone.localdate()
    usual = {
        "household": household,
        "worker": worker,
        "offer": sent,
        "state": "signed",
        "terms": {},
        "reason": "extra",
        "job": "Jardin",
        "hired_on": today,
        "begins_on": today + datetime.timedelta(days=3),
        "ends_on": today + datetime.timedelta(days=3),
        "minutes": 120,
        "when_words": "samedi de 9 h à 11 h",
        "place": "12 rue des Lilas",
        "net_hourly": Decimal("12.50"),
        "weekly_rest": "dimanche",
        "paid_by": "stripe",
    }
    return Contract.objects.create(**usual | values)


def make_slip(contract: Contract | None = None, **values: Any) -> Payslip:
    """A payslip of a contract, of 25 € net unless said."""
    contract = contract or make_signed()
    money = {"net": "25.00", "due": "14.30", "costs": "0", **values}
    net, due = Decimal(money["net"]), Decimal(money["due"])
    return Payslip.objects.create(
        contract=contract,
        month=timezone.localdate().replace(day=1),
        rank=contract.payslips.count(),
        code=f"B{next(numbers)}",
        case={}, slip={}, table="2026", hours=Decimal(2), net=net, due=due,
        cost=Decimal(money.get("cost", net + due)), costs=Decimal(money["costs"]),
    )  # fmt: skip


def make_payment(slip: Payslip, **values: Any) -> Payment:
    """A payment of a payslip, taken whole."""
    return Payment.objects.create(
        contract=slip.contract, payslip=slip, how=slip.contract.paid_by, cents=slip.cents,
        captured_cents=slip.cents, key=uuid.uuid4(), **values,
    )  # fmt: skip
