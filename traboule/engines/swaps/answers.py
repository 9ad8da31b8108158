"""What ``traboule swaps`` answers about a market, as data and in French."""

import argparse
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from .chances import Chances, by_distance, constant, groups_of
from .choosing import choose
from .compatibility import find_moves
from .cycles import find_cycles
from .explaining import Change, Criterion, Opening, Point, what_if, why, why_none
from .listings import Market
from .online import Exchange, Index

CRITERIA = {
    Criterion.COMMUNE: "commune",
    Criterion.ROOMS: "pièces",
    Criterion.AREA: "surface",
    Criterion.RENT: "loyer",
    Criterion.CEILING: "plafond de ressources",
    Criterion.STEP_FREE: "accès sans marche",
    Criterion.WHEELCHAIR: "accès en fauteuil roulant",
    Criterion.NO_GROUND: "pas au rez-de-chaussée",
    Criterion.BALCONY: "balcon",
    Criterion.PARKING: "stationnement",
    Criterion.GARDEN: "jardin",
    Criterion.CELLAR: "cave",
}
CHANGES = {
    Change.COMMUNE: "avec la commune {}",
    Change.FEWER_ROOMS: "avec une pièce de moins, dès {}",
    Change.MORE_ROOMS: "avec une pièce de plus, jusqu’à {}",
    Change.RENT: "avec un loyer jusqu’à {} €",
    Change.AREA: "avec une surface dès {} m²",
    Change.GROUND: "avec le rez-de-chaussée",
    Change.FEATURE: "sans demander : {}",
}

CEILINGS = ("PLAI", "PLUS", "PLS")
"""The kinds of home that an income gives a right to, from the lowest ceiling."""


@dataclass(frozen=True)
class Answer:
    """The same answer for programs and for people."""

    data: Any
    lines: list[str]


def add_to(commands: Any) -> None:
    """The commands ``matches``, ``explain`` and ``simulate``."""
    matches = _command(commands, "matches", _matches, "les échanges possibles d’une annonce")
    matches.add_argument("id", metavar="ANNONCE")
    matches.add_argument("--max-length", type=int, choices=[2, 3], default=3, help="annonces")
    matches.add_argument("--most", type=int, default=20, help="échanges montrés, les meilleurs")
    explain = _command(commands, "explain", _explain, "pourquoi un logement convient, ou aucun")
    explain.add_argument("id", metavar="ANNONCE")
    explain.add_argument("home", metavar="LOGEMENT", nargs="?")
    explain.add_argument("--within", type=float, default=30.0, metavar="KM", help="autour")
    simulate = _command(commands, "simulate", _simulate, "ce qu’on peut attendre si chacun répond")
    simulate.add_argument("--probability", type=_share, default=0.5, help="qu’un ménage accepte")
    simulate.add_argument("--half-after", type=float, metavar="KM", help="moitié moins si loin")
    simulate.add_argument("--among-three", type=_share, default=1.0, help="facteur à trois")
    simulate.add_argument("--draws", type=int, default=1000, help="tirages")
    simulate.add_argument("--seed", type=int, default=0, help="graine des tirages")
    simulate.add_argument("--time-limit", type=float, default=60.0, help="secondes par plan")


def _command(
    commands: Any, name: str, answer: Callable[[Market, Any], Answer], said: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=said, description=said)
    command.add_argument("listings", type=Path, metavar="LISTINGS.jsonl")
    command.add_argument("--json", action="store_true", help="répondre en JSON")
    command.set_defaults(answer=answer, id=None, home=None)
    return command


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("un nombre de 0 à 1")
    return share


def _matches(market: Market, options: argparse.Namespace) -> Answer:
    index, one = Index(market), options.id
    homes, takers = index.homes(one), index.takers(one)
    exchanges = index.exchanges(one, max_length=options.max_length, most=options.most)
    data = {"homes": homes, "takers": takers, "exchanges": [asdict(each) for each in exchanges]}
    return Answer(
        data,
        [
            f"Logements qui conviennent à {one} : {len(homes)}",
            f"Ménages à qui convient celui de {one} : {len(takers)}",
            f"Échanges possibles, les meilleurs d’abord : {len(exchanges)}",
            *(f"  {each.weight:4}  {_round(market, each)}" for each in exchanges),
        ],
    )


def _round(market: Market, exchange: Exchange) -> str:
    """Who takes the home of whom; a chain stops at the empty home."""
    last = exchange.ids[-1]
    end = "(vide)" if market.empty[market.rows[last]] else f"→ {exchange.ids[0]}"
    return " → ".join(exchange.ids) + f" {end}"


def _explain(market: Market, options: argparse.Namespace) -> Answer:
    index, one = Index(market), options.id
    if options.home:
        points = why(index, one, options.home)
        return Answer([asdict(point) for point in points], [_point(point) for point in points])
    reasons = why_none(index, one, within=options.within)
    openings = what_if(index, one)
    data = {"reasons": asdict(reasons), "openings": [asdict(each) for each in openings]}
    return Answer(
        data,
        [
            f"Logements à moins de {options.within:g} km : {reasons.in_reach}",
            f"Conviennent à {one} : {reasons.fitting}",
            f"Ménages à qui convient celui de {one} : {reasons.takers}",
            "Écartés par un seul critère :",
            *(f"  {CRITERIA[criterion]} : {homes}" for criterion, homes in reasons.alone),
            "Ce qui ouvrirait davantage :",
            *(f"  {_opening(each)}" for each in openings),
        ],
    )


def _point(point: Point) -> str:
    met = "oui" if point.met else "non"
    wanted, there = _said(point.criterion, point.wanted), _said(point.criterion, point.there)
    return f"{met}  {CRITERIA[point.criterion]} : souhaité {wanted}, trouvé {there}"


def _said(criterion: Criterion, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return (" à " if criterion == Criterion.ROOMS else " ou ").join(map(str, value))
    return CEILINGS[value] if criterion == Criterion.CEILING else str(value)


def _opening(opening: Opening) -> str:
    value = opening.value
    if opening.change == Change.FEATURE:
        value = CRITERIA[Criterion(str(value))]
    said = CHANGES[opening.change].format(value)
    return f"{said} : {_some(opening.homes, 'logement')}, {_some(opening.exchanges, 'échange')}"


def _some(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number > 1)}"


def _simulate(market: Market, options: argparse.Namespace) -> Answer:
    moves = find_moves(market)
    tenants = replace(moves, weights=np.ones_like(moves.weights))
    near, half_after = options.probability, options.half_after
    yes = (
        by_distance(market, moves, near=near, half_after=half_after)
        if half_after
        else constant(moves, near)
    )
    chances = Chances(tenants, yes, options.among_three)
    cycles, limit = find_cycles(moves, 3), options.time_limit
    pairs = cycles.take(cycles.rows[:, 2] < 0)
    plain = cycles.rows, choose(cycles.rows, cycles.values, time_limit=limit)
    two = pairs.rows, choose(pairs.rows, pairs.values, time_limit=limit)
    whole, every = groups_of(moves), groups_of(moves, standby=True)
    plans = {
        "le plus de poids, sans repli": (*plain, False),
        "le plus de poids": (*plain, True),
        "à deux seulement": (*two, True),
        "selon les chances": (whole, chances.plan(whole, time_limit=limit), True),
        "selon les chances, avec suppléance": (
            every,
            chances.plan(every, time_limit=limit),
            True,
        ),
    }
    data, lines = {}, ["Locataires attendus, tirés au sort à 95 %, écart prouvé du plan :"]
    for name, (groups, choice, fall_back) in plans.items():
        asked = groups[choice.ranks]
        expected = float(chances.expected(asked, fall_back=fall_back).sum())
        drawn = chances.simulate(asked, draws=options.draws, seed=options.seed, fall_back=fall_back)
        data[name] = {
            "asked": int((asked >= 0).sum()),
            "gap": choice.gap,
            "expected": expected,
            **asdict(drawn),
        }
        lines.append(
            f"{expected:9.1f}  {drawn.mean:9.1f} ± {drawn.margin:.1f}  {choice.gap:7.2%}  {name}"
        )
    return Answer(data, lines)
