"""Declarations of the Cesu against a stand-in of Urssaf, over real HTTP."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from traboule.engines.payroll import payslip, read_case
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_coordinator

from ..actions import declarations, enrolling
from ..models import Declaration, DeclarationState, PaidBy, Service
from ..upkeep import declaring as upkeep
from ..urssaf import access, fields, standin
from ..urssaf.access import Down
from ..volet import missing, volet
from .declaring import (
    AS_IF_NOTHING_CAME_BACK,
    DAY,
    HOUR,
    prepared,
    send,
    with_mandate,
)
from .slips import make_month, make_signed

pytestmark = pytest.mark.django_db


# The Cesu


def test_with_a_mandate_a_month_is_declared_as_the_payslip_has_it(urssaf):
    contract = with_mandate()
    one = prepared(contract)

    send()

    one.refresh_from_db()
    (told,) = urssaf.books.declarations.values()
    assert (one.service, one.state, one.problem) == (Service.CESU, DeclarationState.DONE, "")
    assert one.remote_id == told["numeroDeclaration"]
    assert told["said"]["salaireNetTotal"] == float(one.payslip.net)
    assert told["said"]["nombreHeures"] == 8.0


def test_the_words_of_urssaf_are_those_that_the_installation_was_told(urssaf, settings):
    settings.URSSAF_CESU_NAMES = {"hours": "nbHeures", "declarations": "/cesu/v2/declarations"}
    prepared(with_mandate())

    send()

    (told,) = urssaf.books.declarations.values()
    assert told["said"]["nbHeures"] == 8.0
    assert "nombreHeures" not in told["said"]
    assert urssaf.requests.count("POST /cesu/v2/declarations") == 1
    assert fields.known_names(None) == []


def test_a_word_that_is_none_of_ours_is_said(settings):
    settings.URSSAF_CESU_NAMES = {"heures": "nbHeures"}

    (problem,) = fields.known_names(None)

    assert "« heures »" in problem.msg
    assert "hours" in problem.hint


def test_an_indemnity_without_an_hour_is_declared_too(urssaf):
    contract = with_mandate()
    net = Decimal("20.80")
    case = {"month": "2026-10", "basis": "net_month", "rate": str(net), "hours": "0.01"}
    due = payslip(read_case(case)).due
    bonus = make_month(contract, "2026-10", rank=1, net=net, bonus=net, due=due, cost=net + due)
    bonus.hours = 0
    bonus.save()
    one = declarations.prepare(payslip=bonus, by=None)

    send()

    one.refresh_from_db()
    (told,) = urssaf.books.declarations.values()
    assert (one.state, one.problem) == (DeclarationState.DONE, "")
    assert told["said"]["accessoiresSalaire"] == told["said"]["salaireNetTotal"] == 20.8


def test_a_month_that_urssaf_counts_otherwise_is_declared_and_shown_to_the_team(urssaf):
    contract = with_mandate()
    awa = make_coordinator(contract.household.space)
    urssaf.more = Decimal("0.06")
    one = prepared(contract)

    send()

    one.refresh_from_db()
    assert one.state == DeclarationState.DONE
    assert "L’Urssaf compte" in one.problem
    assert Notice.objects.filter(person=awa, kind="services.declaration-differs").count() == 1


def test_some_cents_are_nobodys_business(urssaf):
    urssaf.more = Decimal("0.01")
    one = prepared(with_mandate())

    send()

    one.refresh_from_db()
    assert (one.state, one.problem) == (DeclarationState.DONE, "")


def test_with_cesu_plus_it_waits_until_someone_says_that_the_money_came(urssaf):
    contract = with_mandate(paid_by=PaidBy.CESU_PLUS)
    one = prepared(contract)
    send()
    one.refresh_from_db()
    assert one.state == DeclarationState.SENT

    declarations.settle(declaration=one, paid=True, by=contract.household.person)

    one.refresh_from_db()
    assert one.state == DeclarationState.DONE


def test_what_lacks_is_said_before_anything_leaves(urssaf):
    contract = with_mandate()
    contract.worker.nir = ""
    contract.worker.save()
    one = prepared(contract)

    send()

    one.refresh_from_db()
    assert one.state == DeclarationState.REFUSED
    assert one.problem == "Il manque\N{NO-BREAK SPACE}: numéro de sécurité sociale."
    assert urssaf.books.declarations == {}


def test_a_cut_line_after_it_arrived_declares_nothing_twice(urssaf):
    one = prepared(with_mandate())
    send()
    Declaration.objects.filter(pk=one.pk).update(**AS_IF_NOTHING_CAME_BACK)

    send(2 * HOUR)

    one.refresh_from_db()
    assert one.state == DeclarationState.DONE
    assert len(urssaf.books.declarations) == 1
    assert one.remote_id == next(iter(urssaf.books.declarations.values()))["numeroDeclaration"]


def test_a_mandate_that_ended_ends_at_urssaf_too(urssaf):
    contract = with_mandate()
    assert urssaf.books.mandates == {"Z1234567890123"}

    enrolling.end_mandate(household=contract.household, by=contract.household.person)

    assert urssaf.books.mandates == set()


def test_a_mandate_ends_here_even_when_urssaf_does_not_hear_it(urssaf):
    contract = with_mandate()
    awa = make_coordinator(contract.household.space)
    urssaf.mode = "down"

    ended = enrolling.end_mandate(household=contract.household, by=contract.household.person)

    assert ended.cesu_mandate_on is None
    assert Notice.objects.filter(person=awa, kind="services.mandate-to-end").exists()


# Urssaf is down


def test_urssaf_down_for_a_day_loses_nothing_and_is_told_once(urssaf):
    contract = with_mandate()
    awa = make_coordinator(contract.household.space)
    one = prepared(contract)
    urssaf.mode = "down"
    begun, told_after = timezone.now(), []

    for quarter in range(4 * 32):
        now = begun + quarter * datetime.timedelta(minutes=15)
        upkeep.send_due(now)
        if Notice.objects.filter(person=awa).exists() and not told_after:
            told_after.append(now - begun)

    one.refresh_from_db()
    assert one.state == DeclarationState.TO_SEND
    assert DAY <= told_after[0] < 2 * DAY
    assert Notice.objects.filter(person=awa).count() == 1
    assert one.tries <= 9, "later and later"
    urssaf.mode = "normal"
    upkeep.send_due(begun + 3 * DAY)
    one.refresh_from_db()
    assert (one.state, one.tries) == (DeclarationState.DONE, 0)


def test_urssaf_that_asks_for_two_hours_gets_them(urssaf):
    one = prepared(with_mandate())
    urssaf.mode = "busy"
    now = timezone.now() + HOUR

    upkeep.send_due(now)

    one.refresh_from_db()
    assert one.next_at == now + 2 * HOUR


def test_one_that_finds_urssaf_down_spares_the_others_the_wait(urssaf):
    contract = with_mandate()
    for month in ("2026-08", "2026-09", "2026-10"):
        prepared(contract, month=month)
    urssaf.mode, urssaf.requests[:] = "down", []

    send()

    assert len(urssaf.requests) == 1
    assert set(Declaration.objects.values_list("tries", flat=True)) == {1}


def test_slow_is_down(urssaf, monkeypatch):
    monkeypatch.setattr(standin, "SLOW_SECONDS", 1.0)
    monkeypatch.setattr(access, "TIMEOUT", 0.2)
    one = prepared(with_mandate())
    urssaf.mode = "slow"

    send()

    one.refresh_from_db()
    assert (one.state, one.tries) == (DeclarationState.TO_SEND, 1)


def test_a_token_is_asked_once_and_again_when_it_is_not_known_any_more(urssaf):
    contract = with_mandate()
    prepared(contract)
    send()
    assert urssaf.requests.count("POST /api/oauth/v1/token") == 1
    urssaf.books.tokens.clear()

    second = prepared(contract, month="2026-10")
    send()

    second.refresh_from_db()
    assert second.state == DeclarationState.DONE
    assert urssaf.requests.count("POST /api/oauth/v1/token") == 2


def test_wrong_credentials_are_no_refusal_of_the_declaration(urssaf):
    urssaf.knows = lambda token: False

    with pytest.raises(Down):
        access.call(access.cesu(), "POST", "/anything", json={})


# By hand


def test_without_credentials_the_household_gets_every_field_to_copy():
    contract = make_signed()
    one = prepared(contract)

    done = declarations.copied(
        declaration=one, on=timezone.localdate(), by=contract.household.person
    )

    shown = {str(line.label): line.shown for line in volet(one.payslip)}
    assert one.service == Service.FILE
    assert shown["salaire net en tout"] == "104,02\N{NO-BREAK SPACE}€"
    assert shown["heures travaillées"] == "8,00\N{NO-BREAK SPACE}h"
    assert shown["date de paiement"] == "05/10/2026"
    assert Notice.objects.filter(kind="services.declaration-to-copy").count() == 1
    assert done.state == DeclarationState.DONE


def test_above_32_hours_a_month_the_leave_is_said():
    contract = make_signed()
    few, many = make_month(contract, "2026-08"), make_month(contract, "2026-09", hours="33")

    said = [{line.key: line.shown for line in volet(one)}["leave"] for one in (few, many)]

    assert said == ["", "avec chaque heure (10 %)"]


def test_children_looked_after_go_to_pajemploi_by_hand_even_with_a_mandate(urssaf):
    contract = with_mandate(kind="childcare")
    one = prepared(contract)

    keys = [line.key for line in volet(one.payslip)]
    assert one.service == Service.FILE
    assert "children" in keys
    assert "activity" not in keys
    assert missing(volet(one.payslip)) == ["dates de naissance des enfants"]
    one.payslip.contract.children_born_on = ["2021-03-14"]
    assert missing(volet(one.payslip)) == []


def test_a_day_to_come_is_not_the_day_one_declared():
    contract = make_signed()
    one = prepared(contract)

    with pytest.raises(Refused):
        declarations.copied(
            declaration=one, on=timezone.localdate() + DAY, by=contract.household.person
        )


def test_what_waits_for_a_machine_may_be_done_by_hand_but_not_once_it_left(urssaf):
    contract = with_mandate(paid_by=PaidBy.CESU_PLUS)
    one, other = prepared(contract), prepared(contract, month="2026-10")
    hand = declarations.by_hand(declaration=one, by=contract.household.person)
    send()

    other.refresh_from_db()
    assert hand.service == Service.FILE
    assert len(urssaf.books.declarations) == 1
    with pytest.raises(Refused):
        declarations.by_hand(declaration=other, by=contract.household.person)


def test_a_payslip_is_declared_once():
    payslip = make_month(make_signed())

    one = declarations.prepare(payslip=payslip, by=None)

    assert declarations.prepare(payslip=payslip, by=None) == one
