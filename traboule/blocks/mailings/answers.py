"""What people say of letters by SMS."""

import re

from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused, join
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Person

from .actions import subscribing
from .models import How, Letter

CONFIRM = r"lettre\s+oui\b"
ASK = r"lettre\s+(?P<code>[a-z0-9]{5})\b\s*(?P<name>.{0,60})$"


def confirmed(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """« LETTRE OUI »: whoever asked online has this mobile indeed."""
    standing = subscribing.confirm_from(number=number)
    if not standing:
        raise Refused(_("Aucune demande n’attend pour ce numéro. Refaites-la en ligne."))
    names = ", ".join(Letter.of(one.space).name for one in standing)
    return _("C’est noté : vous recevrez « %(letters)s ». Pour arrêter, répondez STOP.") % {
        "letters": names
    }


def asked(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """« LETTRE K7Q2M Nadia »: the SMS itself proves the number."""
    letter = Letter.objects.select_related("space__initiative").filter(code=match["code"].upper())
    found = letter.first()
    if found is None:
        raise Refused(_("Nous ne connaissons pas ce code. Vérifiez les cinq signes de l’affiche."))
    name = " ".join(match["name"].split()).strip(".,;:!")
    if person is None and not name:
        raise Refused(
            _("Comment vous appelez-vous ? Renvoyez : LETTRE %(code)s et votre prénom.")
            % {"code": found.code}
        )
    person = person or join(name=name, kind=ChannelKind.MOBILE, value=number, language="fr")
    subscribing.subscribe(space=found.space, person=person, how=How.SMS, by=person)
    return _("C’est noté : vous recevrez « %(letters)s ». Pour arrêter, répondez STOP.") % {
        "letters": found
    }
