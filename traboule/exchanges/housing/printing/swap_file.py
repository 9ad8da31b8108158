"""The file of an exchange on paper: who moves where, what the law asks, papers, the timeline."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..legal import points_of
from ..models import Move, Piece, Swap

HERE = Path(__file__).parent


def file_of(swap: Swap, moves: Sequence[Move]) -> bytes:
    """What concerns whoever prints it, on A4."""
    address = settings.SITE_URL + swap.get_absolute_url()
    milestones = swap.milestones.select_related("landlord")
    return typeset(HERE / "swap_file.typ", house() | {
        "space": str(swap.space),
        "code": swap.code,
        "state": swap.get_state_display(),
        "printed": date_format(localdate(), "j F Y"),
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "call": swap.space.help_phone,
        "moves": [_move(move) for move in moves],
        "decisions": [
            [str(one.landlord), one.get_state_display(), one.get_ground_display()]
            for one in swap.decisions.select_related("landlord")
        ],
        "timeline": [
            [
                date_format(localtime(one.at), "j F Y"),
                one.get_step_display(),
                str(one.landlord or ""),
                date_format(one.on, "j F Y") if one.on else "",
            ]
            for one in milestones
        ],
        "words": {
            "title": _("Échange de logements"),
            "number": _("Dossier"),
            "from": _("Quitte"),
            "to": _("Entre dans"),
            "papers": _("Pièces à donner"),
            "decisions": _("Réponses des bailleurs"),
            "timeline": _("Ce qui s’est passé"),
            "law": _("Points à vérifier"),
            "call": _("Une question ? Appelez le"),
        },
    })  # fmt: skip


def _move(move: Move) -> dict[str, Any]:
    pieces = Piece.objects.filter(move=move).select_related("landlord")
    return {
        "code": move.listing.code,
        "from": f"{move.left_behind} · {move.left_behind.landlord}",
        "to": f"{move.dwelling} · {move.dwelling.landlord}",
        "points": [[one.label, one.words] for one in points_of(move)],
        "papers": [
            [one.get_kind_display(), str(one.landlord), one.accepted_at is not None]
            for one in pieces
        ],
    }
