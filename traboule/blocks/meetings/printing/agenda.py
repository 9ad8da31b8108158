"""The agenda on A4, with a slip to fold, cut and give back."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from traboule.blocks.agenda.printing.documents import event_data
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import Meeting
from ..timing import timed


def printed_agenda(meeting: Meeting) -> bytes:
    """What will be spoken of, when, and how one answers without a computer."""
    items = meeting.items.select_related("presenter").order_by("position", "pk")
    address = settings.SITE_URL + meeting.get_absolute_url()
    said = getattr(meeting, "convocation", None)
    return typeset(Path(__file__).parent / "agenda.typ", house() | event_data(meeting.event) | {
        "heading": meeting.event.title,
        "word": said.text if said else "",
        "points": [
            {
                "at": one.at,
                "title": one.item.title,
                "purpose": one.item.get_purpose_display(),
                # What anyone may print names nobody who does not speak for the group.
                "who": one.item.presenter_words,
                "minutes": one.item.duration or 0,
            }
            for one in timed(meeting, items)
        ],
        "address": address,
        "address_shown": shown_address(address),
        "qr": qr_code(address),
        "words": {
            "title": _("Ordre du jour"),
            "minutes": _("min"),
            "online": _("Répondre et lire les documents en ligne"),
            "qr": _("Code à photographier pour ouvrir cette réunion"),
            "cut": _("À découper et à rendre à une personne de l’équipe"),
            "slip": _("Ma réponse"),
            "name": _("Mon nom"),
            "yes": _("Je viens"),
            "no": _("Je ne viens pas"),
            "voice": _("Je ne viens pas et je donne ma voix à"),
            "signature": _("Date et signature"),
            "phone": _("Ou par téléphone :"),
            "sms": _("Ou par SMS au %(number)s : VOIX %(code)s et le nom de qui porte votre voix.")
            % {"number": settings.SMS_NUMBER, "code": meeting.event.code}
            if settings.SMS_NUMBER
            else "",
        },
        "carries": meeting.voices_each > 0,
    })  # fmt: skip
