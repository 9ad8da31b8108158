"""A payslip, line by line, from a wage given in gross, in net, or by what the household pays."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from .cases import ZERO, Basis, Case, Exoneration, Unusable
from .lines import cap_of_elderly, exempted, lines_of, owed_of_exempted
from .rates import CENT, OutsideTable, Rates, rates_of, whole

USED = {"pmss": "pmss", "smic": "smic", "vieil_deplaf_emp": "employer.vieillesse_deplafonnee",
        "chomage": "employer.chomage", "atmp": "employer.atmp",
        "cst": "employer.sante_travail_cst"}  # fmt: skip


def cents(value: Decimal) -> Decimal:
    """Euros to the cent, half a cent upwards."""
    return value.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Slip:
    """What each pays and receives, in euros to the cent."""

    case: Case
    rates: Rates
    gross: Decimal
    employee: dict[str, Decimal]
    employer: dict[str, Decimal]
    deduction: Decimal
    exoneration: Decimal
    exoneration_base_cap: Decimal | None

    @cached_property
    def employee_total(self) -> Decimal:
        """All that is taken from the wage."""
        return sum(self.employee.values(), ZERO)

    @property
    def net(self) -> Decimal:
        """What is paid before income tax is withheld."""
        return self.gross - self.employee_total

    @property
    def taxable(self) -> Decimal:
        """The net on which income tax is counted."""
        return self.net + self.employee["csg_non_deductible"] + self.employee["crds"]

    @cached_property
    def employer_before_relief(self) -> Decimal:
        """All that the household would pay beside the wage."""
        return sum(self.employer.values(), ZERO)

    @property
    def employer_total(self) -> Decimal:
        """The same, less what is given back."""
        return self.employer_before_relief - self.deduction - self.exoneration

    @property
    def due(self) -> Decimal:
        """What Urssaf takes from the household."""
        return self.employee_total + self.employer_total

    @property
    def cost(self) -> Decimal:
        """What the household pays in all, before its tax credit."""
        return self.gross + self.employer_total

    def as_json(self) -> dict[str, Any]:
        """Every line by its name; ``uncertain`` names the figures that want checking, and why."""
        cap = self.exoneration_base_cap
        return {
            "params_used": {name: str(self.rates[figure]) for name, figure in USED.items()},
            "gross": float(self.gross),
            "employee": {name: float(value) for name, value in self.employee.items()},
            "employee_total": float(self.employee_total),
            "net_before_tax": float(self.net),
            "net_taxable": float(self.taxable),
            "montant_net_social": float(self.net),
            "employer": {name: float(value) for name, value in self.employer.items()},
            "employer_total_before_relief": float(self.employer_before_relief),
            "deduction_forfaitaire": float(self.deduction),
            "exoneration": float(self.exoneration),
            "exoneration_monthly_base_cap": None if cap is None else float(cap),
            "employer_total": float(self.employer_total),
            "contributions_due_to_urssaf": float(self.due),
            "total_cost": float(self.cost),
            "tax_credit_50pct_uncapped": float(cents(self.cost / 2)),
            "uncertain": self.rates.doubts,
        }


def payslip(case: Case) -> Slip:
    """The slip of a case. Raises Unusable: a month that is not in the table, a wage too low."""
    try:
        rates = rates_of(case.month)
    except OutsideTable as problem:
        raise Unusable(str(problem)) from problem
    amount = case.rate * case.paid_hours if case.basis.is_hourly else case.rate
    if case.basis in (Basis.GROSS_HOURLY, Basis.GROSS_MONTH):
        slip = _slip(cents(amount), case, rates)
    elif case.basis in (Basis.NET_HOURLY, Basis.NET_MONTH):
        slip = _of_net(amount, case, rates)
    else:
        slip = _dearest(amount, lambda one: one.cost, case, rates)
    _must_be_enough(slip)
    return _slip(slip.gross + cents(case.bonus), case, rates) if case.bonus else slip


def _of_net(net: Decimal, case: Case, rates: Rates) -> Slip:
    """The slip of so much net; as Urssaf does, in one division while nothing is capped."""
    gross = cents(net / _net_share(case, rates))
    if gross <= rates["pmss"]:
        return _slip(gross, case, rates)
    below = _dearest(net, lambda one: one.net, case, rates)
    return below if below.net == net else _slip(below.gross + CENT, case, rates)


def _net_share(case: Case, rates: Rates) -> Decimal:
    local = rates["employee.maladie_alsace_moselle"] if case.alsace_moselle else ZERO
    return rates.net_share - local


def _dearest(amount: Decimal, measure: Callable[[Slip], Decimal], case: Case, rates: Rates) -> Slip:
    """The highest wage of which this measure, which grows with it, does not pass an amount."""
    low, high = 0, int(2 * amount / CENT) + 2
    while high - low > 1:
        middle = (low + high) // 2
        if measure(_slip(middle * CENT, case, rates)) <= amount:
            low = middle
        else:
            high = middle
    return _slip(low * CENT, case, rates)


def _must_be_enough(slip: Slip) -> None:
    case, rates = slip.case, slip.rates
    least = rates.least(case.level, with_leave=case.cp10_included)
    if case.basis in (Basis.NET_HOURLY, Basis.NET_MONTH):
        # A published net minimum is rounded: whoever pays it pays enough.
        hour = cents(least * _net_share(case, rates))
        asked = case.rate if case.basis.is_hourly else case.rate / case.paid_hours
        enough = asked.quantize(Decimal("0.0001")) >= hour
    else:
        hour = least
        enough = slip.gross + CENT > cents(least * case.paid_hours)
    if not enough:
        kind = "net" if case.basis in (Basis.NET_HOURLY, Basis.NET_MONTH) else "brut"
        leave = "congés payés compris" if case.cp10_included else "sans les congés payés"
        raise Unusable(
            f"Salaire trop bas : en {case.month}, une heure de niveau {case.level} vaut au moins "
            f"{hour} € {kind}, {leave}."
        )


def _slip(gross: Decimal, case: Case, rates: Rates) -> Slip:
    wage = whole(gross, CENT)
    employee, employer = lines_of(wage, rates, local=case.alsace_moselle, least=min)
    deduction, exoneration, cap = 0, 0, None
    if case.exoneration is None:
        asked = whole(cents(rates["hourly_deduction"] * case.hours), CENT)
        deduction = min(asked, owed_of_exempted(employer))
    else:
        if case.exoneration == Exoneration.AGE_70:
            cap = cap_of_elderly(rates, with_leave=case.cp10_included)
        exoneration = exempted(wage, employer, rates, cap)
    return Slip(
        case=case,
        rates=rates,
        gross=gross,
        employee={name: CENT * value for name, value in employee.items()},
        employer={name: CENT * value for name, value in employer.items()},
        deduction=CENT * deduction,
        exoneration=CENT * exoneration,
        exoneration_base_cap=None if cap is None else CENT * cap,
    )
