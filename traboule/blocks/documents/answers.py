"""What people ask of documents by SMS."""

import re

from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .actions import copies
from .models import Document, Via
from .rules import can_read_members_shelf

KEYWORD = r"papier\s*(?:n[o°]?\s*)?(?P<number>\d{1,5})\b"
"""« PAPIER 12 »: a printed copy of document 12."""


def copy_by_number(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """A printed copy of the document of that number, in the one space where they take part."""
    if person is None:
        raise Refused(_("Nous ne connaissons pas ce numéro de téléphone. Appelez l’équipe."))
    found = [
        document
        for document in Document.objects.standing()
        .filter(number=int(match["number"]), space__in=Space.objects.running().of(person))
        .select_related("space__initiative__commune")
        .order_by("pk")
        if can_read_members_shelf(person, document.space)
    ]
    if not found:
        raise Refused(_("Aucun document ne porte ce numéro. Vérifiez-le, ou appelez l’équipe."))
    if len(found) > 1:
        raise Refused(_("Plusieurs documents portent ce numéro : appelez l’équipe."))
    copies.ask(document=found[0], person=person, by=person, via=Via.SMS)
    return _("C’est noté : une copie de « %(title)s » sera imprimée pour vous.") % {
        "title": found[0].title
    }
