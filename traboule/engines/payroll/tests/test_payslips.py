"""Six worked payslips, what public sources print, and what holds for every wage."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.engines.payroll import Case, Unusable, payslip, read_case
from traboule.engines.payroll.rates import rates_of, table

EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text())["payslips"]
MONTHS = ("2024-01", "2024-12", "2025-02", "2025-06", "2026-03", "2026-12")
HOUR = {"month": "2026-07", "basis": "gross_hourly", "rate": "15", "hours": 10}


def slip(**values):
    return payslip(read_case(HOUR | values))


def flat(lines):
    """Every number, by its path."""
    for name, value in lines.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", one) for inner, one in flat(value))
        else:
            yield name, value


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["id"])
def test_a_worked_payslip_is_found_again(example):
    found = dict(flat(payslip(read_case(example["input"])).as_json()))

    for name, expected in flat(example["expected"]):
        if isinstance(expected, float):
            assert found[name] == pytest.approx(expected, abs=0.005), name
        else:
            assert found[name] == expected, name


@pytest.mark.parametrize(
    ("month", "gross", "local", "net"),
    [
        ("2024-01", "11.75", False, "9.18"), ("2024-02", "12.93", False, "10.10"),
        ("2024-02", "13.15", False, "10.27"), ("2025-04", "13.46", False, "10.51"),
        ("2025-04", "13.46", True, "10.34"),
    ],
)  # fmt: skip
def test_published_hourly_nets_are_found_again(month, gross, local, net):
    rates = rates_of(month)
    share = rates.net_share - (rates["employee.maladie_alsace_moselle"] if local else 0)

    assert (Decimal(gross) * share).quantize(Decimal("0.01")) == Decimal(net)


def test_the_greatest_relief_of_the_elderly_is_the_published_one():
    # 240.16 with leave in 2024-25, 218.24 without: 65 hours of the Smic of November 2024 (Urssaf).
    values = {"month": "2025-02", "rate": "20", "hours": 150, "exoneration": "age70"}
    with_leave, without = slip(**values), slip(**values, cp10_included=False)
    smic = rates_of("2025-02")["smic"]

    assert with_leave.exoneration_base_cap == 65 * Decimal("13.07")
    assert without.exoneration == (65 * smic * Decimal("0.2882")).quantize(Decimal("0.01"))


@pytest.mark.parametrize("exoneration", ["apa", "pch", "disabled_child"])
def test_an_allowance_exempts_without_cap_and_without_hourly_deduction(exoneration):
    found = slip(rate="20", hours=150, exoneration=exoneration)

    assert found.exoneration_base_cap is None
    assert found.deduction == 0
    assert found.exoneration == sum(
        found.employer[name]
        for name in ("maladie", "vieillesse_plafonnee", "vieillesse_deplafonnee",
                     "allocations_familiales")
    )  # fmt: skip


def test_above_the_ceiling_pensions_change_and_health_at_work_stays_five_euros():
    found = slip(basis="gross_month", rate="6000", hours=170)

    assert found.employee["vieillesse_plafonnee"] == Decimal("276.35")  # 6.90 % of 4 005
    assert found.employee["retraite_compl"] == Decimal("298.53")  # 3.15 % of it, 8.64 % above
    assert found.employee["cet"] == Decimal("8.40")
    assert found.employer["fnal"] == Decimal("4.01")
    assert found.employer["sante_travail_cst"] == 5


def test_hours_worked_more_or_on_holidays_are_paid_more_and_deducted_once():
    found = slip(rate="20", hours=50, overtime_25=8, overtime_50=2, holiday_hours=10,
                 may_day_hours=5)  # fmt: skip

    assert found.gross == 20 * (50 + 2 + 1 + 1 + 5)
    assert found.deduction == 100


def test_leave_paid_when_taken_has_no_hourly_deduction():
    found = slip(cp10_included=False, leave_hours=7)

    assert found.gross == 15 * 17
    assert found.deduction == 20


@given(
    month=st.sampled_from(MONTHS),
    gross=st.decimals(min_value=200, max_value=40_000, places=2),
    exoneration=st.sampled_from([None, "age70", "apa"]),
    local=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_gross_net_and_cost_lead_to_one_another(month, gross, exoneration, local):
    case = {"month": month, "hours": 10, "exoneration": exoneration, "alsace_moselle": local}
    first = payslip(read_case(case | {"basis": "gross_month", "rate": str(gross)}))
    of_net = payslip(read_case(case | {"basis": "net_month", "rate": str(first.net)}))
    of_cost = payslip(read_case(case | {"basis": "cost_month", "rate": str(first.cost)}))

    assert abs(of_net.net - first.net) <= Decimal("0.03")  # Each line is rounded.
    assert of_cost.cost == first.cost
    assert first.gross - first.employee_total == first.net
    assert first.net + first.due == first.cost


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"month": "2023-12"}, "2023-12 n’est pas dans la table"),
        ({"month": "2027-01"}, "2027-01 n’est pas dans la table"),
        ({"month": "juillet"}, "s’écrit 2026-07"),
        ({"rate": "13.86"}, "au moins 13.87 € brut, congés payés compris"),
        ({"rate": "13.86", "cp10_included": False}, None),
        ({"rate": "12.60", "cp10_included": False}, "au moins 12.61 € brut"),
        ({"basis": "net_hourly", "rate": "10.82"}, "au moins 10.84 € net"),
        ({"basis": "net_hourly", "rate": "10.84"}, None),
        ({"rate": "18.00", "level": "XII"}, "niveau XII"),
        ({"rate": "-3"}, "négatif"), ({"rate": "NaN"}, "nombre"), ({"rate": True}, "nombre"),
        ({"rate": "1e9"}, "1000 euros"), ({"hours": 0}, "heures"), ({"hours": 900}, "744"),
        ({"basis": "brut"}, "gross_hourly"), ({"exoneration": "oui"}, "age70"),
        ({"prime": 3}, "Clé inconnue : prime"), ({"rate": None}, "Il manque : rate"),
        ({"leave_hours": 3}, "pas deux fois"), ({"overtime_50": 11}, "parmi les heures"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(change, words):
    if words is None:
        slip(**change)
        return
    with pytest.raises(Unusable, match=words):
        slip(**change)


def test_every_figure_has_its_source_and_doubts_are_told():
    assert all(one["source"] for one in (*table()["figure"], *table()["grid"]))
    assert "employer.atmp" in slip().as_json()["uncertain"]
    assert slip(month="2025-06").as_json()["uncertain"].keys() == {"convention"}


def test_a_case_is_its_own_key():
    assert read_case(HOUR) == read_case(HOUR)
    assert isinstance(hash(read_case(HOUR)), int)
    assert Case.__dataclass_params__.frozen


def test_a_bonus_comes_beside_the_hours_and_saves_no_low_wage():
    whole, without = slip(bonus="15"), slip()

    assert whole.gross == without.gross + 15
    assert whole.deduction == without.deduction
    assert whole.net - without.net == pytest.approx(Decimal("11.72"), abs=Decimal("0.02"))
    with pytest.raises(Unusable, match="trop bas"):
        slip(rate="5", bonus="500")
