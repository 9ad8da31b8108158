"""The attendance sheet: a line a person, a signature for each part of the day."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import Event
from ..models.presence import parts_of
from ..roll import roll_of
from .documents import event_data

BLANK_LINES = 6


def attendance_sheet(event: Event) -> bytes:
    """To have signed in the room, then typed back in."""
    parts = parts_of(event)
    path = reverse("agenda:sheet-type", args=[event.space.slug, event.pk])
    address = settings.SITE_URL + path
    rows = [
        {"name": row.person.name, "hour": row.hour}
        for row in roll_of(event, parts[0]).rows
        if not row.waits
    ]
    return typeset(Path(__file__).parent / "sheet.typ", house() | event_data(event) | {
        "rows": rows,
        "blank": BLANK_LINES,
        "parts": [part.label.capitalize() for part in parts] if len(parts) > 1 else [],
        "type_address": shown_address(address),
        "type_qr": qr_code(address),
        "words": {
            "title": _("Feuille d’émargement"),
            "holder": _("Organisé par"),
            "name": _("Nom et prénom"),
            "hour": _("Heure"),
            "signature": _("Signature"),
            "held_by": _("La personne qui a animé (nom, signature)"),
            "type": _("Pour saisir cette feuille"),
            "reference": _("Référence"),
            "confidential": _("Cette feuille porte des noms : ne la laissez pas sur une table, "
                              "et rangez l’original."),
        },
    })  # fmt: skip
