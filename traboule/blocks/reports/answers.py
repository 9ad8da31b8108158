"""What people report by SMS."""

import re

from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space

from .actions.reporting import report
from .forms import LONGEST_WORDS
from .models import Via

KEYWORD = r"signal(?:er|e|ement)?\W+(?P<code>\w{4}-?\w{4}\b)?\W*(?P<words>.*)$"
"""« SIGNALER banc cassé », or with the code of a gate: « SIGNALER 7K4M-2QXD banc cassé »."""


def by_sms(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """A problem in words, in the one space where they take part or that of the code."""
    space, words = _where_and_what(person, match)
    if not words:
        raise Refused(_("Dites ce qui ne va pas, et où. Exemple : SIGNALER banc cassé au portail"))
    made = report(
        space=space,
        by=person,
        words=words[:LONGEST_WORDS],
        reach="" if person else number,
        via=Via.SMS,
    )
    return _("C’est noté, merci. Signalement n° %(number)s, code %(code)s. %(space)s") % {
        "number": made.number,
        "code": made.code,
        "space": space,
    }


def _where_and_what(person: Person | None, match: re.Match[str]) -> tuple[Space, str]:
    """The space, and the words; what looks like a code but opens nothing is a word."""
    code, words = match["code"] or "", match["words"].strip()
    if code and (space := access.space_of(code)) and _receives(space):
        return space, words
    words = f"{code} {words}".strip()
    theirs = Space.objects.running().of(person).for_page() if person else Space.objects.none()
    spaces = [space for space in theirs if _receives(space)]
    if len(spaces) != 1:
        raise Refused(
            _("De quel lieu parlez-vous ? Renvoyez SIGNALER, le code de l’affiche, puis ce qui ne "
              "va pas.")
        )  # fmt: skip
    return spaces[0], words


def _receives(space: Space) -> bool:
    return any(block.key == "reports" for block in space.open_blocks)
