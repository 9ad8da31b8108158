"""Individual letters, one a page, for window envelopes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.notices import printing as of_notices
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..informing import information, stop_url
from ..models import Message

LETTERS = Path(of_notices.__file__).parent / "letters.typ"


def letters(messages: Sequence[Message]) -> bytes:
    """These letters; at first contact, each says where the address comes from."""
    data = {"title": _("Courriers à poster"), "letters": [_letter(one) for one in messages]}
    return typeset(LETTERS, house() | data)


def _letter(message: Message) -> dict[str, Any]:
    contact = message.contact
    with translation.override(contact.person.language):
        paragraphs = [part.strip() for part in message.text.split("\n\n") if part.strip()]
        if contact.informed_at is None:
            paragraphs.append(information(contact))
        address = stop_url(contact)
        return {
            "language": contact.person.language,
            "to": [contact.person.name, *contact.address_lines],
            "date": date_format(timezone.localdate(), "DATE_FORMAT"),
            "subject": message.subject,
            "paragraphs": paragraphs,
            "answer": "",
            "qr": qr_code(address),
            "qr_alt": _("Code à photographier pour ne plus recevoir de courrier"),
            "address": shown_address(address),
            "online": _("Pour ne plus recevoir de courrier"),
            "call": _("Par téléphone"),
            "large": contact.person.large_type,
        }
