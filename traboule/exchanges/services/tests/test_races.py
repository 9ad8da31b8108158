"""Two offers chosen at the same moment, on PostgreSQL, where two writers truly race."""

from decimal import Decimal

import pytest
from django.db import connection

from traboule.exchanges.services.actions import offers, signing
from traboule.exchanges.services.actions.payslips import make_payslip
from traboule.exchanges.services.models import (
    ContractState,
    Offer,
    OfferState,
    Payslip,
    Request,
    Side,
    SignedBy,
    State,
    Work,
)
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once

from .factories import (
    make_contract,
    make_household,
    make_request,
    make_services_space,
    make_work,
    make_worker,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_two_offers_chosen_at_once_leave_one_chosen():
    asked = make_request(make_household(make_services_space()))
    sent = []
    for name in ("Inès Cherif", "Luc Favre"):
        worker = make_worker(asked.space, name)
        sent.append(
            offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
        )
    refused = []

    def choose(number):
        try:
            offers.choose(offer=sent[number], by=asked.household.person)
        except Refused as said:
            refused.append(said)

    at_once(2, choose)

    states = set(Offer.objects.values_list("state", flat=True))
    assert states == {OfferState.CHOSEN, OfferState.DECLINED}
    assert len(refused) == 1
    assert Request.objects.get().state == State.AGREED


def test_hours_written_at_once_in_two_homes_are_written_in_one():
    space = make_services_space()
    worker = make_worker(space)
    homes = [
        make_contract(space, worker=worker, household=make_household(space, name))
        for name in ("Armand Vial", "Zohra Amrani")
    ]
    refused = []

    def write(number):
        try:
            make_work(homes[number])
        except Refused as said:
            refused.append(said)

    at_once(2, write)

    assert (Work.objects.count(), len(refused)) == (1, 1)


def test_a_payslip_asked_twice_at_once_is_made_once():
    contract = make_contract(make_services_space())
    work = make_work(contract)
    refused = []

    def make(_number):
        try:
            make_payslip(contract=contract, month=work.begun_at.date(), by=None)
        except Refused as said:
            refused.append(said)

    at_once(2, make)

    assert (Payslip.objects.count(), len(refused)) == (1, 1)


def test_both_sign_on_paper_at_once_and_the_chain_holds():
    space = make_services_space()
    contract = make_contract(space, state=ContractState.DRAFT)

    def sign(number):
        side = list(Side)[number]
        signing.sign(contract, side, SignedBy.PAPER, {}, by=contract.person_of(side), paper=None)

    at_once(2, sign)

    contract.refresh_from_db()
    assert contract.state == ContractState.SIGNED
    assert signing.is_intact(contract)
