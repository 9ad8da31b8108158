"""A payslip declared twice at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection
from django.utils import timezone

from traboule.exchanges.services.actions import declarations
from traboule.exchanges.services.models import Declaration, DeclarationState
from traboule.exchanges.services.upkeep import declaring
from traboule.exchanges.services.urssaf import standin
from traboule.kernel.people.tests.test_races import at_once

from .slips import make_month, make_signed

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_a_payslip_declared_twice_at_once_is_declared_once():
    payslip = make_month(make_signed())

    made = at_once(4, lambda _rank: declarations.prepare(payslip=payslip, by=None).pk)

    assert Declaration.objects.count() == 1
    assert len(set(made)) == 1


def test_eight_upkeeps_at_once_send_each_declaration_once(settings):
    with standin.running() as urssaf:
        settings.URSSAF_URL = urssaf.url
        settings.URSSAF_CESU_ID, settings.URSSAF_CESU_SECRET = "asso", "secret"
        urssaf.books.mandates.add("Z1234567890123")
        contract = make_signed()
        contract.household.cesu_mandate_on = timezone.localdate()
        contract.household.save()
        for month in ("2026-08", "2026-09", "2026-10"):
            declarations.prepare(payslip=make_month(contract, month), by=None)
        now = timezone.now()

        at_once(8, lambda _rank: declaring.send_due(now))

    assert urssaf.requests.count("POST /cesu/v1/tierceDeclaration/declarations") == 3
    assert set(Declaration.objects.values_list("state", flat=True)) == {DeclarationState.DONE}
