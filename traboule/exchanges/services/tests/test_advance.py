"""The tax credit at once, and what Urssaf refuses, over real HTTP."""

import datetime

import pytest

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_coordinator

from ..actions import declarations, enrolling
from ..models import Declaration, DeclarationState, Service
from ..upkeep import declaring as upkeep
from ..urssaf import advance, refusals
from .declaring import (
    AS_IF_NOTHING_CAME_BACK,
    DAY,
    HOUR,
    look,
    prepared,
    send,
    with_advance,
)
from .slips import make_signed

pytestmark = pytest.mark.django_db


# The tax credit at once


def test_a_request_for_payment_goes_from_the_household_to_paid(urssaf):
    contract = with_advance(urssaf)
    one = prepared(contract)
    send()
    seen = []

    for days in (2, 4, 6, 8, 10):
        urssaf.ahead = datetime.timedelta(days=days)
        look(days * DAY)
        one.refresh_from_db()
        seen.append(one.state)

    assert one.service == Service.ADVANCE
    assert seen == ["waiting", "accepted", "debited", "done", "done"]
    (bill,) = urssaf.books.bills.values()
    assert bill.said["mntFactureTTC"] == float(one.payslip.cost)


def test_looking_twice_changes_nothing_and_asks_once_a_day(urssaf):
    one = prepared(with_advance(urssaf))
    send()
    urssaf.ahead = 2 * HOUR
    look()
    asked, told = len(urssaf.requests), Notice.objects.count()

    look()
    look()

    one.refresh_from_db()
    assert (len(urssaf.requests), Notice.objects.count()) == (asked, told)
    assert one.state == DeclarationState.WAITING


def test_twelve_requests_are_two_questions(urssaf):
    contract = with_advance(urssaf)
    contract.begins_on = datetime.date(2025, 1, 1)
    contract.save()
    for year in (2025, 2026):
        for month in range(2, 8):
            prepared(contract, month=f"{year}-{month:02}")
    send()
    urssaf.requests.clear()

    look()

    assert urssaf.requests.count("POST /atp/v1/tiersPrestations/demandePaiement/rechercher") == 2


@pytest.mark.parametrize("state", ["113", "260", "270", "999"])
def test_a_state_that_is_not_known_is_noted_and_told_to_the_team(urssaf, state):
    contract = with_advance(urssaf)
    awa = make_coordinator(contract.household.space)
    one = prepared(contract)
    send()
    one.refresh_from_db()
    urssaf.answer_bill(one.remote_id, state)

    look()
    look(4 * DAY)

    one.refresh_from_db()
    assert (one.state, one.remote_state) == (DeclarationState.SENT, state)
    assert Notice.objects.filter(person=awa, kind="services.declaration-odd").count() == 1


def test_a_debit_that_the_bank_refuses_is_told_then_recovered(urssaf):
    contract = with_advance(urssaf)
    awa = make_coordinator(contract.household.space)
    one = prepared(contract)
    send()
    one.refresh_from_db()
    urssaf.answer_bill(one.remote_id, "60")
    look()
    one.refresh_from_db()
    assert one.state == DeclarationState.UNPAID
    assert Notice.objects.filter(person=awa, kind="services.declaration-unpaid").exists()

    urssaf.answer_bill(one.remote_id, "120")
    look(4 * DAY)

    one.refresh_from_db()
    assert one.state == DeclarationState.DONE


def test_an_old_answer_moves_nothing_back(urssaf):
    one = prepared(with_advance(urssaf))
    send()
    one.refresh_from_db()
    urssaf.answer_bill(one.remote_id, "50")
    look()
    urssaf.answer_bill(one.remote_id, "20")

    look(4 * DAY)

    one.refresh_from_db()
    assert (one.state, one.remote_state) == (DeclarationState.DEBITED, "50")


def test_a_bill_that_arrived_before_the_line_was_cut_is_found_again(urssaf):
    one = prepared(with_advance(urssaf))
    send()
    one.refresh_from_db()
    first = one.remote_id
    Declaration.objects.filter(pk=one.pk).update(**AS_IF_NOTHING_CAME_BACK)

    send(2 * HOUR)

    one.refresh_from_db()
    assert (one.state, one.remote_id) == (DeclarationState.SENT, first)
    assert len(urssaf.books.bills) == 1


# Refusals


@pytest.mark.parametrize("code", sorted(refusals.OF_A_BILL))
def test_a_household_that_refuses_is_understood_and_one_sends_again(urssaf, code):
    contract = with_advance(urssaf)
    awa = make_coordinator(contract.household.space)
    one = prepared(contract)
    send()
    one.refresh_from_db()
    urssaf.answer_bill(one.remote_id, "40", reject=code)
    look()
    one.refresh_from_db()
    assert one.state == DeclarationState.REFUSED
    assert one.problem == str(refusals.OF_A_BILL[code])
    assert Notice.objects.filter(person=awa, kind="services.declaration-refused").exists()

    anew = declarations.again(declaration=one, by=awa)
    send()

    anew.refresh_from_db()
    assert (anew.state, anew.pk == one.pk) == (DeclarationState.SENT, False)
    assert len(urssaf.books.bills) == 2


@pytest.mark.parametrize("code", [*sorted(refusals.OF_A_SENDING)[:3], "ERR_JAMAIS_VU"])
def test_what_urssaf_does_not_want_is_refused_with_words(urssaf, code):
    urssaf.refuses = code
    one = prepared(with_advance(urssaf))

    send()

    one.refresh_from_db()
    assert one.state == DeclarationState.REFUSED
    assert one.problem == str(refusals.WORDS.get(code, f"message de {code}"))


def test_every_code_has_words_that_end():
    for code in refusals.WORDS:
        assert refusals.words_of(code)[-1] in ".…", code


# Enrolling


DETAILS = {
    "dateNaissance": "1951-03-04T00:00:00Z",
    "coordonneeBancaire": {"iban": "FR7630001007941234567890185", "bic": "BDFEFRPP",
                          "titulaire": "A. Vial"},
}  # fmt: skip


def test_enrolling_keeps_a_number_and_a_birth_date_and_nothing_else(urssaf):
    household = make_signed().household

    enrolling.enrol(household=household, details=DETAILS, by=household.person)

    household.refresh_from_db()
    assert household.advance_state == advance.ENROLLING
    assert household.born_on == datetime.date(1951, 3, 4)
    urssaf.answer_enrolment(household.advance_id)
    upkeep.look_at_enrolments(datetime.datetime(2026, 12, 1, 5, 5, tzinfo=datetime.UTC))
    household.refresh_from_db()
    assert household.advance_state == advance.ENROLLED


def test_an_enrolment_that_urssaf_does_not_want_says_why(urssaf):
    household = make_signed().household
    wrong = DETAILS | {"coordonneeBancaire": {"iban": "12", "bic": "", "titulaire": ""}}

    with pytest.raises(Refused, match="RIB"):
        enrolling.enrol(household=household, details=wrong, by=household.person)
