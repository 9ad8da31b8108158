"""The tax credit of a household for a year: half of what it paid, within its ceilings.

CGI, article 199 sexdecies.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .cases import ZERO, Unusable, number
from .payslips import cents
from .rates import table


@dataclass(frozen=True)
class Year:
    """What a household paid in a year for each service, and who lives there.

    ``aids`` were received for it (APA, PCH, employer's vouchers) and do not count.
    """

    year: int
    spending: dict[str, Decimal]
    aids: Decimal = ZERO
    children: int = 0
    over_65: int = 0
    first_year: bool = False
    disabled: bool = False


@dataclass(frozen=True)
class Credit:
    """What counts of each service, within what ceiling, and the credit in euros."""

    counted: dict[str, Decimal]
    base: Decimal
    cap: Decimal
    credit: Decimal
    left_out: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The same, for a line."""
        return {
            "counted": {name: float(value) for name, value in self.counted.items()},
            "left_out": self.left_out,
            "base": float(self.base),
            "cap": float(self.cap),
            "credit": float(self.credit),
        }


def read_year(given: object) -> Year:
    """The year that a JSON object describes. Raises Unusable."""
    if not isinstance(given, dict):
        raise Unusable("Une ligne est un objet JSON, entre accolades.")
    known = set(Year.__dataclass_fields__)
    if unknown := sorted(given.keys() - known - {"id", "comment"}):
        raise Unusable(f"Clé inconnue : {', '.join(unknown)}.")
    spending = given.get("spending")
    if not isinstance(spending, dict) or not spending:
        raise Unusable("« spending » donne les euros payés pour chaque service.")
    for name in ("first_year", "disabled"):
        if not isinstance(given.get(name, False), bool):
            raise Unusable(f"« {name} » est true ou false.")
    whole = {name: _whole(name, given.get(name, 0)) for name in ("year", "children", "over_65")}
    return Year(
        spending={name: number(name, paid) for name, paid in spending.items()},
        aids=number("aids", given.get("aids", 0)),
        first_year=given.get("first_year", False),
        disabled=given.get("disabled", False),
        **whole,
    )


def _whole(name: str, given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise Unusable(f"« {name} » est un nombre entier.")
    return given


def tax_credit(year: Year) -> Credit:
    """The credit of a year. Raises Unusable for a year that is not in the table."""
    rules = table()["tax_credit"]
    if not rules["first"] <= year.year <= rules["last"]:
        raise Unusable(
            f"L’année {year.year} n’est pas dans la table, qui va de {rules['first']} à "
            f"{rules['last']}."
        )
    counted, left_out = {}, {}
    at_home = year.spending.keys() - set(rules["bundled"])
    for name, paid in year.spending.items():
        if name in rules["bundled"] and not at_home:
            left_out[name] = "compte seulement avec un service rendu au domicile"
        else:
            most = rules["sub_caps"].get(name)
            counted[name] = min(paid, Decimal(most)) if most else paid
    cap = _cap(year, rules)
    base = min(max(sum(counted.values(), ZERO) - year.aids, ZERO), cap)
    return Credit(counted, base, cap, cents(base * Decimal(rules["share"])), left_out)


def _cap(year: Year, rules: dict[str, Any]) -> Decimal:
    if year.disabled:
        return Decimal(rules["cap_disabled"])
    which = "_first_year" if year.first_year else ""
    more = Decimal(rules["more_a_head"]) * (year.children + year.over_65)
    return min(Decimal(rules[f"cap{which}"]) + more, Decimal(rules[f"most{which}"]))
