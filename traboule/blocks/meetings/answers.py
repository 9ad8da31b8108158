"""What people answer about meetings, by SMS, on the web or to whoever calls them."""

import re
from typing import Any

from django.utils.translation import gettext as _

from traboule.blocks.agenda.callers import named
from traboule.blocks.agenda.models import Via
from traboule.engines.french import fold
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .actions import convening, writing
from .models import ActionPoint, Meeting, Proxy

KEYWORD = r"voix\W+(?P<code>[a-z0-9]{5})\b[^\w?]*(?P<name>[^\d?]{2,80})$"
"""« VOIX 4F7KQ Nadia Benali »: one's voice to someone; « VOIX 4F7KQ NON » takes it back."""

TAKE_BACK = {"non", "annule", "annuler", "reprendre", "je reprends"}


def yes(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """Coming."""
    meeting, whom = _asked(notice, person)
    convening.come(meeting=meeting, person=whom, by=by, via=_door(via))
    return _("C’est noté, vous venez. À bientôt !")


def no(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """Not coming, and saying so."""
    meeting, whom = _asked(notice, person)
    convening.excuse(meeting=meeting, person=whom, by=by, via=_door(via))
    return _("C’est noté, vous ne venez pas. Merci de l’avoir dit.")


def give(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """Not coming, and someone is to speak for them: whom, is asked next."""
    meeting, whom = _asked(notice, person)
    convening.excuse(meeting=meeting, person=whom, by=by, via=_door(via))
    return _("C’est noté, vous ne venez pas. Qui porte votre voix ? Renvoyez : VOIX %(code)s et "
             "son nom, ou dites-le par téléphone.") % {"code": meeting.event.code}  # fmt: skip


def by_code(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """« VOIX 4F7KQ Nadia Benali »: one's voice to someone who comes."""
    meeting = Meeting.objects.for_page().filter(event__code=match["code"].upper()).first()
    if meeting is None or person is None:
        raise Refused(
            _("Nous ne connaissons pas ce code, ou pas ce numéro. Appelez-nous : nous le noterons.")
        )
    name = " ".join(match["name"].split()).strip(" .!")
    if fold(name) in TAKE_BACK:
        return _take_back(meeting, person)
    carrier = named(meeting.space, name)
    if carrier is None:
        raise Refused(
            _("Nous ne trouvons pas « %(name)s ». Écrivez son prénom et son nom, comme dans "
              "l’espace.") % {"name": name}
        )  # fmt: skip
    convening.give_voice(meeting=meeting, giver=person, carrier=carrier, by=person, via=Via.SMS)
    return _("C’est noté : %(name)s porte votre voix. Pour la reprendre : VOIX %(code)s NON.") % {
        "name": carrier,
        "code": meeting.event.code,
    }


def _take_back(meeting: Meeting, person: Person) -> str:
    proxy = Proxy.objects.filter(meeting=meeting, giver=person, withdrawn_at=None).first()
    if proxy:
        convening.withdraw_voice(proxy=proxy, by=person)
    return _("C’est noté : votre voix est de nouveau à vous.")


def withdraw(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """The giver takes their voice back."""
    convening.withdraw_voice(proxy=Proxy.objects.get(pk=notice.data["proxy"]), by=by)
    return _("C’est noté : votre voix est de nouveau à vous.")


def decline(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """The carrier will not carry it."""
    convening.withdraw_voice(proxy=Proxy.objects.get(pk=notice.data["proxy"]), by=by)
    return _("C’est noté : vous ne portez pas cette voix. La personne est prévenue.")


def done(notice: Any, person: Person, *, by: Person, via: str) -> str:
    """Something is done."""
    action = ActionPoint.objects.filter(pk=notice.data["action"]).first()
    if action is None:
        raise Refused(_("Cette chose à faire n’existe plus."))
    writing.finish(action=action, by=by)
    return _("C’est noté, c’est fait. Merci !")


def _asked(notice: Any, person: Person) -> tuple[Meeting, Person]:
    """The meeting that the message was about, and for whom."""
    meeting = Meeting.objects.get(pk=notice.data["meeting"])
    return meeting, Person.objects.get(pk=notice.data.get("person", person.pk))


def _door(via: str) -> Via:
    return Via(via) if via in Via.values else Via.WEB
