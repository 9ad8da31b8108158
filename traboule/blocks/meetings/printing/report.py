"""The report of a year on A4."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from traboule.kernel.initiatives.printing.markup import blocks
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import ActionPoint
from ..yearly import Year


def printed_report(year: Year) -> bytes:
    """Foreword, figures, meetings, decisions by theme, what is done and what is not."""
    path = reverse("meetings:report", args=[year.space.slug, year.year])
    address = settings.SITE_URL + path
    return typeset(Path(__file__).parent / "report.typ", house() | {
        "space": str(year.space),
        "theme": year.space.initiative.theme,
        "year": str(year.year),
        "foreword": blocks(year.foreword.foreword) if year.foreword else [],
        "figures": [
            [str(len(year.meetings)), _("Réunions tenues")],
            [str(year.attendance), _("Présences en tout")],
            [str(year.decisions), _("Décisions")],
            [str(len(year.done)), _("Choses faites")],
        ],
        "meetings": [
            {"day": content["day"], "title": content["title"], "people": content["people"]}
            for _meeting, content in year.meetings
        ],
        "by_theme": [
            {"theme": theme, "decisions": [dict(one) for one in decisions]}
            for theme, decisions in year.by_theme
        ],
        "done": [_line(one) for one in year.done],
        "to_do": [_line(one) for one in year.to_do],
        "address_shown": shown_address(address),
        "qr": qr_code(address),
        "printed": date_format(localdate(), "j F Y"),
        "words": {
            "title": _("Bilan de l’année"),
            "meetings": _("Les réunions"),
            "decisions": _("Les décisions"),
            "done": _("Ce qui est fait"),
            "to_do": _("Ce qui reste à faire"),
            "nothing": _("Aucun compte-rendu publié cette année."),
            "qr": _("Code à photographier pour lire ce bilan"),
            "printed": _("Imprimé le"),
        },
    })  # fmt: skip


def _line(action: ActionPoint) -> str:
    """What was to be done; who, only where it is no one person of the group."""
    return ", ".join(filter(None, [action.text, action.owner_words]))
