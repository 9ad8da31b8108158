"""Answering in a conversation by SMS."""

import re

from django.utils.translation import gettext as _

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .actions import write
from .messages import KIND
from .models import Conversation, Party
from .rules import voice_of

KEYWORD = r"rep(?:onse|ondre|onds)?\b\W*(?P<words>.*)$"
"""« REP je suis libre samedi »: to whoever wrote last."""


def by_sms(person: Person | None, match: re.Match[str], *, number: str) -> str:
    """What follows REP goes to whoever wrote last to that number."""
    party = _asked(person, number)
    if party is None:
        raise Refused(
            _("Personne ne vous a écrit ici depuis peu. Appelez-nous, on verra ensemble.")
        )
    if not match["words"].strip():
        raise Refused(_("Écrivez votre message après REP. Exemple : REP je suis libre samedi"))
    write(party=party, text=match["words"], by=party.person if person is None else person)
    others = party.conversation.parties.exclude(pk=party.pk).order_by("pk")
    names = ", ".join(others.values_list("name", flat=True))
    return _("C’est envoyé à %(names)s.") % {"names": names}


def _asked(person: Person | None, number: str) -> Party | None:
    """As whom they answer: in the conversation that was last told of at that number."""
    told = Notice.objects.filter(kind=KIND, channel_value=number, recipient=person)
    last = told.order_by("-created_at", "-pk").first()
    if person is None or last is None:
        return None
    conversation = Conversation.objects.filter(pk=last.data["conversation"]).first()
    if conversation is None:
        return None
    # A message told to a relay or a guardian is for whom they answer.
    own = conversation.parties.filter(person=last.person_id).select_related("person").first()
    return own or voice_of(person, conversation)
