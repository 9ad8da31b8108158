"""The minutes on paper, as anyone may have them: whole on A4, and the essential in large type."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.initiatives.printing.markup import blocks
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..content import content_of, public_content
from ..models import Meeting

HERE = Path(__file__).parent


def printed_minutes(meeting: Meeting) -> bytes:
    """The whole minutes; a draft says that it is one."""
    content = public_content(meeting) if meeting.is_approved else content_of(meeting)
    return typeset(HERE / "minutes.typ", house() | _common(meeting, content) | {
        "items": [
            one | {"blocks": blocks(one["notes"])} for one in content["items"]
        ],
        "people": content["people"],
        "opening": content["opening"],
        "status": _status(meeting),
        "seal": _seal(meeting),
    })  # fmt: skip


def printed_summary(meeting: Meeting) -> bytes:
    """The essential: five lines and the decisions, to pin up or to read without glasses."""
    content = public_content(meeting) if meeting.is_approved else content_of(meeting)
    return typeset(HERE / "summary.typ", house() | _common(meeting, content) | {
        "decisions": [one for item in content["items"] for one in item["decisions"]],
        "status": _status(meeting),
    })  # fmt: skip


def _common(meeting: Meeting, content: dict[str, Any]) -> dict[str, Any]:
    address = settings.SITE_URL + meeting.get_absolute_url()
    return {
        "space": str(meeting.space),
        "theme": meeting.space.initiative.theme,
        "heading": content["title"],
        "day": content["day"].capitalize(),
        "hours": content["hours"],
        "place": content["place"],
        "summary": content["summary"],
        "draft": not meeting.is_approved,
        "address": address,
        "address_shown": shown_address(address),
        "qr": qr_code(address),
        "call": meeting.space.help_phone,
        "words": {
            "title": _("Compte-rendu"),
            "essential": _("L’essentiel"),
            "decision": _("Décision"),
            "decisions": _("Ce qui est décidé"),
            "actions": _("À faire"),
            "presence": _("Présence"),
            "more": _("Tout le compte-rendu"),
            "call": _("Une question ?"),
            "qr": _("Code à photographier pour lire le compte-rendu"),
            "draft": _("Projet : pas encore approuvé"),
        },
    }


def _status(meeting: Meeting) -> str:
    """« Approuvé le 3 février 2027, par consensus »."""
    if not (meeting.is_approved and meeting.approved_on):
        return _("Projet de compte-rendu, pas encore approuvé.")
    return _("Approuvé le %(day)s, %(how)s.") % {
        "day": date_format(meeting.approved_on, "j F Y"),
        "how": meeting.approval.rstrip("."),
    }


def _seal(meeting: Meeting) -> str:
    """The hash of the version that was approved, to compare two copies."""
    versions = list(meeting.versions.all())
    if not (meeting.is_approved and versions):
        return ""
    return _("Version %(n)d, empreinte %(hash)s") % {
        "n": versions[-1].number,
        "hash": versions[-1].sha256[:16],
    }
