"""The words of the *Tierce déclaration Cesu*: addresses, and the name of each field.

Urssaf gives its documentation with the approval asked for at datapass.api.gouv.fr, and publishes
no schema: what the API holds (employers, employees, mandates, estimates, declarations) is public,
**its names are not**. Those below are to be checked against that documentation before the first
real declaration. Nothing else of the software depends on them.

To be checked too: that a declaration sent twice with the same ``reference`` is refused with the
code ``duplicate`` and answers the number of the first, as ours relies on it after a cut line.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

NAMES = {
    "scope": "cesu.tiercedeclaration",
    "mandates": "/cesu/v1/tierceDeclaration/mandats",
    "estimates": "/cesu/v1/tierceDeclaration/estimations",
    "declarations": "/cesu/v1/tierceDeclaration/declarations",
    "duplicate": "ERR_DECLARATION_EXISTANTE",
    # The declaration (volet social): CSS D133-13-12.
    "reference": "referenceTiers",
    "employer_number": "numeroCesuEmployeur",
    "employer_name": "nomEmployeur",
    "employer_address": "adresseEmployeur",
    "worker_name": "nomSalarie",
    "worker_nir": "nirSalarie",
    "worker_born_on": "dateNaissanceSalarie",
    "worker_birthplace": "lieuNaissanceSalarie",
    "worker_address": "adresseSalarie",
    "begins_on": "dateDebutPeriode",
    "ends_on": "dateFinPeriode",
    "activity": "natureActivite",
    "hours": "nombreHeures",
    "net_hourly": "salaireHoraireNet",
    "net_total": "salaireNetTotal",
    "accessories": "accessoiresSalaire",
    "other_sums": "autresSommes",
    "paid_on": "datePaiement",
    "leave": "optionCongesPayes",
    "leave_hours": "heuresCongesPayes",
    "cesu_plus": "cesuPlus",
    # The mandate.
    "signed_on": "dateSignatureMandat",
    # What is answered.
    "number": "numeroDeclaration",
    "due": "totalCotisations",
}


def word(key: str) -> str:
    """Urssaf's word for ours: what this installation was told, or what we suppose."""
    return str(settings.URSSAF_CESU_NAMES.get(key, NAMES[key]))


def known_names(app_configs: object, **options: Any) -> list[CheckMessage]:
    """A system check: every word that was told is one of ours."""
    return [
        Error(
            f"TRABOULE_URSSAF_CESU_NAMES : « {key} » n’est pas un nom d’ici.",
            hint=f"Ceux d’ici : {', '.join(NAMES)}.",
            id="services.E001",
        )
        for key in settings.URSSAF_CESU_NAMES
        if key not in NAMES
    ]
