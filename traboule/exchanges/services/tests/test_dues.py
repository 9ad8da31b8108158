"""What the end of a contract adds: to the last payslip of a fixed term, or beside it."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.scenarios.printed import words_of

from ..actions import contracts, payslips
from ..dues import left_by
from ..models import Ending, Reason, Term
from ..printing import ending
from ..volet import volet
from .factories import make_contract, make_services_space, make_work
from .slips import make_ended, make_month, make_signed

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def last_month(day):
    return (timezone.localdate().replace(day=1) - A_DAY).replace(day=day)


def make_fixed(ends_on, **values):
    """A fixed term that began two months ago, for someone who comes back."""
    return make_contract(
        make_services_space(), term=Term.FIXED, reason=Reason.EXTRA, ends_on=ends_on,
        begins_on=last_month(1) - A_DAY, **values,
    )  # fmt: skip


def pay(contract, work):
    month = timezone.localdate(work.begun_at)
    return payslips.make_payslip(contract=contract, month=month, by=None)


def test_the_last_payslip_of_a_fixed_term_adds_a_tenth_of_all_that_it_paid():
    contract = make_fixed(last_month(20))
    ahead = make_work(contract, last_month(6))

    first = pay(contract, make_work(contract, last_month(1) - A_DAY))
    last = pay(contract, ahead)

    gross = first.slip["gross"] * 2
    assert first.bonus == 0
    assert Decimal(last.case["bonus"]) == pytest.approx(Decimal(gross) / 10, abs=Decimal("0.01"))
    assert last.net - first.net == last.bonus > 0
    lines = {line.key: line.value for line in volet(last)}
    assert lines["net_hourly"] == 13
    assert lines["accessories"] == last.bonus
    assert "Fin du contrat" in dict(contract.terms["mentions"])


@pytest.mark.parametrize("earlier", [0, 7])
def test_hours_that_come_late_make_the_indemnity_grow_and_no_more(earlier):
    contract = make_fixed(last_month(20))

    first = pay(contract, make_work(contract, last_month(8) - earlier * A_DAY - A_DAY))
    second = pay(contract, make_work(contract, last_month(8)))

    assert second.hours == first.hours
    assert second.net == pytest.approx(first.net, abs=Decimal("0.02"))
    assert second.bonus == pytest.approx(first.bonus, abs=Decimal("0.02"))


def test_a_term_that_ends_after_its_last_hours_were_paid_is_paid_its_indemnity_once():
    contract = make_fixed(timezone.localdate() + A_DAY)
    paid = pay(contract, make_work(contract, last_month(6)))
    assert paid.bonus == 0

    contracts.end(contract=contract, ending=Ending.AGREED, on=timezone.localdate() - A_DAY, by=None)
    for _again in range(2):
        payslips.make_all_due(timezone.now())

    added = contract.payslips.exclude(pk=paid.pk).get()
    assert (added.hours, added.month) == (0, paid.month)
    assert added.net == added.bonus > 0


@pytest.mark.parametrize(
    ("values", "why"), [({"in_school_holidays": True}, ""), ({}, Ending.RESIGNED)]
)
def test_a_student_on_holiday_and_who_goes_have_none(values, why):
    contract = make_fixed(last_month(20), **values)
    work = make_work(contract, last_month(6))
    if why:
        contracts.end(contract=contract, ending=why, on=last_month(7), by=None)
        contract.refresh_from_db()

    assert pay(contract, work).bonus == 0


def dismissed(hired_on, told_on, on):
    contract = make_signed(hired_on=hired_on, begins_on=hired_on)
    first = hired_on.replace(day=1)
    while first <= on:
        make_month(contract, f"{first:%Y-%m}")
        first = (first + 32 * A_DAY).replace(day=1)
    contract.told_on = told_on
    return make_ended(contract, on)


def test_a_dismissal_pays_the_notice_that_is_not_worked_and_severance():
    told_on = datetime.date(2026, 10, 16)
    contract = dismissed(datetime.date(2025, 10, 1), told_on, datetime.date(2026, 10, 31))

    left = left_by(contract)
    words = words_of(ending.settlement(contract))

    assert left.notice_until == datetime.date(2026, 11, 15)
    assert (left.months, left.missing) == (13, 15)
    assert left.severance == (left.wage * 13 / 48).quantize(Decimal("0.01"))
    assert 0 < left.notice_net < left.notice < left.wage / 2
    assert "Préavis que l’employeur n’a pas voulu : 15 jours" in words
    assert f"Indemnité de licenciement {left.severance:.2f} €".replace(".", ",") in words
    total = Decimal("104.02") + left.notice_net + left.severance
    assert f"Total {total:.2f} €".replace(".", ",") in words


def test_before_eight_months_a_dismissal_has_its_notice_only():
    told_on = datetime.date(2026, 10, 1)
    contract = dismissed(datetime.date(2026, 7, 1), told_on, datetime.date(2026, 10, 31))

    left = left_by(contract)

    assert (left.severance, left.missing) == (0, 0)
    assert "Total 104,02 €" in words_of(ending.settlement(contract))


def test_who_goes_is_owed_nothing_beside():
    contract = dismissed(datetime.date(2025, 7, 1), None, datetime.date(2026, 10, 31))
    contract.ending = Ending.RESIGNED
    contract.save()

    assert left_by(contract) is None
    assert "du 1 octobre" not in words_of(ending.attestation(contract))
