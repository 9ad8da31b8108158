"""What reports print, from problems to PDF."""

import base64
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from traboule.kernel.files.models import File
from traboule.kernel.spaces.models import Space
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import Photo, Report
from ..plans import Plan, with_reports

HERE = Path(__file__).parent
TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


def round_list(space: Space, reports: list[Report], plan: Plan | None) -> bytes:
    """What is to be seen to, on A4: the plan with its numbers, each problem with boxes to tick."""
    address = settings.SITE_URL + reverse("reports:round", args=[space.slug])
    return typeset(HERE / "round.typ", house() | {
        "space": str(space),
        "printed": date_format(localdate(), "j F Y"),
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "plan": _plan(with_reports(plan, reports)) if plan else None,
        "reports": [_line(report) for report in reports],
        "words": {
            "title": _("Tournée des problèmes à régler"),
            "nothing": _("Rien à régler : tout est en ordre."),
            "plan": _("Plan du lieu"),
            "photo": _("Photo du problème"),
            "repaired": _("Réparé"),
            "passed_on": _("Transmis à :"),
            "notes": _("Ce qui a été fait, ou ce qui manque :"),
            "due": _("Pour le"),
            "back": _("Une fois la tournée faite, notez-la ici :"),
        },
    })  # fmt: skip


def _line(report: Report) -> dict[str, Any]:
    return {
        "number": report.number,
        "title": report.title,
        "words": report.words,
        "where": report.where,
        "due": date_format(report.due_on, "j F"),
        "owner": str(report.owner or ""),
        "photo": _picture(report.first_before),
    }


def receipt(report: Report) -> bytes:
    """What whoever reported keeps: the number, the code, and whom to call."""
    address = settings.SITE_URL + reverse("reports:own", args=[report.code])
    return typeset(HERE / "receipt.typ", house() | {
        "space": str(report.space),
        "number": report.number,
        "code": report.code,
        "what": report.title,
        "where": report.where,
        "on": date_format(localtime(report.opened_at), "j F Y"),
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "call": report.space.help_phone,
        "words": {
            "title": _("Votre signalement est noté"),
            "number": _("Numéro"),
            "code": _("Votre code"),
            "follow": _("Pour savoir ce qu’il devient, ouvrez cette adresse :"),
            "call": _("Ou appelez, et donnez le numéro :"),
            "thanks": _("Merci de prendre soin de ce lieu."),
        },
    })  # fmt: skip


def repaired(report: Report) -> bytes:
    """« C’est réparé », for the gate: before and after, side by side."""
    address = settings.SITE_URL + reverse("reports:new", args=[report.space.slug])
    return typeset(HERE / "repaired.typ", house() | {
        "space": str(report.space),
        "what": report.title,
        "where": report.where,
        "outcome": report.outcome,
        "on": date_format(localtime(report.closed_at), "j F Y"),
        "before": _picture(report.first_before, large=True),
        "after": _picture(report.first_after, large=True),
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "words": {
            "title": _("C’est réparé"),
            "before": _("Avant"),
            "after": _("Après"),
            "on": _("Réparé le"),
            "more": _("Quelque chose d’autre ne va pas ? Photographiez ce code."),
        },
    })  # fmt: skip


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "drawing": _drawing(plan.picture, large=True),
        "width": plan.width,
        "height": plan.height,
        "pins": [{"x": pin.x, "y": pin.y, "number": pin.label} for pin in plan.pins],
    }


def _picture(photo: Photo | None, *, large: bool = False) -> str:
    """A photo that may be shown, as a drawing that typst takes; nothing otherwise."""
    return _drawing(photo.file, large=large) if photo and photo.file.is_shown else ""


def _drawing(file: File, *, large: bool) -> str:
    """The picture inside an SVG: data reach a template as text, never as a path."""
    content = file.content if large or not file.small else file.small
    kind = TYPES.get(str(content.name).rpartition(".")[2].lower())
    if kind is None:
        return ""
    with content.open("rb") as picture:
        inside = base64.b64encode(picture.read()).decode()
    width, height = _side(file)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image href="data:{kind};base64,{inside}" width="{width}" height="{height}"/></svg>'
    )


def _side(file: File) -> tuple[int, int]:
    return file.width or 4, file.height or 3
