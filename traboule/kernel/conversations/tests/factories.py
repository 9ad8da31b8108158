"""Two people who write to each other, for tests."""

from typing import Any

from traboule.kernel.conversations.actions import start
from traboule.kernel.conversations.models import Conversation, Party
from traboule.kernel.people.models import Person


def make_conversation(space: Any, *persons: Person, title: str = "Un T3 à Annecy") -> Conversation:
    """A conversation in which nobody has written yet."""
    parties = {person: person.name for person in persons}
    return start(space=space, title=title, parties=parties, by=persons[0])


def voice(conversation: Conversation, person: Person) -> Party:
    return conversation.parties.get(person=person)
