"""Who takes part in a conversation, and who no longer hears whom."""

from typing import TYPE_CHECKING

from django.db.models import Q

from traboule.kernel.people.models import MandateScope, Person
from traboule.kernel.people.rules import can_act_for

from .models import Blocking, Conversation, Party

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def voice_of(person: "Person | AnonymousUser", conversation: Conversation) -> Party | None:
    """The party as whom they read and write: their own, or of someone who had them act."""
    if not isinstance(person, Person):
        return None
    parties = list(conversation.parties.select_related("person").order_by("pk"))
    own = (party for party in parties if party.person_id == person.pk)
    lent = (party for party in parties if can_act_for(person, party.person, MandateScope.ALL))
    return next(own, None) or next(lent, None)


def is_silenced(conversation: Conversation) -> bool:
    """Whether someone in it wants to hear no more of another."""
    persons = conversation.parties.values("person")
    return Blocking.objects.filter(Q(person__in=persons), Q(other__in=persons)).exists()
