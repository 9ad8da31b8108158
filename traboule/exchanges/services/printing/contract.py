"""A contract on paper: every mention, and where both sign."""

from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import Contract, Side
from ..terms import mentions

HERE = Path(__file__).parent


def contract_of(contract: Contract) -> bytes:
    """The contract, as signed, else as it would be. Raises Unusable: too low a wage.

    It is printed in French, as the law asks.
    """
    with translation.override("fr"):
        said = contract.terms["mentions"] if contract.terms else mentions(contract)
        signed = {one.side: one for one in contract.signatures.all()}
        address = settings.SITE_URL + contract.get_absolute_url()
        return typeset(HERE / "contract.typ", house() | {
            "code": contract.code,
            "job": contract.job,
            "space": str(contract.household.space),
            "call": contract.household.space.help_phone,
            "printed": date_format(localdate(), "j F Y"),
            "qr": qr_code(address),
            "address_shown": shown_address(address),
            "mentions": said,
            "signatures": [
                {
                    "who": str(side.label),
                    "name": str(contract.person_of(side) or ""),
                    "how": (
                        _("%(how)s, le %(day)s") % {
                            "how": signed[side].get_how_display(),
                            "day": date_format(localtime(signed[side].signed_at), "j F Y, H:i"),
                        } if side in signed else ""
                    ),
                    "digest": signed[side].digest if side in signed else "",
                }
                for side in Side
            ],
            "words": {
                "title": _("Avenant au contrat de travail") if contract.amends
                else _("Contrat de travail"),
                "number": _("Contrat"),
                "printed": _("Imprimé le"),
                "sign": _("Signatures"),
                "hand": _("Écrivez « lu et approuvé », la date, et signez :"),
                "digest": _("Empreinte"),
                "two": _("Fait en deux exemplaires, un pour chacun."),
                "call": _("Une question ? Appelez le"),
            },
        })  # fmt: skip
