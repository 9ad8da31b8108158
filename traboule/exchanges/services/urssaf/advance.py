"""Tiers de prestation: a household pays half, Urssaf adds its tax credit at once.

Paths, fields and states are those that public clients use of it (version 1.1.7 of its
documentation). It calls nobody back: states are looked at each day, ten at most in one question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import DeclarationState as S
from .access import Down, Rejected, advance, call, refusal_in

BASE = "/atp/v1/tiersPrestations"
MOST_ASKED = 10
DUPLICATE = "ERR_FACTURE_DOUBLON"
ENROLLED, ENROLLING = "APPAREILLAGE_VALIDE", "APPAREILLAGE_EC"

NATURES = {"cours": "100"}
"""The code of each kind of service; the others stand in the annex given with the approval."""

STATES: dict[str, S] = {
    "10": S.SENT, "20": S.WAITING, "30": S.ACCEPTED, "40": S.REFUSED, "50": S.DEBITED,
    "60": S.UNPAID, "70": S.DONE, "110": S.CANCELLED, "111": S.CANCELLED, "112": S.CANCELLED,
    "120": S.DONE,
}  # fmt: skip
"""What a state of Urssaf's is for us; others exist (113, 260, 270), of which little is known."""

ENROLMENT: dict[str, str | Promise] = {
    "": _("Pas encore demandée."),
    ENROLLING: _("L’Urssaf attend la réponse de la personne, par e-mail ou SMS."),
    ENROLLED: _("L’avance immédiate est active."),
    "APPAREILLAGE_NF": _("La personne n’a pas répondu à l’Urssaf. Refaites la demande."),
    "PARTICULIER_BLOQUE": _("L’Urssaf a bloqué ce compte : appelez-la au 0 806 806 028."),
    "MANDAT_ECHU": _("L’autorisation de prélever est finie : à refaire sur le site de l’Urssaf."),
}


@dataclass(frozen=True)
class Seen:
    """What Urssaf says of a request for payment."""

    remote_id: str
    state: str
    reject: str = ""
    comment: str = ""
    body: dict[str, Any] = field(default_factory=dict)


def nature_of(credit: str) -> str:
    """The code of a kind of service, or nothing when it is not known here."""
    return str(settings.URSSAF_NATURES.get(credit) or NATURES.get(credit, ""))


def enrol(person: Mapping[str, Any]) -> str:
    """Ask that a household be enrolled; its number there. Raises Down and Rejected."""
    answer = call(advance(), "POST", f"{BASE}/particulier", json=dict(person))
    if not isinstance(answer, dict) or not answer.get("idClient"):
        raise Down("La réponse de l’Urssaf ne se lit pas.")
    return str(answer["idClient"])


def enrolment_of(client: str) -> str:
    """Where an enrolment is: one of ``ENROLMENT``, or a word not known here."""
    answer = call(advance(), "GET", f"{BASE}/particulier", params={"idClient": client})
    try:
        return str(answer["statut"]["code"])
    except (KeyError, TypeError) as error:
        raise Down("La réponse de l’Urssaf ne se lit pas.") from error


def ask(bill: Mapping[str, Any]) -> Seen:
    """Ask that a bill be paid. Raises Down and Rejected; a bill sent already is found again."""
    try:
        answer = call(advance(), "POST", f"{BASE}/demandePaiement", json=[dict(bill)])
        first = answer[0] if isinstance(answer, list) and answer else {}
        if refusal := refusal_in(first.get("errors")):
            raise refusal
    except Rejected as refusal:
        if refusal.code != DUPLICATE:
            raise
        return _found(str(bill["numFactureTiers"]), refusal)
    if not first.get("idDemandePaiement"):
        raise Down("La réponse de l’Urssaf ne se lit pas.")
    return Seen(str(first["idDemandePaiement"]), str(first.get("statut") or "10"), body=first)


def look(remote_ids: Sequence[str]) -> list[Seen]:
    """Where requests are, ten at most. Raises Down and Rejected."""
    return _search({"idDemandePaiements": list(remote_ids[:MOST_ASKED])})


def _found(number: str, refusal: Rejected) -> Seen:
    seen = _search({"numFactureTiers": [number]})
    if not seen:
        raise refusal
    return seen[0]


def _search(asked: Mapping[str, Any]) -> list[Seen]:
    answer = call(advance(), "POST", f"{BASE}/demandePaiement/rechercher", json=dict(asked))
    rows = answer.get("infoDemandePaiements") if isinstance(answer, dict) else None
    return [_seen(row) for row in rows or [] if isinstance(row, dict)]


def _seen(row: dict[str, Any]) -> Seen:
    state, reject = row.get("statut") or {}, row.get("infoRejet") or {}
    return Seen(
        remote_id=str(row.get("idDemandePaiement") or ""),
        state=str(state.get("code") or ""),
        reject=str(reject.get("code") or ""),
        comment=str(reject.get("commentaire") or ""),
        body=row,
    )


def prices(hours: Decimal, total: Decimal) -> dict[str, Any]:
    """Hours at their price when the product is exact, which Urssaf checks; else a whole sum."""
    unit = (total / hours).quantize(Decimal("0.01")) if hours else total
    by_hour = unit * hours == total
    return {
        "quantite": float(hours) if by_hour else 1,
        "unite": "HEURE" if by_hour else "FORFAIT",
        "mntUnitaireTTC": float(unit if by_hour else total),
        "mntPrestationTTC": float(total),
        "mntPrestationHT": float(total),
        "mntPrestationTVA": 0,
    }
