"""The sheets that one takes along: who, where, and a box for what it gave."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.spaces.models import Space
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..forms.exchange import LETTERS
from ..informing import said_aloud
from ..models import Contact, Exchange
from ..walking import Building

HERE = Path(__file__).parent


def call_sheet(space: Space, rows: Iterable[tuple[Contact, Exchange | None]]) -> bytes:
    """Whom to call, at what number, and boxes."""
    lines = [_line(contact, last) for contact, last in rows]
    groups = [{"heading": "", "lines": lines}] if lines else []
    return _sheet(space, "call", _("Appels à passer"), groups)


def walk_sheet(space: Space, buildings: Iterable[Building]) -> bytes:
    """Whom to visit, building by building, and boxes."""
    groups = [
        {"heading": one.label, "lines": [_line(contact, None) for contact in one.contacts]}
        for one in buildings
    ]
    return _sheet(space, "visit", _("Visites à faire"), groups)


def _sheet(space: Space, kind: str, title: str, groups: list[dict[str, Any]]) -> bytes:
    address = settings.SITE_URL + reverse("outreach:type-back", args=[space.slug])
    return typeset(HERE / "sheet.typ", house() | {
        "title": title,
        "space": str(space),
        "date": date_format(timezone.localdate(), "DATE_FORMAT"),
        "groups": groups,
        "letters": [{"letter": letter, "words": str(words)} for letter, words in LETTERS],
        "address": shown_address(address),
        "qr": qr_code(f"{address}?moyen={kind}"),
        "words": {
            "none": _("Personne sur cette feuille."),
            "note": _("Note (ni santé, ni mot de passe)"),
            "type": _("Pour recopier cette feuille"),
            "letters": _("Cochez une case par ligne"),
            "say": _("À dire la première fois"),
            "confidential": _("Cette feuille porte des noms : gardez-la sur vous, et détruisez-la "
                              "une fois recopiée."),
        },
    })  # fmt: skip


def _line(contact: Contact, last: Exchange | None) -> dict[str, Any]:
    about = " · ".join(filter(None, [contact.organisation, contact.activity]))
    phone = contact.phone
    return {
        "code": contact.code,
        "name": contact.person.name,
        "about": about,
        "where": contact.entrance,
        "phone": phone.shown if phone else "",
        "last": _last(last) if last else "",
        "say": "" if contact.informed_at else said_aloud(contact),
    }


def _last(exchange: Exchange) -> str:
    day = date_format(timezone.localtime(exchange.at), "j F")
    said = [f"{exchange.get_kind_display()}, {day}", exchange.get_outcome_display(), exchange.note]
    return " · ".join(filter(None, map(str, said)))
