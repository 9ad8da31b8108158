"""Two offers chosen at the same moment, on PostgreSQL, where two writers truly race."""

from decimal import Decimal

import pytest
from django.db import connection

from traboule.exchanges.services.actions import offers
from traboule.exchanges.services.models import Offer, OfferState, Request, State
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once

from .factories import make_household, make_request, make_services_space, make_worker

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
