"""The two commands, and the tax credit."""

import json
import subprocess
import sys

import pytest

from traboule.engines.payroll import Unusable, read_year, tax_credit
from traboule.engines.payroll.cli import answers

GOOD = '{"month": "2026-07", "basis": "gross_hourly", "rate": 13.87, "hours": 2}'


def test_a_wrong_line_has_its_answer_and_the_next_one_too():
    found = list(answers("payslip", ["{", '{"month": 3}', "", GOOD]))

    assert "JSON" in found[0]["error"]
    assert "Il manque" in found[1]["error"]
    assert (len(found), found[2]["gross"]) == (3, 27.74)


def test_the_command_needs_no_settings():
    done = subprocess.run(
        [sys.executable, "-m", "traboule.config.command", "payslip"],
        input=GOOD, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert json.loads(done.stdout)["total_cost"] == 36.9


def credit(**values):
    return tax_credit(read_year({"year": 2026} | values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"spending": {"entretien_maison": "3000"}}, 1500),
        ({"spending": {"entretien_maison": "20000"}}, 6000),
        ({"spending": {"entretien_maison": "20000"}, "children": 1, "over_65": 1}, 7500),
        ({"spending": {"entretien_maison": "20000"}, "children": 4}, 7500),
        ({"spending": {"entretien_maison": "20000"}, "children": 4, "first_year": True}, 9000),
        ({"spending": {"entretien_maison": "30000"}, "disabled": True}, 10000),
        ({"spending": {"petit_bricolage": "800", "jardinage": "6000"}}, 2750),
        ({"spending": {"assistance_informatique": "3100"}, "aids": "1000"}, 1000),
        ({"spending": {"livraison_courses": "400"}}, 0),
        ({"spending": {"livraison_courses": "400", "entretien_maison": "600"}}, 500),
    ],
)
def test_a_credit_is_half_of_what_counts(values, expected):
    assert credit(**values).credit == expected


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "spending"), ({"spending": {"jardinage": "-1"}}, "négatif"),
        ({"spending": {"jardinage": 1}, "year": 2019}, "2019"),
        ({"spending": {"jardinage": 1}, "children": "deux"}, "entier"),
        ({"spending": {"jardinage": 1}, "ville": "Grenoble"}, "ville"),
    ],
)  # fmt: skip
def test_a_wrong_year_is_refused_in_words(values, words):
    with pytest.raises(Unusable, match=words):
        credit(**values)
