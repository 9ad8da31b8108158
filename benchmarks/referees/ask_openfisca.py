"""Run by OpenFisca’s own Python: wages of the standard input as columns, a month at a time."""

import json
import sys
import time

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem


def main() -> None:
    """Answer in JSON; the first time warms it up, and is not counted."""
    asked = json.load(sys.stdin)
    system = FranceTaxBenefitSystem()
    months = {}
    for place, wage in enumerate(asked["wages"]):
        months.setdefault(wage["month"], []).append((place, wage["gross"], wage["local"]))
    seconds = []
    for _ in range(1 + asked["times"]):
        began = time.process_time()
        found = {
            month: _lines(system, month, rows, asked["lines"]) for month, rows in months.items()
        }
        seconds.append(time.process_time() - began)
    lines = {line: [0.0] * len(asked["wages"]) for line in asked["lines"]}
    for month, rows in months.items():
        for line, values in found[month].items():
            for (place, _, _), value in zip(rows, values.tolist(), strict=True):
                lines[line][place] = -value  # What is taken is below zero there.
    json.dump({"lines": lines, "seconds": seconds[1:]}, sys.stdout)


def _lines(system, month, rows, lines):
    simulation = SimulationBuilder().build_default_simulation(system, count=len(rows))
    _, gross, local = zip(*rows, strict=True)
    simulation.set_input("salaire_de_base", month, np.array(gross))
    simulation.set_input("effectif_entreprise", month, np.ones(len(rows)))
    simulation.set_input("salarie_regime_alsace_moselle", month, np.array(local))
    return {line: simulation.calculate(line, month) for line in lines}


main()
