"""Households that declare by machine, and what time brings, for tests."""

import datetime

from django.utils import timezone

from ..actions import declarations, enrolling
from ..models import DeclarationState
from ..upkeep import declaring as upkeep
from ..urssaf import advance
from .slips import make_month, make_signed

AS_IF_NOTHING_CAME_BACK = {
    "state": DeclarationState.TO_SEND, "remote_id": "", "next_at": timezone.now(),
}  # fmt: skip
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def with_mandate(**values):
    contract = make_signed(**values)
    household = enrolling.sign_mandate(
        household=contract.household, number="Z1234567890123",
        on=timezone.localdate(), by=contract.household.person,
    )  # fmt: skip
    contract.household = household
    return contract


def with_advance(urssaf):
    contract = make_signed()
    household = contract.household
    household.advance_id, household.advance_state = "CLI1", advance.ENROLLED
    household.save()
    urssaf.books.people["CLI1"] = {"state": advance.ENROLLED, "born": "1951-03-04"}
    return contract


def prepared(contract, **values):
    return declarations.prepare(payslip=make_month(contract, **values), by=None)


def send(after=HOUR):
    upkeep.send_due(timezone.now() + after)


def look(after=2 * DAY):
    upkeep.look(timezone.now() + after)
