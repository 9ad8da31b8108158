"""The list of members, from who sits to PDF."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..composition import CollegeShown, composition
from ..gauges import gauges
from ..models import Member
from ..standing import Standing

HERE = Path(__file__).parent


def member_list(standing: Standing, *, whole: bool) -> bytes:
    """Everyone by college: ``whole`` with how each was chosen and the dates of their term."""
    space = standing.space
    address = settings.SITE_URL + reverse("roster:roster", args=[space.slug])
    shown = composition(standing)
    return typeset(HERE / "members.typ", house() | {
        "space": str(space),
        "place": space.initiative.place,
        "holder": space.initiative.holder.name,
        "whole": whole,
        "colleges": [_college(one, whole=whole) for one in shown.colleges],
        "bureau": [(one.function, one.person.name) for one in shown.bureau],
        "gauges": [[gauge.label, gauge.words] for gauge in gauges(standing)] if whole else [],
        "address_shown": shown_address(address),
        "qr": qr_code(address),
        "words": {
            "title": _("Composition"),
            "printed": _("Au %(day)s") % {"day": date_format(timezone.localdate(), "j F Y")},
            "bureau": _("Bureau"),
            "parity": _("Parité"),
            "substitutes": _("Suppléances"),
            "name": _("Nom"),
            "function": _("Fonction"),
            "chosen": _("Choisie"),
            "since": _("Depuis le"),
            "until": _("Jusqu’au"),
            "none": _("Personne pour l’instant."),
            "qr": _("Code à photographier pour lire la composition à jour"),
            "confidential": _("Cette liste est pour l’équipe et les institutions : ne l’affichez "
                              "pas.") if whole else _("La composition à jour :"),
        },
    })  # fmt: skip


def _college(shown: CollegeShown, *, whole: bool) -> dict[str, Any]:
    seats = shown.college.seats
    said = ngettext("%(held)d sur %(n)d place", "%(held)d sur %(n)d places", seats)
    return {
        "name": shown.college.name,
        "seats": said % {"held": len(shown.titulars), "n": seats},
        "titulars": [_row(one, whole=whole) for one in shown.titulars],
        "substitutes": [_row(one, whole=whole) for one in shown.substitutes],
    }


def _row(member: Member, *, whole: bool) -> list[str]:
    row = [member.person.name, member.function]
    if not whole:
        return row
    last = f"{member.term_ends_on:%d/%m/%Y}" if member.term_ends_on else "–"
    return [*row, member.get_designation_display(), f"{member.starts_on:%d/%m/%Y}", last]
