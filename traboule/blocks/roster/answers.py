"""What those who were drawn answer, by SMS, on the web or to whoever calls them."""

from typing import Any

from django.utils.translation import gettext as _

from traboule.kernel.people.models import Person

from .actions import answers
from .models import DrawCandidate, Member


def yes(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """The seat, please; what to answer back."""
    return said(answers.accept(candidate=_candidate(notice), by=by))


def no(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """No: the seat goes to who comes next."""
    answers.decline(candidate=_candidate(notice), by=by)
    return _("C’est noté : vous ne prenez pas cette place. Merci de l’avoir dit.")


def said(member: Member) -> str:
    """What became of a yes, in a sentence."""
    if member.is_titular:
        return _("Merci, c’est noté : une place est à vous dans le collège %(name)s.") % {
            "name": member.college
        }
    return _(
        "Merci, c’est noté. Toutes les places du collège %(name)s sont prises : vous êtes en "
        "suppléance, nous vous appelons dès qu’une place se libère."
    ) % {"name": member.college}


def _candidate(notice: Any) -> DrawCandidate:
    known = DrawCandidate.objects.select_related("draw__space")
    return known.get(pk=notice.data["candidate"])
