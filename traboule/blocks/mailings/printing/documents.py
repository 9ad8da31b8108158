"""What is printed of letters, from a text to PDF or PNG."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.notices.models import Notice
from traboule.kernel.notices.printing import letters_pdf
from traboule.kernel.people.models import Person
from traboule.ui.printing import house, picture, qr_code, shown_address, typeset

from ..models import Letter, Mailing
from ..texts import plain_of

HERE = Path(__file__).parent
LINES = 16


def poster(mailing: Mailing, *, paper: str) -> bytes:
    """The whole text on a noticeboard, with where to read it again and how to receive it."""
    letter = Letter.of(mailing.space)
    return typeset(HERE / "poster.typ", house() | _common(mailing) | {
        "paper": paper,
        "paragraphs": [part for part in plain_of(mailing.html).split("\n\n") if part],
        "how": _ways(letter) if mailing.is_news else [],
        "words": {
            "how": _("Pour la recevoir"),
            "qr": _("Code à photographier pour la lire"),
            "date": _("Affiché le %(day)s") % {"day": _day()},
        },
    })  # fmt: skip


def card(mailing: Mailing) -> bytes:
    """A square picture of 1080 dots: the subject, the space, the address."""
    return picture(HERE / "card.typ", house() | _common(mailing))


def sample_letter(mailing: Mailing, reader: Person) -> bytes:
    """The letter as ``reader`` would find it in their letter box."""
    notice = Notice(
        person=reader,
        recipient=reader,
        kind=mailing.kind,
        subject=mailing.subject,
        text=plain_of(mailing.html),
        url=f"/l/{mailing.code}/" if mailing.is_public else "",
        language=settings.LANGUAGE_CODE,
    )
    return letters_pdf([notice], on=timezone.now())


def signup_sheet(letter: Letter) -> bytes:
    """Lines to fill in at a stand: first name, how to be reached, « I agree » signed."""
    space = letter.space
    address = settings.SITE_URL + reverse("mailings:type-sheet", args=[space.slug])
    return typeset(HERE / "sheet.typ", house() | {
        "heading": letter.name,
        "space": str(space),
        "holder": space.initiative.holder.name,
        "theme": space.initiative.theme,
        "lines": LINES,
        "code": letter.code,
        "address_shown": shown_address(address),
        "qr": qr_code(address),
        "promise": _("Je suis d’accord pour recevoir cette lettre. Mes coordonnées ne servent qu’à "
                     "cela, ne sont données à personne, et je peux arrêter quand je veux : par "
                     "SMS (STOP), par le lien de chaque e-mail, ou en le disant à l’équipe."),
        "words": {
            "title": _("Recevoir la lettre"),
            "name": _("Prénom"),
            "reach": _("E-mail, téléphone ou adresse postale"),
            "signature": _("Je suis d’accord : signature"),
            "example": [_("Lina"), _("06 12 34 56 78"), _("Lina")],
            "qr": _("Code à photographier pour saisir cette feuille"),
            "type": _("Pour l’équipe : à saisir ici"),
            "day": _("Lieu et date du stand"),
            "code": _("Code"),
            "confidential": _("Cette feuille porte des noms : ne la laissez pas sur une table, et "
                              "gardez l’original, c’est la preuve de l’accord."),
        },
    })  # fmt: skip


def _common(mailing: Mailing) -> dict[str, Any]:
    space = mailing.space
    address = f"{settings.SITE_URL}/l/{mailing.code}/"
    if not mailing.is_public:
        address = settings.SITE_URL + space.get_absolute_url()
    return {
        "heading": mailing.subject,
        "letter": Letter.of(space).name,
        "space": str(space),
        "holder": space.initiative.holder.name,
        "theme": space.initiative.theme,
        "address_shown": shown_address(address),
        "qr": qr_code(address),
    }


def _ways(letter: Letter) -> list[str]:
    """How one asks for the letter, as somebody would say it."""
    path = reverse("mailings:subscribe", args=[letter.space.slug])
    ways = [_("En ligne : %(address)s") % {"address": shown_address(settings.SITE_URL + path)}]
    if settings.SMS_NUMBER and letter.code:
        ways.append(
            _("Par SMS : LETTRE %(code)s et votre prénom, au %(number)s")
            % {"code": letter.code, "number": settings.SMS_NUMBER}
        )
    if letter.space.help_phone:
        ways.append(_("Par téléphone : %(number)s") % {"number": letter.space.help_phone})
    return [*ways, _("Ou dites-le à l’équipe.")]


def _day() -> str:
    return date_format(timezone.localdate(), "j F Y")
