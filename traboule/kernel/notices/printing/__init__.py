"""What is printed of notices: letters for window envelopes, and the list of calls to make."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.people.channels import ChannelKind
from traboule.ui.printing import house, qr_code, shown_address, typeset

from .. import wording
from ..answers import offered
from ..models import Notice, Outcome

HERE = Path(__file__).parent
MOST_LINES = 6
"""Of an address, the name included (standard NF Z 10-011)."""


def letters_pdf(notices: Sequence[Notice], *, on: datetime.datetime) -> bytes:
    """One letter a page, each in the language of whoever is told."""
    letters = [_letter(notice, on=on) for notice in notices]
    return typeset(
        HERE / "letters.typ", house() | {"title": _("Courriers à poster"), "letters": letters}
    )


def call_list_pdf(notices: Sequence[Notice]) -> bytes:
    """Whom to call, at what number, what to say, and boxes for what it gave."""
    return typeset(
        HERE / "calls.typ",
        house()
        | {
            "title": _("Appels à passer"),
            "date": date_format(timezone.localdate(), "DATE_FORMAT"),
            "nobody": _("Personne à appeler aujourd’hui."),
            "labels": {"say": _("À dire"), "answer": _("Réponse"), "outcome": _("Appel")},
            "outcomes": [
                str(Outcome(outcome).label)
                for outcome in (Outcome.REACHED, Outcome.MISSED, Outcome.WRONG_NUMBER)
            ],
            "calls": [_call(notice) for notice in notices],
        },
    )


def _letter(notice: Notice, *, on: datetime.datetime) -> dict[str, Any]:
    address = wording.address(notice)
    with translation.override(notice.language):
        return {
            "language": notice.language,
            "to": _postal_lines(notice),
            "date": date_format(timezone.localtime(on), "DATE_FORMAT"),
            "subject": notice.subject,
            "paragraphs": wording.letter(notice),
            "answer": wording.answer_by_phone(notice),
            "qr": qr_code(address),
            "qr_alt": _("Code QR vers %(address)s") % {"address": shown_address(address)},
            "address": shown_address(address),
            "online": _("Sur un téléphone ou un ordinateur"),
            "call": _("Par téléphone"),
            "large": notice.recipient.large_type,
        }


def _postal_lines(notice: Notice) -> list[str]:
    """Name and address as they show in the window."""
    if notice.channel_kind != ChannelKind.POST:
        return [str(notice.recipient)]
    return [str(notice.recipient), *notice.channel_value.splitlines()][:MOST_LINES]


def _call(notice: Notice) -> dict[str, Any]:
    with translation.override(settings.LANGUAGE_CODE):
        labels = [str(answer.label) for _digit, answer in offered(notice)]
    return {
        "name": str(notice.recipient),
        "number": notice.shown_value,
        "why": notice.reason,
        "say": f"{notice.subject}\n{notice.text}",
        "answers": labels if notice.is_asking else [],
    }
