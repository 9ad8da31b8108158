"""Who act at the same moment on a stock and its checks, on PostgreSQL."""

import pytest
from django.db import connection

from traboule.exchanges.housing.actions import checking, importing, stock
from traboule.exchanges.housing.models import Check, Listing, Outcome, Stage, State, StockImport
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once

from .factories import (
    make_check,
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_officer,
    make_sent,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def landlord():
    return make_landlord(make_exchange_space())


def test_of_two_officers_who_answer_at_once_one_decides_and_the_other_is_told(landlord):
    check = make_check(make_dwelling(landlord))
    team = [make_officer(landlord, name) for name in ("Odile", "Hugo")]
    told = []

    def answer(number):
        try:
            if number:
                checking.confirm(check=check, by=team[1])
            else:
                checking.refuse(check=check, by=team[0], grounds=["dispute"])
        except Refused as refused:
            told.append(refused.messages[0])

    at_once(2, answer)

    made = Check.objects.get()
    online = Listing.objects.get().state == State.PUBLISHED
    assert online is (made.outcome == Outcome.CONFIRMED)
    assert len(told) == 1


def test_two_files_asked_for_at_once_go_one_after_the_other(landlord):
    sent = [make_sent(landlord) for _ in range(2)]
    told = []

    def ask(number):
        try:
            importing.import_stock(sent=sent[number], only_right=True, by=sent[number].by)
        except Refused as refused:
            told.append(refused.messages[0])

    at_once(2, ask)

    assert StockImport.objects.exclude(stage=Stage.READ).count() + len(told) == 2


def test_a_home_let_go_of_while_its_listing_is_confirmed_is_never_online(landlord):
    check = make_check(make_dwelling(landlord))
    team = [make_officer(landlord, name) for name in ("Odile", "Hugo")]

    def act(number):
        try:
            if number:
                checking.confirm(check=check, by=team[1])
            else:
                stock.withdraw(dwelling=check.listing.dwelling, by=team[0])
        except Refused:
            pass  # Either may come first.

    at_once(2, act)

    assert Listing.objects.get().state == State.ENDED
