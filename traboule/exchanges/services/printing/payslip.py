"""The draft of a payslip, as R3243-1 lays it out; Urssaf issues the one that holds."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.ui.printing import house, typeset

from ..models import Payslip

HERE = Path(__file__).parent
LABELS = {
    "vieillesse_plafonnee": gettext_lazy("Retraite de base, jusqu’au plafond"),
    "vieillesse_deplafonnee": gettext_lazy("Retraite de base, sur tout le salaire"),
    "retraite_compl": gettext_lazy("Retraite complémentaire"),
    "ceg": gettext_lazy("Équilibre des retraites (CEG)"),
    "cet": gettext_lazy("Contribution d’équilibre technique (CET)"),
    "ircem_prevoyance": gettext_lazy("Prévoyance Ircem"),
    "ircem_prevoyance_idr_fived_paritarisme": gettext_lazy("Prévoyance Ircem et fonds communs"),
    "csg_deductible": gettext_lazy("CSG déductible"),
    "csg_non_deductible": gettext_lazy("CSG non déductible"),
    "crds": gettext_lazy("CRDS"),
    "maladie": gettext_lazy("Maladie"),
    "maladie_alsace_moselle": gettext_lazy("Maladie, Alsace-Moselle"),
    "csa": gettext_lazy("Solidarité autonomie"),
    "allocations_familiales": gettext_lazy("Famille"),
    "atmp": gettext_lazy("Accidents du travail"),
    "fnal": gettext_lazy("Logement (Fnal)"),
    "chomage": gettext_lazy("Chômage"),
    "formation": gettext_lazy("Formation professionnelle"),
    "dialogue_social": gettext_lazy("Dialogue social"),
    "sante_travail_cst": gettext_lazy("Santé au travail"),
}


@dataclass(frozen=True)
class Part:
    """What one of the two pays of a line: its rate, of the gross or of CSG’s base, and euros."""

    rate: str
    amount: Decimal


def lines_of(slip: Payslip) -> list[tuple[str, Part, Part]]:
    """Each contribution in words, what the employee pays of it and what the employer does."""
    sides = ("employee", "employer")
    names = dict.fromkeys(name for side in sides for name in slip.slip[side])
    lines = [(label(name), _part(slip, "employee", name), _part(slip, "employer", name))
             for name in names]  # fmt: skip
    return [line for line in lines if line[1].amount or line[2].amount]


def _part(slip: Payslip, side: str, name: str) -> Part:
    share = slip.slip["shares"][side].get(name)
    rate = f"{number_format(Decimal(share).normalize())} %" if share else ""
    return Part(rate, _money(slip.slip[side].get(name, 0)))


def label(name: str) -> str:
    """A line in words."""
    return str(LABELS.get(name, name.replace("_", " ").capitalize()))


def payslip_of(slip: Payslip) -> bytes:
    """The draft, on A4."""
    with translation.override("fr"):
        contract, found = slip.contract, slip.slip
        return typeset(HERE / "payslip.typ", house() | {
            "code": slip.code,
            "month": date_format(slip.month, "F Y"),
            "employer": [str(contract.household.person or ""), contract.household.address,
                         str(contract.household.commune), contract.household.cesu_number],
            "employee": [str(contract.worker.person or ""), contract.worker.address,
                         contract.worker.nir,
                         f"{contract.position}, niveau {slip.case['level']}"],
            "hours": _hours(slip),
            "works": [
                [
                    date_format(localtime(one.begun_at), "D j F, H:i"),
                    date_format(localtime(one.ended_at), "H:i"),
                    number_format(one.hours.normalize()),
                ]
                for one in slip.works.all()
            ],
            "lines": [
                [words, mine.rate, _paid(mine), theirs.rate, _paid(theirs)]
                for words, mine, theirs in lines_of(slip)
            ],
            "totals": _totals(slip),
            "earlier": _earlier(slip),
            "doubts": [
                f"{label(name.rpartition('.')[2])}, {why}"
                for name, why in found["uncertain"].items()
            ],
            "words": _words(slip),
        })  # fmt: skip


def _paid(part: Part) -> str:
    return number_format(part.amount, 2) if part.amount else ""


def _hours(slip: Payslip) -> list[list[str]]:
    case = slip.case
    names = {
        "hours": _("Heures du mois"),
        "overtime_25": _("dont payées 25 % de plus"),
        "overtime_50": _("dont payées 50 % de plus"),
        "holiday_hours": _("dont un jour férié"),
        "may_day_hours": _("dont le 1er mai"),
    }
    return [
        [words, number_format(Decimal(case[name]).normalize())]
        for name, words in names.items()
        if Decimal(case[name])
    ]


def _totals(slip: Payslip) -> list[list[str]]:
    found = slip.slip
    given_back = found["deduction_forfaitaire"] + found["exoneration"]
    amounts = [
        (_("Salaire brut, congés payés compris"), found["gross"]),
        (_("dont indemnité de fin de contrat"), slip.case.get("bonus", 0)),
        (_("Cotisations de la personne employée"), -found["employee_total"]),
        (_("Net avant impôt"), found["net_before_tax"]),
        (_("Net social"), found["montant_net_social"]),
        (_("Net imposable"), found["net_taxable"]),
        (_("Cotisations de l’employeur, avant réduction"), found["employer_total_before_relief"]),
        (_("Réductions et exonérations"), -given_back),
        (_("À l’Urssaf"), found["contributions_due_to_urssaf"]),
        (_("Coût total pour l’employeur"), found["total_cost"]),
        (_("Frais rendus"), slip.costs),
    ]
    return [[words, number_format(_money(value), 2)] for words, value in amounts if _money(value)]


def _earlier(slip: Payslip) -> list[list[str]]:
    """What was paid by the payslips before, when this one completes a month."""
    if not slip.rank:
        return []
    return [
        [_("Déjà sur un bulletin de ce mois"),
         number_format(_money(slip.slip["net_before_tax"]) - slip.net, 2)],
        [_("Ce bulletin ajoute"), number_format(slip.net, 2)],
    ]  # fmt: skip


def _words(slip: Payslip) -> dict[str, Any]:
    return {
        "title": _("Bulletin de salaire, brouillon"),
        "draft": _("Ce brouillon sert à comprendre et à payer. Le bulletin qui vaut est celui de "
                   "l’Urssaf, après la déclaration."),
        "employer": _("Employeur"),
        "employee": _("Personne employée"),
        "convention": _("Convention collective : particuliers employeurs et emploi à domicile "
                        "(IDCC 3239)"),
        "line": _("Cotisation"),
        "rate": _("Taux"),
        "mine": _("Part employée, en €"),
        "theirs": _("Part employeur, en €"),
        "amount": _("Montant, en €"),
        "day": _("Jour et heure"),
        "until": _("Jusqu’à"),
        "hours": _("Heures"),
        "pay": _("À verser à la personne : %(net)s €") % {
            "net": number_format(slip.to_worker, 2)
        },
        "doubts": _("Chiffres à vérifier"),
        "table": _("Taux : table de Traboule, jusqu’à %(month)s.") % {"month": slip.table},
        "keep": _("Gardez ce bulletin sans limite de durée."),
    }  # fmt: skip


def _money(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))
