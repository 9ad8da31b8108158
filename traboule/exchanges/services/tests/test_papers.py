"""Papers of the end and statements of a year, read back from their PDF."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.scenarios.printed import words_of

from ..models import Declaration, PaidBy, Payment, PaymentState
from ..months import household_year, worker_year
from ..printing import ending, years
from .factories import make_services_space
from .slips import NIR, make_ended, make_month, make_signed

pytestmark = pytest.mark.django_db


def ended(**values):
    contract = make_signed(**values)
    for month in ("2026-09", "2026-10"):
        make_month(contract, month)
    return make_ended(contract)


def test_a_certificate_says_from_when_to_when_in_which_job_and_no_more():
    words = words_of(ending.certificate(ended()))

    assert "Certificat de travail" in words
    assert "du 1 juillet 2026 au 31 octobre 2026" in words
    assert "Employée familiale" in words
    assert "met fin" not in words


def test_a_settlement_lists_the_last_wage_and_how_the_rest_is_found():
    contract = ended()

    words = words_of(ending.settlement(contract))

    assert "Salaire net, octobre 2026 104,02 €" in words
    assert "Ancienneté : 4 mois entiers" in words
    assert "six mois" in words


def test_the_attestation_is_prefilled_and_says_that_it_is_not_the_form():
    contract = ended()

    words = words_of(ending.attestation(contract))

    assert "Seul le formulaire de France Travail est valable" in words
    assert NIR in words
    assert "septembre 2026 8,00 h 133,13 €" in words
    assert "Motif : l’employeur y met fin" in words


def test_late_hours_are_in_their_month_and_counted_once():
    contract = ended()
    whole = make_month(contract, "2026-08", hours="10")
    whole.delete()
    make_month(contract, "2026-08", hours="8")
    make_month(
        contract, "2026-08", rank=1, code="tard", hours="2", slip=whole.slip,
        net=Decimal("26"), due=Decimal("10"), cost=Decimal("36"),
    )  # fmt: skip

    words = words_of(ending.attestation(contract))

    gross = f"{whole.slip['gross']:.2f}".replace(".", ",")
    assert f"août 2026 10,00 h {gross} €" in words


def test_a_household_reads_what_it_paid_by_kind_and_what_comes_back():
    space = make_services_space()
    garden = make_signed(space)
    slip = make_month(garden, "2026-09")
    found = household_year(garden.household, 2026)

    words = words_of(years.of_household(found))

    assert found.cost == slip.net + slip.due
    assert found.credit.credit == (found.cost / 2).quantize(Decimal("0.01"))
    assert "Vos services de l’année 2026" in words
    assert "case 7DB" in words
    assert f"{found.credit.credit:.2f} €".replace(".", ",") in words


def test_aids_received_are_taken_off_what_comes_back(client):
    contract = make_signed()
    household = contract.household
    for month in ("2026-08", "2026-09"):
        make_month(contract, month)
    before = household_year(household, 2026)
    counted = before.counted
    unsaid = words_of(years.of_household(before))
    client.force_login(household.person)
    page = reverse("services:aids", args=[household.space.slug, household.pk])

    wrong = client.post(page, {"2026": "-5"})
    client.post(page, {"2026": "100,50"})

    household.refresh_from_db()
    found = household_year(household, 2026)
    words = words_of(years.of_household(found))
    assert wrong.context["form"].errors
    assert found.counted == counted - Decimal("100.50")
    assert before.credit.credit - found.credit.credit == Decimal("50.25")
    assert "Aides reçues, à retirer : 100,50 €" in words
    assert "Vous recevez une aide" not in words
    assert "Vous recevez une aide" in unsaid


def test_small_repairs_count_up_to_their_own_ceiling():
    contract = make_signed(kind="repairs", begins_on=datetime.date(2026, 1, 1))
    for month in ("2026-02", "2026-03", "2026-04", "2026-05"):
        make_month(contract, month)

    found = household_year(contract.household, 2026)

    assert found.cost > 500
    assert found.counted == 500
    assert "compte jusqu’à 500,00 € par an" in words_of(years.of_household(found))


def test_a_wage_counts_in_the_year_in_which_it_was_paid():
    contract = make_signed()
    december = make_month(contract, "2025-12")
    Payment.objects.create(
        contract=contract, payslip=december, how=PaidBy.DIRECT, state=PaymentState.PAID, cents=1,
        key="12345678-1234-1234-1234-123456789012",
        done_at=datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC),
    )  # fmt: skip
    asked = make_month(contract, "2026-10")
    Payment.objects.create(
        contract=contract, payslip=asked, how=PaidBy.DIRECT, cents=1,
        key="12345678-1234-1234-1234-123456789013",
    )  # fmt: skip

    assert household_year(contract.household, 2025).cost == 0
    assert household_year(contract.household, 2026).cost == december.net + december.due


def test_what_was_paid_with_the_advance_is_said():
    contract = make_signed()
    slip = make_month(contract)
    Declaration.objects.create(payslip=slip, service="advance", state="done")

    words = words_of(years.of_household(household_year(contract.household, 2026)))

    assert "Dont payé avec l’avance immédiate" in words


def test_a_year_out_of_the_table_is_said():
    contract = make_signed()

    found = household_year(contract.household, 2010)

    assert found.credit is None
    assert "2010" in words_of(years.of_household(found))


def test_a_worker_reads_the_taxable_net_of_each_month():
    contract = make_signed()
    slips = [make_month(contract, month) for month in ("2026-09", "2026-10")]

    words = words_of(years.of_worker(worker_year(contract.worker, 2026)))

    taxable = sum(Decimal(str(one.slip["net_taxable"])) for one in slips)
    assert "octobre 2026 8,00 h 104,02 €" in words
    assert f"Net imposable de l’année : {taxable:.2f} €".replace(".", ",") in words
