import json

import pytest

from traboule.engines.swaps.cli import main

from . import markets


@pytest.fixture
def listings(tmp_path):
    """A file of forty listings that ask for little."""
    path = tmp_path / "listings.jsonl"
    path.write_text("\n".join(map(json.dumps, markets.eager(40, seed=3))))
    return str(path)


@pytest.fixture
def ask(listings, capsys):
    """What a command prints about that file."""

    def asked(command, *arguments):
        assert main([command, listings, *arguments]) == 0
        return capsys.readouterr().out

    return asked


def test_matches_are_the_best_exchanges_of_a_listing(ask):
    found = json.loads(ask("matches", "T1", "--json", "--most", "3"))["exchanges"]
    said = ask("matches", "T1", "--most", "3").splitlines()

    assert len(found) == 3
    first = found[0]
    assert said[2:4] == [
        "Échanges possibles, les meilleurs d’abord\u00a0: 3",
        f"  {first['weight']:4}  {' → '.join([*first['ids'], first['ids'][0]])}",
    ]


def test_a_listing_is_explained_with_what_would_open_more(ask):
    said = ask("explain", "T2")

    assert said.startswith("Logements à moins de 30\u00a0km\u00a0: ")
    assert "Ce qui ouvrirait davantage\u00a0:\n  avec " in said


def test_a_home_is_explained_point_by_point(ask):
    points = json.loads(ask("explain", "T2", "T3", "--json"))
    said = ask("explain", "T2", "T3").splitlines()

    assert [one[:3] == "oui" for one in said] == [one["met"] for one in points]
    assert said[1].startswith(("oui  pièces\u00a0: souhaité ", "non  pièces\u00a0: souhaité "))


def test_a_simulation_compares_plans(ask):
    said = ask("simulate", "--probability", "0.5", "--draws", "200", "--json")
    plans = {name: one["expected"] for name, one in json.loads(said).items()}

    assert plans["le plus de poids, sans repli"] < plans["le plus de poids"]
    assert plans["le plus de poids"] <= plans["selon les chances"]
    assert plans["à deux seulement"] < plans["selon les chances"]
    assert plans["selon les chances"] <= plans["selon les chances, avec suppléance"]
    for one in json.loads(said).values():
        assert one["mean"] == pytest.approx(one["expected"], abs=3 * one["margin"])


def test_an_unknown_listing_is_said(listings, capsys):
    assert main(["matches", listings, "T99"]) == 2
    assert capsys.readouterr().err == f"Aucune annonce T99 dans {listings}.\n"


def test_a_file_that_cannot_be_read_is_said_line_by_line(tmp_path, capsys):
    path = tmp_path / "listings.jsonl"
    path.write_text("{}\n")

    assert main(["matches", str(path), "T1"]) == 1
    assert "ligne 1" in capsys.readouterr().err
    assert main(["matches", str(tmp_path / "none"), "T1"]) == 1


def test_a_probability_is_from_0_to_1(listings, capsys):
    with pytest.raises(SystemExit):
        main(["simulate", listings, "--probability", "2"])
    assert "un nombre de 0 à 1" in capsys.readouterr().err
