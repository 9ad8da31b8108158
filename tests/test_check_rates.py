"""What ``make check-rates`` makes of what the referees answer; none is needed here."""

from dataclasses import replace

from benchmarks import referees
from benchmarks.rates import Known, Wage, drifts, ours, told

LOCAL = "employee.maladie_alsace_moselle"
SHARED = {"theirs": [LOCAL]}
WAGES = [Wage("2026-03", 1000, True), Wage("2026-03", 3000, True)]
KNOWN = Known("Referee", LOCAL, share=0.015, reason="an old rate", source="its parameters")


def found(*theirs, shared=SHARED):
    return list(drifts("Referee 1.0", shared, WAGES, ours(WAGES), {"theirs": list(theirs)}))


def test_a_cent_of_rounding_is_no_drift():
    assert found(13.01, 38.99) == []


def test_a_drift_is_told_once_at_its_worst_with_both_amounts_and_our_source():
    words, is_known = told(found(14, 42), [])

    assert len(words) == 1
    assert (
        "DRIFT  employee.maladie_alsace_moselle (2026-03, 3,000.00 €, Alsace-Moselle)" in words[0]
    )
    assert "ours 39.00, Referee 1.0 42.00" in words[0]
    assert "Urssaf 2024" in words[0]
    assert not is_known


def test_a_known_drift_says_why_and_is_fine():
    words, is_known = told(found(15, 45), [KNOWN])

    assert "why: an old rate (its parameters)" in words[0]
    assert is_known


def test_a_known_drift_that_changes_is_a_new_one():
    _, is_known = told(found(16, 48), [KNOWN])

    assert not is_known


def test_a_line_of_theirs_may_be_the_sum_of_ours():
    shared = {"theirs": ["employee.csg_deductible", "employee.csg_non_deductible"]}

    assert found(90.39, 271.17, shared=shared) == []
    assert found(90.39, 280, shared=shared)[0].line.count("+") == 1


def test_a_referee_that_cannot_be_installed_is_named_and_left_out(monkeypatch, tmp_path, capsys):
    absent = replace(
        referees.REFEREES[0], name="Absent 1.0", room=tmp_path / "room",
        install=lambda room: [["no-such-installer"]],
    )  # fmt: skip
    failing = replace(absent, name="Failing 2.0", install=lambda room: [["ls", "no-such-file"]])
    monkeypatch.setattr(referees, "REFEREES", (absent, failing))

    assert list(referees.ready()) == []
    said = capsys.readouterr().err
    assert "Absent 1.0 is left out: " in said
    assert "Failing 2.0 is left out: " in said
