"""What people answer to the agenda's messages, by SMS, on the web or to whoever calls them."""

import re
from typing import Any

from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused, join
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Person

from .actions import polls, signups
from .messages import when
from .models import DatePoll, Event, Signup, Via

KEYWORD = r"atelier\s+(?P<code>[a-z0-9]{5})\b(?P<name>.{0,60})"
"""« ATELIER 4F7KQ Nadia »: an event's code, as its poster says, and a first name if needed."""

DATES_KEYWORD = r"dates\s+(?P<code>[a-z0-9]{5})\b(?P<digits>[\s\d?,+]*)(?P<name>.{0,60})"
"""« DATES 4F7KQ 1 3? Nadia »: a date poll's code, the numbers of the dates, a name if needed."""


def yes(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """A seat, please; what to answer back."""
    event, whom = _asked(notice, person)
    return said(signups.sign_up(event=event, person=whom, by=by, via=_door(via)))


def no(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """Not coming: the seat goes to whoever waits."""
    event, whom = _asked(notice, person)
    held = Signup.objects.live().filter(event=event, person=whom).first()
    if held is None:
        return _("C’est noté : vous ne venez pas. Merci de l’avoir dit.")
    signups.cancel(signup=held, by=by, reason=_("ne peut pas venir"))
    return _("C’est noté, votre place est libérée. Merci de l’avoir dit.")


def by_code(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """A seat for whoever sends an event's code by SMS; who is new adds a first name."""
    event = Event.objects.public().filter(code=match["code"].upper()).first()
    if event is None:
        raise Refused(_("Nous ne connaissons pas ce code. Vérifiez les cinq signes de l’affiche."))
    name = match["name"].strip().title()
    if person is None and not name:
        raise Refused(
            _("Comment vous appelez-vous ? Renvoyez : ATELIER %(code)s et votre prénom.")
            % {"code": event.code}
        )
    # The message itself proves the number.
    person = person or join(name=name, kind=ChannelKind.MOBILE, value=number, language="fr")
    return said(signups.sign_up(event=event, person=person, by=person, via=Via.SMS))


def dates_by_code(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """« DATES 4F7KQ 1 3? »: which dates suit whoever sends it."""
    poll = DatePoll.objects.filter(code=match["code"].upper()).first()
    if poll is None:
        raise Refused(_("Nous ne connaissons pas ce code. Vérifiez les cinq signes du message."))
    votes = polls.read_digits(poll, match["digits"])
    name = person.name if person else match["name"].strip().title()
    if not name:
        raise Refused(
            _("Comment vous appelez-vous ? Renvoyez : DATES %(code)s, vos numéros et votre prénom.")
            % {"code": poll.code}
        )
    polls.answer(poll=poll, name=name, votes=votes, via=Via.SMS, person=person)
    return _("Merci, c’est noté pour « %(title)s ».") % {"title": poll.title}


def said(signup: Signup) -> str:
    """What became of a request, in a sentence."""
    event = signup.event
    if signup.state == Signup.State.GOING:
        return _("C’est noté : %(title)s, %(when)s. À bientôt !") % {
            "title": event.title,
            "when": when(event),
        }
    return _("C’est complet : vous êtes numéro %(n)s sur la liste d’attente.") % {
        "n": signup.place_in_line
    }


def _asked(notice: Any, person: Person) -> tuple[Event, Person]:
    """The event that the message was about, and for whom: a parent answers for a child."""
    event = Event.objects.get(pk=notice.data["event"])
    whom = Person.objects.get(pk=notice.data.get("person", person.pk))
    return event, whom


def _door(via: str) -> Via:
    return Via(via) if via in Via.values else Via.WEB
