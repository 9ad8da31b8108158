import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from traboule.kernel.people.actions import Refused

from ..actions import contracts, offers, payslips, requests, signing, workers, works
from ..models import (
    Contract,
    ContractState,
    Ending,
    EndReason,
    Payslip,
    Reason,
    Side,
    SigningCode,
    State,
    Term,
    Work,
    WorkState,
)
from ..printing.contract import contract_of
from ..printing.payslip import lines_of, payslip_of
from .factories import at, make_contract, make_services_space, make_slip, make_work, make_worker

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def space():
    return make_services_space()


@pytest.fixture
def contract(space):
    return make_contract(space)


def months_ago(number):
    """A day early in a month that is over."""
    first = timezone.localdate().replace(day=1)
    for _month in range(number):
        first = (first - A_DAY).replace(day=1)
    return first + datetime.timedelta(days=8)


def sign(contract, monkeypatch):
    """Both sign with the code that reaches them."""
    sent = []
    monkeypatch.setattr(signing, "deliver", lambda *to, **words: sent.append(words["text"]))
    for side in Side:
        person = contract.person_of(side)
        number = "+3361234567" + ("8" if side == Side.WORKER else "9")
        person.channels.create(kind="mobile", value=number, verified_at=timezone.now())
        signing.send_code(contract=contract, side=side, by=person)
        digits = next(word for word in sent[-1].split() if word.isdigit())
        signing.sign_with_code(contract=contract, side=side, digits=digits, by=person)
    contract.refresh_from_db()


def test_both_sign_with_a_code_on_their_own_telephone_and_the_words_stay(space, monkeypatch):
    contract = make_contract(space, state=ContractState.DRAFT)

    sign(contract, monkeypatch)

    assert contract.state == ContractState.SIGNED
    said = dict(contract.terms["mentions"])
    assert "IDCC 3239" in said["Convention collective"]
    assert "13,00" in said["Salaire"]
    assert signing.is_intact(contract)
    assert contract_of(contract).startswith(b"%PDF")
    contract.terms["net_hourly"] = "9.00"
    contract.save()
    assert not signing.is_intact(contract)


def test_a_wrong_code_signs_nothing_and_five_of_them_spend_it(space, monkeypatch):
    contract = make_contract(space, state=ContractState.DRAFT)
    monkeypatch.setattr(signing, "deliver", lambda *to, **words: None)
    person = contract.worker.person
    person.channels.create(kind="mobile", value="+33612345678", verified_at=timezone.now())
    signing.send_code(contract=contract, side=Side.WORKER, by=person)

    for _try in range(5):
        with pytest.raises(Refused, match="pas le bon code"):
            signing.sign_with_code(contract=contract, side=Side.WORKER, digits="nothing", by=person)

    with pytest.raises(Refused, match="ne sert plus"):
        signing.sign_with_code(contract=contract, side=Side.WORKER, digits="000000", by=person)
    assert not contract.signatures.exists()


def test_a_correction_makes_the_code_of_the_former_words_void(space, monkeypatch):
    contract = make_contract(space, state=ContractState.DRAFT)
    monkeypatch.setattr(signing, "deliver", lambda *to, **words: None)
    person = contract.worker.person
    person.channels.create(kind="mobile", value="+33612345678", verified_at=timezone.now())
    signing.send_code(contract=contract, side=Side.WORKER, by=person)

    contracts.prepare(offer=contract.offer, by=person, net_hourly=Decimal(14))

    assert not SigningCode.objects.exists()


def test_nobody_signs_before_the_team_has_seen_who_it_is(space):
    contract = make_contract(space, state=ContractState.DRAFT)
    contract.worker.identity_seen_on = None
    contract.worker.save()

    with pytest.raises(Refused, match="pièce d’identité"):
        signing.send_code(contract=contract, side=Side.WORKER, by=contract.worker.person)


def test_a_contract_is_not_signed_after_its_first_day_unless_the_team_puts_it_right(space):
    contract = make_contract(space, state=ContractState.DRAFT)
    Contract.objects.filter(pk=contract.pk).update(
        begins_on=timezone.localdate() - A_DAY, term=Term.FIXED, reason=Reason.EXTRA,
        ends_on=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(Refused, match="régulariser"):
        signing.send_code(contract=contract, side=Side.WORKER, by=contract.worker.person)

    signing.regularise(contract=contract, because="oubli", by=contract.household.person)

    contract.refresh_from_db()
    assert (contract.term, contract.ends_on) == (Term.OPEN, None)
    with pytest.raises(Refused, match="sur papier"):
        signing.send_code(contract=contract, side=Side.WORKER, by=contract.worker.person)


def test_a_wage_under_the_convention_is_refused_with_the_least(space):
    with pytest.raises(Refused, match="au moins"):
        make_contract(space, state=ContractState.DRAFT, net_hourly=Decimal(6))


def test_an_amendment_replaces_the_contract_from_its_day(contract, monkeypatch):
    tomorrow = timezone.localdate() + A_DAY

    changed = contracts.amend(
        contract=contract, by=contract.household.person, begins_on=tomorrow,
        net_hourly=Decimal("15"),
    )  # fmt: skip
    sign(changed, monkeypatch)

    contract.refresh_from_db()
    assert (contract.state, contract.ending) == (ContractState.ENDED, Ending.AMENDED)
    assert contract.ended_on == timezone.localdate()
    assert changed.state == ContractState.SIGNED


def test_before_the_first_hour_everyone_may_cancel_and_after_it_nobody(contract):
    Contract.objects.filter(pk=contract.pk).update(begins_on=timezone.localdate() + A_DAY)
    other = make_contract(contract.household.space, worker=make_worker(contract.household.space,
                                                                       "Luc Favre"),
                          household=contract.household)  # fmt: skip
    make_work(other)

    contracts.cancel(contract=contract, by=contract.worker.person)
    with pytest.raises(Refused, match="a commencé"):
        contracts.cancel(contract=other, by=other.worker.person)

    contract.refresh_from_db()
    assert contract.state == ContractState.CANCELLED


def test_a_request_is_let_go_with_its_draft_but_not_once_both_have_signed(space):
    draft = make_contract(space, state=ContractState.DRAFT)
    signed = make_contract(space, worker=make_worker(space, "Luc Favre"))

    offers.withdraw(offer=draft.offer, by=draft.worker.person)
    for act, what in (
        (offers.withdraw, {"offer": signed.offer}),
        (requests.close, {"asked": signed.offer.request, "reason": EndReason.NO_MORE}),
    ):
        with pytest.raises(Refused, match="contrat est signé"):
            act(by=signed.worker.person, **what)

    draft.refresh_from_db()
    assert draft.state == ContractState.CANCELLED


# Hours


def test_hours_written_twice_are_one_and_confirmed_twice_are_confirmed_once(contract):
    one, again = make_work(contract), make_work(contract)

    assert one == again
    assert again.state == WorkState.CONFIRMED
    assert Work.objects.count() == 1


def test_nobody_works_in_two_places_at_once(contract):
    other = make_contract(contract.household.space, worker=contract.worker,
                          household=None)  # fmt: skip
    make_work(contract)

    with pytest.raises(Refused, match="à ce moment-là"):
        make_work(other)


def test_hours_of_a_day_without_a_contract_or_to_come_are_refused(contract):
    for day, why in (
        (contract.begins_on - A_DAY, "contrat signé"),
        (timezone.localdate() + A_DAY, "pas encore faites"),
    ):
        with pytest.raises(Refused, match=why):
            make_work(contract, day)


def test_hours_that_one_contests_are_settled_by_the_team_and_the_others_are_paid(contract):
    day = months_ago(1)
    wrong = works.enter(
        contract=contract, side=Side.WORKER, begun_at=at(day, 9), ended_at=at(day, 13),
        by=contract.worker.person,
    )[0]  # fmt: skip
    make_work(contract, day)
    works.dispute(work=wrong, words="Elle est partie à midi.", by=contract.household.person)
    first = payslips.make_payslip(contract=contract, month=day, by=None)

    works.settle(work=wrong, minutes=180, words="Trois heures.", by=contract.household.person)
    second = payslips.make_payslip(contract=contract, month=day, by=None)

    assert (first.hours, second.hours, second.rank) == (2, 3, 1)


def test_a_minor_does_not_work_on_a_sunday(space):
    today = timezone.localdate()
    worker = make_worker(space, born_on=today.replace(year=today.year - 17, day=1))
    workers.saw_guardian(worker=worker, by=worker.person)
    contract = make_contract(space, worker=worker)
    sunday = today - datetime.timedelta(days=today.weekday() + 1)

    with pytest.raises(Refused, match="Avant 18 ans"):
        make_work(contract, sunday)


# Payslips


def test_a_payslip_pays_what_was_signed_to_the_cent_and_never_changes(contract, monkeypatch):
    slip = make_slip(contract, months_ago(1))

    assert abs(slip.net - 26) <= Decimal("0.02")
    assert slip.cost == slip.net + slip.due
    assert Decimal(str(slip.slip["total_cost"])) == slip.cost
    assert payslip_of(slip).startswith(b"%PDF")
    words, mine, _theirs = lines_of(slip)[0]
    assert (words, mine.rate) == ("Retraite de base, jusqu’au plafond", "6,9 %")
    with pytest.raises(Refused, match="Aucune heure"):
        payslips.make_payslip(contract=contract, month=slip.month, by=None)


def test_a_month_in_two_payslips_costs_what_it_would_in_one(contract):
    day = months_ago(1)
    whole = make_contract(contract.household.space, worker=make_worker(contract.household.space,
                                                                       "Luc Favre"))  # fmt: skip
    make_work(whole, day)
    once = make_slip(whole, day + A_DAY)

    first, second = make_slip(contract, day), make_slip(contract, day + A_DAY)

    assert first.cost + second.cost == once.cost
    assert first.net + second.net == once.net


def test_over_forty_hours_in_a_week_are_paid_more(contract):
    monday = months_ago(1) - datetime.timedelta(days=months_ago(1).weekday())
    if monday.month != months_ago(1).month:
        monday += datetime.timedelta(weeks=1)
    for days in range(5):
        make_work(contract, monday + days * A_DAY, hours=9)

    slip = payslips.make_payslip(contract=contract, month=monday, by=None)

    assert Decimal(slip.case["overtime_25"]) == 5


def test_months_that_are_over_are_paid_by_themselves_and_the_request_is_done(contract):
    day = months_ago(1)
    make_work(contract, day)
    contracts.end(
        contract=contract, ending=Ending.AGREED, on=timezone.localdate(),
        by=contract.household.person,
    )  # fmt: skip

    payslips.make_all_due(timezone.now())
    payslips.make_all_due(timezone.now())

    assert Payslip.objects.count() == 1
    contract.offer.request.refresh_from_db()
    assert contract.offer.request.state == State.DONE
