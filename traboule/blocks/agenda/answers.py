"""What people answer to the agenda's messages, by SMS, on the web or to whoever calls them."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.engines.french import fold
from traboule.kernel.notices.reading import COURTESY
from traboule.kernel.people.actions import Refused, join
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Person

from .actions import polls, signups, watching
from .messages import when
from .models import DatePoll, Enrolment, Event, PollVote, Signup, Via
from .rules import can_see
from .wording import hour

# A sentence is no name: « atelier 4f7kq je ne viens plus » is for a human to read.
_WORDS = (
    "adresse annule annuler c combien comment complet dispo est et gratuit heure j je n ne non on "
    "ou où oui pas peut place places plus pour pourquoi prix quand que quelle qui quoi stop suis "
    "viens y"
)
_NO_SENTENCE = rf"(?!.*\b(?:{'|'.join(_WORDS.split())})\b)"
_NAME = r"(?P<name>[^\W\d_][^\d?]{0,59}?)?"

KEYWORD = rf"{_NO_SENTENCE}ateliers?\W+(?P<code>[a-z0-9]{{5}})\b[^\w?]*{_NAME}[^\w?]*$"
"""« ATELIER 4F7KQ Nadia »: an event's code, as its poster says, and a first name if needed."""

DATES_KEYWORD = (
    r"dates?\W+(?P<code>[a-z0-9]{5})\b(?P<digits>(?:[\W\d]|\bet\b)*)"
    rf"(?:{_NO_SENTENCE}{_NAME})\W*$"
)
"""« DATES 4F7KQ 1 3? Nadia »: a date poll's code, the numbers of the dates, a name if needed."""

WATCH_KEYWORD = rf"prevenir\W+(?P<code>[a-z0-9]{{5}})\b[^\w?]*(?:{_NO_SENTENCE}{_NAME})[^\w?]*$"
"""« PREVENIR 4F7KQ Nadia »: tell me when such dates change."""

HOURS_SAID = 4
"""Free hours that one SMS has room for."""


def yes(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """A seat, please; what to answer back."""
    event, whom = _asked(notice, person)
    return said(signups.sign_up(event=event, person=whom, by=by, via=_door(via)))


def no(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """Not coming: the seat goes to whoever waits."""
    event, whom = _asked(notice, person)
    held = Signup.objects.live().filter(event=event, person=whom).first()
    if held is None:
        return _("C’est noté : vous ne venez pas. Merci de l’avoir dit.")
    signups.cancel(signup=held, by=by, reason=_("ne peut pas venir"))
    return _("C’est noté, votre place est libérée. Merci de l’avoir dit.")


def by_code(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """A seat for whoever sends an event's code by SMS; who is new adds a first name."""
    event = Event.objects.for_page().filter(code=match["code"].upper()).first()
    if event is None or not can_see(person or AnonymousUser(), event):
        raise Refused(_("Nous ne connaissons pas ce code. Vérifiez les cinq signes de l’affiche."))
    if event.is_slotted:
        raise Refused(_hours_of(event))
    name = _first_name(match)
    if person is None and not name:
        raise Refused(
            _("Comment vous appelez-vous ? Renvoyez : ATELIER %(code)s et votre prénom.")
            % {"code": event.code}
        )
    person = person or _newcomer(name, number)
    return said(signups.sign_up(event=event, person=person, by=person, via=Via.SMS))


def dates_by_code(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """« DATES 4F7KQ 1 3? »: which dates suit whoever sends it; what was understood, read back."""
    poll = DatePoll.objects.select_related("space").filter(code=match["code"].upper()).first()
    if poll is None:
        raise Refused(_("Nous ne connaissons pas ce code. Vérifiez les cinq signes du message."))
    votes = polls.read_digits(poll, match["digits"])
    name = person.name if person else _first_name(match)
    if not name:
        raise Refused(
            _("Comment vous appelez-vous ? Renvoyez : DATES %(code)s, vos numéros et votre prénom.")
            % {"code": poll.code}
        )
    person = person or _newcomer(name, number)
    polls.answer(poll=poll, name=name, votes=votes, via=Via.SMS, person=person)
    return _("Merci %(name)s, c’est noté pour « %(title)s » : %(votes)s.") % {
        "name": name,
        "title": poll.title,
        "votes": _votes_said(poll, votes),
    }


def watch_by_code(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """Tell whoever sends a date's code when it changes, and those like it."""
    event = Event.objects.for_page().filter(code=match["code"].upper()).first()
    if event is None or not can_see(person or AnonymousUser(), event):
        raise Refused(_("Nous ne connaissons pas ce code. Vérifiez les cinq signes de l’affiche."))
    name = _first_name(match)
    if person is None and not name:
        raise Refused(
            _("Comment vous appelez-vous ? Renvoyez : PREVENIR %(code)s et votre prénom.")
            % {"code": event.code}
        )
    person = person or _newcomer(name, number)
    watching.watch(space=event.space, person=person, by=person)
    return _("C’est noté : nous vous écrivons si une date de « %(space)s » change.") % {
        "space": event.space
    }


def _newcomer(name: str, number: str) -> Person:
    """Someone we did not know: their message itself proves the number."""
    return join(name=name, kind=ChannelKind.MOBILE, value=number, language="fr")


def _first_name(match: re.Match[str]) -> str:
    """The name at the end of an SMS, without courtesies nor the signs around it."""
    words = [word.strip(".,;:!-'’\"") for word in (match["name"] or "").split()]
    return " ".join(word for word in words if word and fold(word) not in COURTESY).title()


def _hours_of(event: Event) -> str:
    """What to send to book one of the free hours of a day of one-to-one help."""
    free = event.slots.open().filter(seats_taken=0, starts_at__gt=timezone.now())
    hours = [f"{slot.code} : {hour(slot.starts_at)}" for slot in free.order_by("starts_at", "pk")]
    if not hours:
        return _("Tous les rendez-vous sont pris. Appelez-nous : nous en trouverons un autre.")
    return _("Choisissez une heure et renvoyez ATELIER avec son code. %(hours)s") % {
        "hours": " ; ".join(hours[:HOURS_SAID])
    }


def _votes_said(poll: DatePoll, votes: Mapping[int, str]) -> str:
    """« 1 oui, 3 si besoin »: the numbers as they were understood."""
    said = [
        f"{rank} {PollVote.Value(votes[date]).label.lower()}"
        for rank, date in enumerate(poll.dates.order_by("starts_at", "pk").values_list(
            "pk", flat=True), 1)
        if date in votes
    ]  # fmt: skip
    return ", ".join(said) or _("aucune date ne va")


def said(signup: Signup) -> str:
    """What became of a request, in a sentence."""
    event = signup.event
    if signup.state == Signup.State.GOING:
        return _("C’est noté : %(title)s, %(when)s. À bientôt !") % {
            "title": event.title,
            "when": when(event),
        }
    return _("C’est complet : vous êtes numéro %(n)s sur la liste d’attente.") % {
        "n": signup.place_in_line
    }


def said_of_series(enrolment: Enrolment) -> str:
    """What became of a request to follow a whole series."""
    if enrolment.state == Enrolment.State.GOING:
        words = _("C’est noté : toutes les séances de « %(title)s ». À bientôt !")
    else:
        words = _("C’est complet : liste d’attente pour toutes les séances de « %(title)s ».")
    return words % {"title": enrolment.series.title}


def _asked(notice: Any, person: Person) -> tuple[Event, Person]:
    """The event that the message was about, and for whom: a parent answers for a child."""
    event = Event.objects.get(pk=notice.data["event"])
    whom = Person.objects.get(pk=notice.data.get("person", person.pk))
    return event, whom


def _door(via: str) -> Via:
    return Via(via) if via in Via.values else Via.WEB
