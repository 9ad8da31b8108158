"""The certificate of insurance of a job, on paper."""

from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from traboule.ui.printing import house, typeset

from ..models import Contract, Policy

HERE = Path(__file__).parent


def certificate_of(contract: Contract, policy: Policy) -> bytes:
    """Who covers what, for which job."""
    with translation.override("fr"):
        last = contract.last_day
        return typeset(HERE / "certificate.typ", house() | {
            "space": str(contract.household.space),
            "printed": date_format(localdate(), "j F Y"),
            "facts": [
                [_("Assureur"), policy.insurer],
                [_("Numéro"), policy.number],
                [_("Valable"), _("du %(first)s au %(last)s") % {
                    "first": date_format(policy.begins_on, "j F Y"),
                    "last": date_format(policy.ends_on, "j F Y"),
                }],
                [_("Contrat de travail"), f"{contract.code}, {contract.job}"],
                [_("Chez"), f"{contract.household}, {contract.place}"],
                [_("Par"), str(contract.worker)],
                [_("À partir du"), date_format(contract.begins_on, "j F Y")],
                *([[_("Jusqu’au"), date_format(last, "j F Y")]] if last else []),
                [_("Franchise"), f"{policy.excess} €"],
                *([[_("En cas d’accident"), policy.phone]] if policy.phone else []),
            ],
            "covers": policy.covers,
            "refused": str(contract.offer.request.kind_data.refused),
            "words": {
                "title": _("Attestation d’assurance"),
                "covers": _("Ce qui est couvert"),
                "refused": _("Ce qui ne se fait pas, et n’est pas couvert"),
                "also": _("La personne employée est couverte en plus par l’assurance maladie, "
                          "parce que son travail est déclaré : tout accident se dit le jour même "
                          "à l’employeur, et sous 48 heures à la caisse."),
            },
        })  # fmt: skip
