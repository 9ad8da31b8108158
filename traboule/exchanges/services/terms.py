"""What a contract says: every mention of article 41.1 of IDCC 3239, and of a fixed term.

The words are French whoever reads: the law asks it of a contract (Code du travail L1221-3).
"""

import datetime
import json
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, number_format

from traboule.engines.payroll import Basis, Case, Slip, payslip

from .dues import has_end_pay
from .models import Contract, Reason, Rhythm, Term

VERSION = 1
BODIES = "Groupe Ircem, 261 avenue des Nations-Unies, 59100 Roubaix"
Mention = list[str]


def mentions(contract: Contract) -> list[Mention]:
    """What it says, one mention after the other: what it is about, and the words.

    Raises Unusable: a wage too low, or a month that the table of rates does not hold.
    """
    with translation.override("fr"):
        said = [*_parties(contract), *_job(contract), *_time(contract), *_pay(contract)]
        return [[about, words] for about, words in (*said, *_rights(contract)) if words]


def frozen(contract: Contract) -> dict[str, Any]:
    """What is signed: the mentions, and the figures from which payslips start."""
    return {
        "version": VERSION,
        "code": contract.code,
        "mentions": mentions(contract),
        "net_hourly": str(contract.net_hourly),
        "level": contract.level,
        "per_km": str(contract.per_km),
    }


def digest(*parts: Any) -> str:
    """The SHA-256 of parts that JSON can write, always the same for the same parts."""
    return sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hour_of(contract: Contract) -> Slip:
    """The payslip of an hour of its first month. Raises Unusable: too low, or no such month."""
    return payslip(
        Case(
            month=f"{contract.begins_on:%Y-%m}", basis=Basis.NET_HOURLY, rate=contract.net_hourly,
            hours=Decimal(1), level=contract.level,
            alsace_moselle=contract.household.is_in_alsace_moselle,
        )
    )  # fmt: skip


def _parties(contract: Contract) -> list[Mention]:
    household, worker = contract.household, contract.worker
    number = f", numéro d’employeur {household.cesu_number}" if household.cesu_number else ""
    born = f", né ou née le {_day(worker.born_on)}" if worker.born_on else ""
    place = f" à {worker.birthplace}" if worker.birthplace else ""
    return [
        ["Employeur", f"{household.person}, {contract.place}, {household.commune}{number}."],
        ["Personne employée", f"{worker.person}{born}{place}, {worker.address}."],
        ["Numéro de sécurité sociale", worker.nir or "demandé : la personne attend le sien"],
        ["Remplace", _amended(contract)],
    ]


def _amended(contract: Contract) -> str:
    if contract.amends is None:
        return ""
    return (
        f"Cet avenant remplace le contrat {contract.amends.code} à partir du "
        f"{_day(contract.begins_on)}. Tout ce qu’il ne dit pas reste comme avant."
    )


def _job(contract: Contract) -> list[Mention]:
    refused = contract.offer.request.kind_data.refused
    car = (
        "La personne utilise sa voiture pour ce travail. L’assurance de la voiture couvre cet "
        "usage ; l’attestation a été montrée."
    )
    return [
        ["Embauche", f"Le {_day(contract.hired_on)}."],
        ["Durée du contrat", _term(contract)],
        [
            "Emploi",
            f"{contract.position}, niveau {contract.level} de la convention.",
        ],
        ["Ce qui ne se fait pas", f"{refused}."[:1].upper() + f"{refused}."[1:]],
        ["Enfants gardés", _children(contract)],
        ["Voiture", car if contract.uses_vehicle else ""],
        ["Essai", _trial(contract)],
        ["Lieu", f"{contract.place}, {contract.household.commune}."],
    ]


def _children(contract: Contract) -> str:
    days = [datetime.date.fromisoformat(one) for one in contract.children_born_on]
    return f"Nés ou nées le {', le '.join(_day(day) for day in days)}." if days else ""


def _term(contract: Contract) -> str:
    late = ""
    if contract.late_because:
        late = f" Signé après le premier jour, pour régulariser : {contract.late_because}."
    if contract.term == Term.OPEN:
        return f"Durée indéterminée, à partir du {_day(contract.begins_on)}.{late}"
    why = {
        Reason.EXTRA: "un besoin passager du ménage",
        Reason.REPLACEMENT: f"le remplacement de {contract.replaces}, personne absente",
    }[Reason(contract.reason)]
    return (
        f"Durée déterminée, du {_day(contract.begins_on)} au {_day(contract.ends_on)}, pour {why}. "
        f"Elle peut être renouvelée par un avenant signé avant le dernier jour.{late}"
    )


def _trial(contract: Contract) -> str:
    if not contract.trial_days:
        return "Il n’y a pas de période d’essai."
    return f"Les {contract.trial_days} premiers jours sont un essai : chacun peut arrêter."


def _time(contract: Contract) -> list[Mention]:
    asked = contract.offer.request
    each = "en tout" if asked.rhythm == Rhythm.ONCE else "par semaine, en moyenne"
    holidays = contract.holidays_worked or "Les jours fériés ne sont pas travaillés"
    return [
        ["Temps de travail", f"{_hours(contract.minutes)} {each}. {contract.when_words}."],
        ["Repos de la semaine", f"{contract.weekly_rest}."],
        ["Jours fériés", f"{holidays}. Le 1er mai travaillé est payé double, un autre jour férié "
         "travaillé est payé dix pour cent de plus."],
        ["Heures en plus", "Au-delà de 40 heures dans la semaine : 25 % de plus pour les huit "
         "premières, 50 % ensuite."],
    ]  # fmt: skip


def _pay(contract: Contract) -> list[Mention]:
    hour = hour_of(contract)
    travel = ""
    if contract.per_km:
        travel = f"{_euros(contract.per_km)} pour un kilomètre fait à la demande de l’employeur. "
    return [
        ["Salaire", f"{_euros(contract.net_hourly)} net de l’heure, soit {_euros(hour.gross)} brut "
         "avant les cotisations, au taux du premier mois. Les congés payés (10 %) sont dans ces "
         "montants."],
        ["Fin du contrat", _end_pay(contract)],
        ["Jour de paie", f"Le {contract.pays_on} du mois qui suit, "
         f"{contract.get_paid_by_display()}."],
        ["Frais et avantages", f"{travel}{contract.benefits}".strip() or "Aucun."],
        ["Congés payés", "Deux jours et demi ouvrables pour un mois travaillé. Ils sont payés avec "
         "chaque heure, et se prennent comme convenu ensemble."],
    ]  # fmt: skip


def _end_pay(contract: Contract) -> str:
    if contract.term == Term.OPEN:
        return ""
    if not has_end_pay(contract):
        return "Sans indemnité de fin : la personne étudie, et travaille pendant ses vacances."
    return "Avec le dernier salaire, une indemnité d’un dixième de tout le salaire brut versé."


def _rights(contract: Contract) -> list[Mention]:
    return [
        ["Retraite et prévoyance", f"{BODIES}."],
        ["Convention collective", "Particuliers employeurs et emploi à domicile (IDCC 3239). Elle "
         "s’applique en entier, aussi pour ce que ce contrat ne dit pas."],
        ["Accident", "Le travail déclaré est couvert par l’assurance maladie. Tout accident se dit "
         "à l’employeur le jour même, et à la caisse dans les 48 heures."],
        ["Pour arrêter", _stopping(contract)],
    ]  # fmt: skip


def _stopping(contract: Contract) -> str:
    if contract.term == Term.FIXED:
        return (
            "Avant le premier jour, chacun peut renoncer s’il prévient. Ensuite, le contrat va "
            "jusqu’au dernier jour, sauf accord des deux, faute grave, ou embauche ailleurs en CDI."
        )
    return (
        "Chacun peut arrêter par écrit. La personne employée prévient une semaine avant (deux "
        "semaines après six mois) ; l’employeur reçoit d’abord la personne, puis donne le préavis "
        "de la convention : une semaine, un mois après six mois, deux mois après deux ans."
    )


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def _euros(value: Decimal) -> str:
    return f"{number_format(value, 2)}\u00a0€"


def _day(day: Any) -> str:
    return date_format(day, "j F Y")
